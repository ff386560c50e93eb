"""What a person sees in their own chat with the bot."""

from pathlib import Path

import pytest
import sqlite_utils

from bot.localapi import LocalBotApi, Person
from knowledge.service import Knowledge


@pytest.mark.parametrize(
    "dialogue",
    [
        [("/start", "Je suis un robot."), ("5", "Orientation 5"), ("Où en est le plan Pleine terre ?", "En cours")],
        [("/start p09", "est paru en mars 2022"), ("/start o3", "Orientation 3"), ("/start nulle", "Ce lien ne mène")],
        [("/help", "Vous pouvez aussi parcourir"), ("/privacy", "Association X"), ("/apropos", "x@example.org")],
        [("/developer_info", "Association X"), ("/settings", "rien à régler"), ("/bilan", "29 engagements")],
        [("/chercher vélo", "les plus proches"), ("/inconnue", "Je ne connais pas la commande /inconnue")],
        [("<b>a</b> & <script>", "Je"), ("/chercher <b>&amp;", "« <b>&amp; »")],
        [("@suivi_local_bot /help", "")],
    ],
)
async def test_conversations(claire: Person, dialogue: list[tuple[str, str]]) -> None:
    for text, expected in dialogue:
        answer = await claire.asks(text)
        assert expected in answer.text.replace("\u00a0", " "), text


async def test_start_links_open_a_card_or_an_orientation(claire: Person) -> None:
    await claire.opens("p07")
    assert "logements abordables" in (await claire.reads()).text
    await claire.opens("o5")
    assert "Orientation 5" in (await claire.reads()).text


async def test_choices_are_numbered_so_that_they_can_be_typed(claire: Person) -> None:
    listed = await claire.asks("/chantiers")
    assert listed.labels[0].startswith("1. ") and listed.labels[7].startswith("8. ")
    assert (await claire.asks("2")).text.startswith("Une évaluation participative")


async def test_browsing_edits_the_message_in_place(api: LocalBotApi, claire: Person) -> None:
    menu = await claire.asks("/start")
    await claire.presses(menu, "4. ")
    await api.settled()
    assert "Orientation 4" in menu.text and len(claire.answers) == 1
    await claire.presses(menu, "Page 3")
    await api.settled()
    assert "Page 3 sur 4" in menu.text.replace("\u00a0", " ")
    await claire.presses(menu, "1. ")
    card = await claire.reads()
    assert card is not menu and "Source" in card.text


async def test_the_history_of_a_card_is_a_message_of_its_own(claire: Person) -> None:
    card = await claire.asks("/start p02")
    await claire.presses(card, "Historique")
    past = await claire.reads()
    assert "Bilan du 27 juin 2022" in past.text.replace("\u00a0", " ") and past is not card
    await claire.presses(past, "Revenir à la fiche")
    assert "Historique" in (await claire.reads()).labels


async def test_pressing_the_same_page_twice_says_nothing_wrong(api: LocalBotApi, claire: Person) -> None:
    menu = await claire.asks("/orientations 4")
    await claire.forges(menu, "o:o4:1")
    await claire.forges(menu, "o:o4:1")
    await api.settled()
    assert [toast.text for toast in claire.toasts] == ["", ""]
    assert len(claire.answers) == 1


async def test_not_that_one_is_answered_and_counted(
    api: LocalBotApi, claire: Person, database: Path, knowledge: Knowledge
) -> None:
    knowledge.tally.write()
    before = misses(database)
    card = await claire.asks("où en est le plan pleine terre ?")
    await claire.presses(card, "Ce n'est pas ça")
    others = await claire.reads()
    assert others.labels[-1] == "Aucun de ceux-là"
    await claire.presses(others, "Aucun de ceux-là")
    assert "aucun de ceux-là" in (await claire.reads()).text
    await api.settled()
    knowledge.tally.write()
    assert misses(database) == before + 2


def misses(database: Path) -> int:
    db = sqlite_utils.Database(database)
    try:
        return sum(int(row["count"]) for row in db.query("SELECT count FROM misses"))
    finally:
        db.close()


@pytest.mark.parametrize("data", ["c:p99", "c:", "zz:zz:zz", "l:zzz:1", "o:o9:1", "m:nulle:1", "d:1789:1", "x" * 64])
async def test_a_forged_button_is_answered_in_a_sentence(api: LocalBotApi, claire: Person, data: str) -> None:
    menu = await claire.asks("/start")
    await claire.forges(menu, data)
    await api.settled()
    (toast,) = claire.toasts
    assert toast.is_alert and ("Essayez" in toast.text or "Posez votre question" in toast.text)
    assert len(claire.answers) == 1


async def test_an_edited_question_edits_its_answer(api: LocalBotApi, claire: Person) -> None:
    question = await claire.types("merci")
    answer = await claire.reads()
    await claire.edits(question, "où en est le plan pleine terre ?")
    await api.settled()
    assert "Pleine terre" in answer.text and len(claire.answers) == 1


async def test_an_edit_that_changes_nothing_in_the_answer_is_no_error(api: LocalBotApi, claire: Person) -> None:
    question = await claire.types("merci")
    await claire.reads()
    await claire.edits(question, "merci !")
    await api.settled()
    assert len(claire.answers) == 1


async def test_what_is_not_text_gets_a_kind_sentence(claire: Person) -> None:
    for sends in (
        claire.sends_photo,
        claire.sends_document,
        claire.sends_voice,
        claire.sends_sticker,
        claire.sends_location,
    ):
        await sends()
        assert "je ne lis que le texte" in (await claire.reads()).text


async def test_a_card_can_be_sent_from_any_chat(api: LocalBotApi, claire: Person) -> None:
    query = await claire.types_inline("plan pleine terre")
    await api.settled()
    assert query.answer is not None and query.answer.cache_time > 0
    first = query.answer.results[0]
    assert first.id == "p11" and "Source" in first.text
    empty = await claire.types_inline("")
    await api.settled()
    assert empty.answer is not None and empty.answer.results == ()


async def test_messages_keep_their_order(api: LocalBotApi, claire: Person) -> None:
    for text in ("/bilan", "/statuts", "/privacy", "/apropos"):
        await claire.types(text)
    await api.settled()
    starts = [answer.text.split("\n")[0].split(" ")[0] for answer in claire.answers]
    assert starts == ["Où", "Le", "Les", "Confidentialité", "À"]


async def test_someone_who_blocked_the_bot_breaks_nothing(api: LocalBotApi, claire: Person) -> None:
    menu = await claire.asks("/start")
    await claire.blocks()
    await claire.forges(menu, "c:p01")
    await api.settled()
    await claire.unblocks()
    assert "Avec plaisir" in (await claire.asks("merci")).text


async def test_markup_goes_out_as_html_without_previews(api: LocalBotApi, claire: Person) -> None:
    await claire.asks("/start p06")
    sent = api.calls("sendMessage")[-1].call
    assert sent.text("parse_mode") == "HTML"
    assert sent.nested("link_preview_options") == {"is_disabled": True}
