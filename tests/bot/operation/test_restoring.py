"""What may have been told between a backup and a loss is counted, and not told again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.announcements import announcements
from bot.conversation.talk import Conversation
from bot.operation.backups import back_up
from bot.operation.restoring import put_back
from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.history.verifying import verify
from knowledge.models import Origin, Status
from knowledge.questions.kept import KeptQuestions
from knowledge.store import load_catalogue
from knowledge.updating import set_status
from scheduler.announcements.acting import Order
from scheduler.announcements.errors import StaleVersionError
from scheduler.errors import InviteError
from scheduler.identities import open_identities
from scheduler.invites import Invites
from scheduler.members import Members, add
from scheduler.outbox import Outbox, State
from scheduler.ticking import Ticking
from tests.bot.conftest import NOW, PARIS

# A Sunday; the weekly digest leaves on Tuesday at nine.
WEDNESDAY = NOW + timedelta(days=3)


def changed(base: Database, status: Status) -> None:
    with base.write() as db:
        set_status(db, "p07", status, NOW + timedelta(hours=1), source=Origin.STAFF)


def lost_and_found(base: Database, tmp_path: Path, *, days: int) -> dict[State, int]:
    """A change, a backup, the loss of the base some days later, and the first tick after the restore."""
    Ticking(base, PARIS).tick(NOW)
    changed(base, Status.REALISE)
    back_up(base.path, tmp_path / "copy.db", NOW + timedelta(hours=2))
    base.close()
    base.path.unlink()
    found = NOW + timedelta(days=days, hours=3)
    put_back(tmp_path / "copy.db", base.path, base.key_file, PARIS, found)
    Ticking(base, PARIS).tick(found + timedelta(seconds=30))
    return Outbox(base, PARIS).counts()


def test_a_digest_that_was_due_meanwhile_is_uncertain(
    base: Database, conversation: Conversation, tmp_path: Path
) -> None:
    conversation.answer(7, "/suivre p07", NOW)
    counts = lost_and_found(base, tmp_path, days=3)
    assert (counts[State.UNCERTAIN], counts[State.PENDING]) == (1, 0)


def test_a_digest_that_is_due_later_leaves_as_ever(base: Database, conversation: Conversation, tmp_path: Path) -> None:
    conversation.answer(7, "/suivre p07", NOW)
    assert not any(lost_and_found(base, tmp_path, days=0).values())
    Ticking(base, PARIS).tick(WEDNESDAY)
    counts = Outbox(base, PARIS).counts()
    assert (counts[State.UNCERTAIN], counts[State.PENDING]) == (0, 1)


def test_an_approved_announcement_has_to_be_approved_again(base: Database, tmp_path: Path) -> None:
    with base.write() as db:
        team = [add(db, role, "", NOW, cipher=None, index=None, by=None) for role in (Role.EDITOR, Role.APPROVER)]
    wrote, approves = (Author(member=number, role=None, via=Via.CONSOLE) for number in team)
    catalogue = load_catalogue(base)
    joined = announcements(base, PARIS, lambda: catalogue)
    order = Order(number=joined.drafts.begin("Réunion", wrote, NOW).id, by=wrote, now=NOW)
    joined.approvals.test(order)
    joined.approvals.submit(order)
    assert joined.approvals.approve(replace(order, by=approves)).state == "approved"
    lost_and_found(base, tmp_path, days=0)
    found = joined.drafts.get(order.number)
    assert (found.state, found.reason, found.approved_by) == ("draft", "restored", None)


class TestTheTeam:
    """A backup must not give back what the team has taken away since."""

    def restored(self, base: Database, tmp_path: Path, *, is_lost: bool = False) -> Members:
        base.close()
        if is_lost:
            base.path.unlink()
        put_back(tmp_path / "copy.db", base.path, base.key_file, PARIS, NOW + timedelta(hours=5))
        return Members(base, open_identities(base))

    def test_who_was_removed_since_does_not_come_back(self, base: Database, tmp_path: Path) -> None:
        members = Members(base, open_identities(base))
        members.seed([(41, Role.ADMIN), (42, Role.ADMIN), (43, Role.ADMIN), (44, Role.APPROVER)], NOW)
        anne, alain, _, valerie = members.list_active()
        code = members.new_code(valerie.id, valerie.author, NOW)
        back_up(base.path, tmp_path / "copy.db", NOW)
        members.remove(valerie.id, anne.author, NOW)
        members.set_role(alain.id, Role.READER, anne.author, NOW)
        later = members.new_code(anne.id, anne.author, NOW)
        again = self.restored(base, tmp_path)
        assert again.of_chat(44) is None and again.at_console(valerie.id, code) is None
        assert again.get(alain.id).role is Role.READER
        assert again.at_console(anne.id, later) is not None
        assert verify(base).faults == []

    @pytest.mark.parametrize("is_lost", [False, True])
    def test_an_invitation_of_the_backup_is_void(self, base: Database, tmp_path: Path, is_lost: bool) -> None:
        members = Members(base, open_identities(base))
        members.seed([(41, Role.ADMIN)], NOW)
        code = Invites(base, open_identities(base)).make(Role.ADMIN, "", members.list_active()[0], NOW)
        back_up(base.path, tmp_path / "copy.db", NOW)
        self.restored(base, tmp_path, is_lost=is_lost)
        with pytest.raises(InviteError):
            Invites(base, open_identities(base)).accept(code, 66, NOW + timedelta(hours=6))

    @pytest.mark.parametrize("is_lost", [False, True])
    def test_a_button_about_a_lost_announcement_never_approves_another(
        self, base: Database, tmp_path: Path, is_lost: bool
    ) -> None:
        members = Members(base, open_identities(base))
        members.seed([(41, Role.EDITOR)], NOW)
        bruno, catalogue = members.list_active()[0].author, load_catalogue(base)
        drafts = announcements(base, PARIS, lambda: catalogue).drafts
        drafts.begin("Sauvée", bruno, NOW)
        back_up(base.path, tmp_path / "copy.db", NOW)
        lost = drafts.begin("Perdue", bruno, NOW)
        self.restored(base, tmp_path, is_lost=is_lost)
        assert drafts.begin("Nouvelle", bruno, NOW).id > lost.id

    def test_nor_does_a_button_about_a_text_that_was_lost(self, base: Database, tmp_path: Path) -> None:
        members = Members(base, open_identities(base))
        members.seed([(41, Role.EDITOR)], NOW)
        bruno, catalogue = members.list_active()[0].author, load_catalogue(base)
        drafts = announcements(base, PARIS, lambda: catalogue).drafts
        begun = drafts.begin("Sauvée", bruno, NOW)
        back_up(base.path, tmp_path / "copy.db", NOW)
        lost = drafts.set_text(Order(number=begun.id, by=bruno, now=NOW), "Perdue")
        self.restored(base, tmp_path)
        with pytest.raises(StaleVersionError):
            for text in ("Une autre", "Encore une autre"):
                drafts.set_text(Order(number=begun.id, by=bruno, now=NOW), text)
                drafts.set_text(Order(number=begun.id, by=bruno, now=NOW, version=lost.version), "Forcée")


def test_a_question_taken_back_since_stays_gone(base: Database, tmp_path: Path) -> None:
    questions = KeptQuestions(base)
    first, _ = questions.keep("des castors dans la Loire", "vague", NOW.date())
    questions.keep("un téléphérique vers Rezé", "vague", NOW.date())
    back_up(base.path, tmp_path / "copy.db", NOW)
    questions.drop(first)
    base.close()
    put_back(tmp_path / "copy.db", base.path, base.key_file, PARIS, NOW)
    assert [group.texts for group in questions.groups()] == [("un téléphérique vers Rezé",)]
