"""Conversations as tables: what is typed or pressed, and words of the answer."""

from datetime import timedelta

import pytest

from bot.conversation.talk import Conversation
from bot.errors import StaleButtonError
from bot.replies import Turn
from bot.texts.markup import plain
from knowledge.catalogue import Catalogue
from knowledge.errors import UnknownCommitmentError
from knowledge.matching.meaning import Outcome
from tests.bot.conftest import NOW

CHAT = 7


def said(turn: Turn) -> str:
    return "\n\n".join(plain(reply.text) for reply in turn.replies).replace("\u00a0", " ")


def labels(turn: Turn) -> list[str]:
    return [button.label for button in turn.replies[-1].buttons]


def press(conversation: Conversation, turn: Turn, label: str) -> Turn:
    button = next(button for button in turn.replies[-1].buttons if label in button.label)
    assert button.data is not None
    return conversation.press(CHAT, button.data, NOW)


@pytest.mark.parametrize(
    "dialogue",
    [
        [("/start", "Je suis un robot."), ("5", "Orientation 5"), ("1", "Dialogue de proximité")],
        [("/start p09", "est paru en mars 2022"), ("et la délibération ?", "ne cite aucune délibération")],
        [("/start o3", "Orientation 3"), ("/start rien", "Ce lien ne mène à aucun engagement")],
        [("/help", "Vous pouvez aussi parcourir"), ("/aide", "Vous pouvez aussi parcourir")],
        [("/settings", "Il n'y a rien à régler"), ("/reglages", "je n'enregistre rien sur vous")],
        [("/privacy", "Responsable : Association X"), ("/confidentialite", "x@example.org")],
        [("/apropos", "Association X"), ("/developer_info", "Association X")],
        [("/bilan", "29 engagements sur 102"), ("/BILAN", "85 %"), ("/bilan 2022", "s'emploie seule")],
        [("/orientations", "Les orientations"), ("4", "30 engagements"), ("/orientations 9", "« 9 » ne dit rien")],
        [("/orientations o2", "Orientation 2"), ("/orientations 2", "Orientation 2")],
        [
            ("/statuts", "« Chantier à ouvrir » veut dire"),
            ("/statuts realise", "4 engagements"),
            ("/statuts x", "ne dit rien"),
        ],
        [
            ("/deliberations", "2021 : "),
            ("/deliberations 2021", "octobre 2021"),
            ("/deliberations 1789", "ne dit rien"),
        ],
        [("/chantiers", "28 engagements : chantiers prioritaires"), ("2", "Une évaluation participative")],
        [("/chercher vélo", "les plus proches"), ("/chercher", "Que cherchez-vous"), ("/chercher !!!", "rien trouvé")],
        [("/chercher qsdfghjklm wxcvbn", "Je n'ai rien trouvé")],
        [("/inconnue", "Je ne connais pas la commande /inconnue"), ("/statut p01 realise", "Je ne connais pas")],
        [("bonjour", "Je suis un robot"), ("merci", "Avec plaisir"), ("au revoir", "Au revoir")],
        [("", "Je n'ai pas reçu de question lisible"), ("a" * 100_000, "trop long"), ("\x00\x1b", "pas reçu")],
        [("<b>plan pleine terre</b>", "Pleine terre"), ("*plan* _pleine_ `terre`", "Pleine terre")],
        [("plan pleine terre", "zéro artificialisation"), ("99", "")],
        [("quels engagements sont réalisés ?", "4 engagements"), ("le deuxième", "est paru en mars 2022")],
    ],
)
def test_conversations(conversation: Conversation, dialogue: list[tuple[str, str]]) -> None:
    for text, expected in dialogue:
        assert expected in said(conversation.answer(CHAT, text, NOW)), text


def test_a_card_has_its_buttons_and_each_answers(conversation: Conversation) -> None:
    card = conversation.say(CHAT, "où en est le plan pleine terre ?", NOW)
    assert card.meaning.commitments[0] == "p11"
    assert any(label.startswith("Voir aussi") for label in labels(card))
    assert "Orientation 2 : Une métropole du bien habiter" in said(press(conversation, card, "Orientation 2"))
    assert "Ce que dit le bilan" in said(press(conversation, card, "La source"))


def test_not_that_one_offers_the_next_and_counts_the_miss(conversation: Conversation) -> None:
    card = conversation.say(CHAT, "où en est le plan pleine terre ?", NOW)
    others = press(conversation, card, "Ce n'est pas ça")
    assert others.miss is not None
    assert (others.miss.kind, others.miss.commitment_id, others.miss.day) == ("not_this", "p11", NOW.date())
    assert "p11" not in others.meaning.commitments and len(others.meaning.commitments) == 5
    last = press(conversation, others, "Aucun de ceux-là")
    assert last.miss is not None and last.miss.kind == "none_of_these"
    assert "aucun de ceux-là" in said(last)


