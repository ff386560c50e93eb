"""What may have been told between a backup and a loss is counted, and not told again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.announcements import announcements
from bot.conversation.talk import Conversation
from bot.operation.backups import back_up
from bot.operation.restoring import put_back
from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from knowledge.models import Origin, Status
from knowledge.store import load_catalogue
from knowledge.updating import set_status
from scheduler.announcements.acting import Order
from scheduler.members import add
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
