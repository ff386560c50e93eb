"""« Historique » on a card."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.conversation.talk import Conversation
from bot.errors import StaleButtonError
from bot.replies import Caller, Turn
from bot.texts.markup import plain
from knowledge import undoing, updating
from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.errors import UnknownCommitmentError
from knowledge.models import Deliberation, DueDate, Milestone, Origin, Status
from knowledge.service import Knowledge
from tests.bot.conftest import NOW, PARIS
from tests.bot.texts.reading import assert_is_a_message
from tests.trials import trial

CLAIRE = Caller(chat=1)
EDITOR = Author(member=31, role=Role.EDITOR, via=Via.TELEGRAM)
APPROVER = Author(member=32, role=Role.APPROVER, via=Via.CONSOLE)


@pytest.fixture
def conversation(base: Database, own: Knowledge) -> Conversation:
    return trial(own, PARIS)


@pytest.fixture
def own(base: Database) -> Iterator[Knowledge]:
    """What is known, from this test's own base."""
    opened = Knowledge.open(base.path, NOW, pytest.fail)
    yield opened
    opened.close()


def pressed(conversation: Conversation, data: str, caller: Caller = CLAIRE) -> Turn:
    return conversation.carry_out(conversation.press(caller.chat, data, NOW), caller, NOW)


def text_of(turn: Turn) -> str:
    (reply,) = turn.replies
    assert_is_a_message(reply.text)
    return plain(reply.text).replace("\u00a0", " ")


def test_a_card_leads_to_its_history_and_back(conversation: Conversation) -> None:
    card = conversation.say(1, "/start p02", NOW)
    (button,) = [each for each in card.replies[-1].buttons if each.label == "Historique"]
    assert button.data == "h:p02"
    turn = pressed(conversation, "h:p02")
    assert [each.data for each in turn.replies[0].buttons] == ["c:p02"] and not turn.in_place


def test_without_any_change_it_says_so(conversation: Conversation) -> None:
    known, unknown = (text_of(pressed(conversation, f"h:{each}")) for each in ("p02", "a1-01"))
    assert "Bilan du 27 juin 2022 : en cours, « Une évaluation participative démarre »." in known
    assert "Bilan du 27 juin 2022 : statut non lisible" in unknown
    for said in (known, unknown):
        assert "Depuis, aucun changement n'a été enregistré ici." in said and "essai" not in said
    assert "sur la fiche" in known and "sur la fiche" not in unknown


def test_changes_are_told_with_date_page_and_role(conversation: Conversation, base: Database) -> None:
    tomorrow = NOW + timedelta(days=1)
    with base.write() as db:
        number = updating.set_status(
            *(db, "p04", Status.REALISE, NOW),
            source=Origin.STAFF,
            by=EDITOR,
            evidence="inauguré",
            event_date="2026-10",
            url="https://x.example/a",
        )
        vote = Deliberation(date="2026-10", label="octobre 2026")
        updating.add_deliberation(db, "p04", vote, NOW, source=Origin.IMPORT)
        assert number
        undoing.undo(db, number, tomorrow, source=Origin.STAFF, by=APPROVER)
    said = text_of(pressed(conversation, "h:p04"))
    assert said.split("\n\n")[2:] == [
        "– 22 novembre 2026 : le statut passe de « non lisible » à réalisé, « inauguré » (octobre 2026,"
        " la source (https://x.example/a)). Par une personne de l'équipe, rôle : rédaction."
        " Annulé le 23 novembre 2026.",
        "– 22 novembre 2026 : délibération du conseil métropolitain, octobre 2026. Par l'import d'un fichier.",
        "– 23 novembre 2026 : annulation du changement du 22 novembre 2026, le statut redevient non lisible."
        " Par une personne de l'équipe, rôle : validation.",
    ]
    assert "31" not in said and "32" not in said and "member" not in said


def test_a_long_history_is_cut_into_pages_turned_in_place(conversation: Conversation, base: Database) -> None:
    with base.write() as db:
        for day in range(1, 25):
            step = Milestone(
                date=f"2026-10-{day:02}", kind="milestone", summary=f"Étape {day} " * 20, source_url="https://x.example"
            )
            updating.add_milestone(db, "p04", step, NOW, source=Origin.STAFF, by=EDITOR)
        updating.set_due(db, "p04", (DueDate(label="fin 2027", starts=None, ends="2027"),), NOW, source=Origin.REPORT)
    first = pressed(conversation, "h:p04")
    assert "Page 1 sur " in text_of(first) and "h:p04:2" in [each.data for each in first.replies[0].buttons]
    pages = [pressed(conversation, f"h:p04:{number}") for number in range(1, 10)]
    assert all(each.in_place for each in pages)
    everything = "\n".join(text_of(each) for each in pages)
    assert all(f"Étape {day} " in everything for day in range(1, 25)) and "« fin 2027 »" in everything
    assert "Bilan du 27 juin 2022" in text_of(pages[2]) and text_of(pages[-1]) == text_of(pages[-2])


def test_what_is_forged_leads_nowhere(conversation: Conversation) -> None:
    with pytest.raises(UnknownCommitmentError):
        conversation.press(1, "h:p99", NOW)
    with pytest.raises(StaleButtonError):
        conversation.press(1, "h:p04:0", NOW)


def test_anybody_in_a_group_may_read_it(conversation: Conversation) -> None:
    deed = conversation.press(1, "h:p04", NOW).deed
    assert deed is not None and not deed.changes