def test_what_was_offered_is_not_offered_again(conversation: Conversation) -> None:
    card = conversation.say(CHAT, "où en est le plan pleine terre ?", NOW)
    first = press(conversation, card, "Ce n'est pas ça")
    again = conversation.press(CHAT, "n:p11", NOW)
    assert not set(first.meaning.commitments) & set(again.meaning.commitments)


def test_the_question_is_forgotten_after_thirty_minutes(conversation: Conversation) -> None:
    conversation.say(CHAT, "où en est le plan pleine terre ?", NOW)
    late = conversation.press(CHAT, "n:p11", NOW + timedelta(minutes=31))
    assert "Je n'ai plus votre question en mémoire" in said(late)


def test_chats_do_not_hear_each_other(conversation: Conversation) -> None:
    conversation.say(CHAT, "où en est le plan pleine terre ?", NOW)
    assert "plus votre question" in said(conversation.press(CHAT + 1, "n:p11", NOW))


def test_a_number_presses_the_button_of_that_rank(conversation: Conversation) -> None:
    listed = conversation.say(CHAT, "/chantiers", NOW)
    assert labels(listed)[8] == "Suite"
    assert "Page 2 sur 4" in said(conversation.say(CHAT, "9", NOW))
    assert conversation.say(CHAT, " 1 ", NOW).meaning.commitments == ("p09",)


def test_a_follow_up_is_about_the_card_that_was_opened_by_a_button(conversation: Conversation) -> None:
    conversation.say(CHAT, "/chantiers", NOW)
    conversation.press(CHAT, "c:p25", NOW)
    answer = conversation.say(CHAT, "et la délibération ?", NOW)
    assert answer.meaning.commitments[0] == "p25"
    assert said(answer).split("\n\n")[1].startswith("Délibération du conseil métropolitain")


def test_browsing_happens_in_place_and_cards_come_below(conversation: Conversation) -> None:
    listed = conversation.say(CHAT, "/orientations 4", NOW)
    assert press(conversation, listed, "Suite").in_place
    assert not conversation.press(CHAT, "c:p20", NOW).in_place
    assert not conversation.press(CHAT, "o:o4", NOW).in_place


@pytest.mark.parametrize(
    "data", ["", ":", "c", "q:p01", "l:zzz", "l:o3:0", "l:o3:x", "l:x!!", "m:nulle", "o:o9:1", "d:1789", "g:autre:1"]
)
def test_a_forged_button_is_refused(conversation: Conversation, data: str) -> None:
    with pytest.raises((StaleButtonError, UnknownCommitmentError)):
        conversation.press(CHAT, data, NOW)


@pytest.mark.parametrize("data", ["c:p99", "s:p99", "v:p99", "n:p99", "c:" + "p" * 60])
def test_a_button_for_what_does_not_exist_is_refused(conversation: Conversation, data: str) -> None:
    with pytest.raises(UnknownCommitmentError):
        conversation.press(CHAT, data, NOW)


def test_a_page_past_the_end_is_the_last_one(conversation: Conversation) -> None:
    assert "Page 4 sur 4" in said(conversation.press(CHAT, "o:o4:99", NOW))


def test_an_empty_list_says_why_and_offers_its_neighbours(conversation: Conversation) -> None:
    turn = conversation.press(CHAT, "l:o3.sr", NOW)
    assert "Je n'en reconnais aucun pour : statut « réalisé », orientation 3" in said(turn)
    assert any(label.startswith("Statut") for label in labels(turn))
    assert "4 engagements" in said(press(conversation, turn, "Statut"))


def test_a_whole_list_travels_beside_its_pages(conversation: Conversation, catalogue: Catalogue) -> None:
    turn = conversation.say(CHAT, "liste des chantiers prioritaires", NOW)
    assert turn.meaning.outcome is Outcome.LIST
    assert turn.whole is not None
    lines = [line for line in plain(turn.whole).splitlines() if line[:1].isdigit() and ". " in line[:5]]
    assert len(lines) == 28 and len(turn.replies[0].buttons) < 28


def test_refusals_offer_the_nearest_as_numbers(conversation: Conversation) -> None:
    turn = conversation.say(CHAT, "quand ouvre la nouvelle ligne de tram ?", NOW)
    assert turn.meaning.outcome is Outcome.REFUSAL
    assert turn.meaning.commitments == ()
    if turn.meaning.suggestions:
        assert labels(turn)[-3] == "Aucun de ceux-là"


def test_the_thread_survives_a_courtesy(conversation: Conversation) -> None:
    conversation.say(CHAT, "/start p25", NOW)
    conversation.say(CHAT, "merci", NOW)
    assert conversation.say(CHAT, "et la délibération ?", NOW).meaning.commitments[0] == "p25"
