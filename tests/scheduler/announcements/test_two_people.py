"""Nobody announces anything alone: every way round that was thought of is refused, and recorded."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.authors import Author, Role, Via
from knowledge.database import Database
from scheduler.announcements.errors import (
    AnnouncementError,
    DeniedError,
    ForbiddenActError,
    NoReasonError,
    NoRightError,
    SamePersonError,
    StaleVersionError,
    TrialFailedError,
    UnknownAnnouncementError,
    UntestedError,
)
from scheduler.announcements.records import Announcement
from scheduler.announcements.states import State
from scheduler.outbox import State as Delivered
from tests.scheduler.announcements.office import Office


def denials(office: Office) -> list[tuple[int | None, str, str]]:
    return [(member, what["act"], what["why"]) for kind, member, what in office.record() if kind == "denied"]


class TestApproving:
    @pytest.mark.parametrize("role", [Role.APPROVER, Role.ADMIN])
    def test_who_submits_cannot_approve_whatever_their_role(self, office: Office, role: Role) -> None:
        by = office.valerie if role is Role.APPROVER else office.anne
        found = office.submitted(by=by)
        with pytest.raises(SamePersonError):
            office.approvals.approve(office.order(found, by))
        assert office.drafts.get(found.id).state is State.SUBMITTED
        assert denials(office) == [(by.member, "approve", "SamePerson")]

    def test_nor_can_who_wrote_it_for_somebody_else_to_submit(self, office: Office) -> None:
        found = office.submitted(office.written(by=office.valerie))
        assert found.submitted_by == office.bruno.member
        with pytest.raises(SamePersonError):
            office.approvals.approve(office.order(found, office.valerie))
        assert office.approvals.approve(office.order(found, office.vincent)).state is State.APPROVED

    def test_an_editor_cannot_approve(self, office: Office) -> None:
        found = office.submitted()
        with pytest.raises(NoRightError):
            office.approvals.approve(office.order(found, office.beatrice))
        assert denials(office) == [(office.beatrice.member, "approve", "NoRight")]

    def test_the_role_counts_as_it_is_in_the_base_not_as_it_is_claimed(self, office: Office) -> None:
        found = office.submitted()
        forged = replace(office.beatrice, role=Role.ADMIN, via=Via.CONSOLE)
        with pytest.raises(NoRightError):
            office.approvals.approve(office.order(found, forged))
        nobody = Author(member=None, role=Role.ADMIN, via=Via.COMMAND_LINE)
        with pytest.raises(NoRightError):
            office.approvals.approve(office.order(found, nobody))
        assert len(denials(office)) == 2

    def test_of_two_at_once_one_wins(self, office: Office, told_base: Database) -> None:
        for _ in range(5):
            found = office.submitted()
            ready = threading.Barrier(2)

            def approves(by: Author, found: Announcement = found, ready: threading.Barrier = ready) -> str:
                order = office.order(found, by)
                ready.wait()
                try:
                    return office.approvals.approve(order).state
                except DeniedError as error:
                    return type(error).__name__

            with ThreadPoolExecutor(2) as pool:
                came = sorted(pool.map(approves, (office.valerie, office.vincent)))
            assert came == ["StaleVersionError", "approved"]
        assert len(denials(office)) == 5
        assert len([kind for kind, *_ in office.record() if kind == "approve"]) == 5

    def test_a_refusal_needs_a_reason_and_says_it(self, office: Office) -> None:
        found = office.submitted()
        with pytest.raises(NoReasonError):
            office.approvals.refuse(office.order(found, office.valerie), " \n ")
        refused = office.approvals.refuse(office.order(found, office.valerie), "La date est  fausse")
        assert (refused.state, refused.reason) == (State.REFUSED, "La date est fausse")
        assert office.notices_to(office.bruno) == [f"décidé : {found.id} refused"]


class TestReplaying:
    def test_an_old_button_never_approves_a_text_that_changed(self, office: Office) -> None:
        found = office.submitted()
        button = office.order(found, office.valerie)
        office.drafts.set_text(office.order(found, office.bruno), "Tout autre chose")
        office.submitted(found)
        with pytest.raises(StaleVersionError):
            office.approvals.approve(button)
        assert office.drafts.get(found.id).state is State.SUBMITTED
        assert denials(office) == [(office.valerie.member, "approve", "StaleVersion")]

    def test_no_button_works_twice(self, office: Office) -> None:
        office.public(1)
        found = office.submitted()
        approve = office.order(found, office.valerie)
        office.approvals.approve(approve)
        launch = office.order(found, office.bruno)
        office.runs.launch(launch)
        for act, order in ((office.approvals.approve, approve), (office.runs.launch, launch)):
            with pytest.raises(StaleVersionError):
                act(order)
        assert office.outbox.counts(found.ref)[Delivered.PENDING] == 1

    def test_a_button_about_nothing(self, office: Office) -> None:
        with pytest.raises(UnknownAnnouncementError):
            office.approvals.approve(replace(office.order(office.written(), office.valerie), number=99))
        assert denials(office) == [(office.valerie.member, "approve", "UnknownAnnouncement")]


class TestChangingAfterwards:
    def test_any_edit_voids_the_approval(self, office: Office) -> None:
        office.public(1)
        found = office.approved()
        edited = office.drafts.set_text(office.order(found, office.bruno), "Bonjour à toutes")
        assert (edited.state, edited.approved_by, edited.submitted_by) == (State.DRAFT, None, None)
        with pytest.raises(ForbiddenActError):
            office.runs.launch(office.order(found, office.bruno))
        with pytest.raises(UntestedError):
            office.approvals.submit(office.order(found, office.bruno))
        assert office.outbox.counts(found.ref)[Delivered.PENDING] == 0

    @pytest.mark.parametrize("who", ["bruno", "valerie"])
    def test_who_leaves_or_loses_the_role_takes_the_approval_along(self, office: Office, who: str) -> None:
        office.public(1)
        found, member = office.approved(), getattr(office, who)
        launch = office.order(found, office.beatrice)
        office.members.set_role(member.member, Role.READER, office.anne, office.now)
        with pytest.raises(DeniedError):
            office.runs.launch(launch)
        assert office.outbox.counts(found.ref)[Delivered.PENDING] == 0
        office.step()
        assert office.drafts.get(found.id).state is State.DRAFT
        assert office.drafts.get(found.id).reason == "role"
        assert ("void", None, {"announcement": found.id, "why": "role"}) in office.record()

    def test_a_member_removed_between_the_press_and_the_act(self, office: Office) -> None:
        found = office.submitted()
        press = office.order(found, office.valerie)
        office.members.remove(office.valerie.member or 0, office.anne, office.now)
        with pytest.raises(NoRightError):
            office.approvals.approve(press)
        office.members.remove(office.bruno.member or 0, office.anne, office.now)
        with pytest.raises(ForbiddenActError):
            office.approvals.approve(replace(office.order(found, office.vincent), version=None))
        assert len(denials(office)) == 2

    def test_an_approval_is_good_for_72_hours(self, office: Office) -> None:
        office.public(1)
        found = office.approved()
        office.now += timedelta(hours=72) - timedelta(seconds=1)
        office.step()
        assert office.drafts.get(found.id).state is State.APPROVED
        office.now += timedelta(seconds=1)
        with pytest.raises(DeniedError):
            office.runs.launch(office.order(found, office.bruno))
        assert office.drafts.get(found.id).state is State.EXPIRED
        assert office.notices_to(office.bruno)[-1] == f"arrêt : {found.id} expired expired"
        again = office.approvals.submit(office.order(found, office.bruno))
        assert again.state is State.SUBMITTED

    def test_nor_for_longer_where_the_clock_ran_ahead(self, office: Office) -> None:
        office.now += timedelta(days=365)
        found = office.approved()
        office.now -= timedelta(days=365)
        office.step()
        assert office.drafts.get(found.id).state is State.EXPIRED


class TestTrying:
    def test_what_was_not_sent_to_oneself_is_not_submitted(self, office: Office) -> None:
        found = office.written()
        with pytest.raises(UntestedError):
            office.approvals.submit(office.order(found, office.bruno))
        office.tested(found, office.beatrice)
        with pytest.raises(UntestedError):
            office.approvals.submit(office.order(found, office.bruno))
        assert len(denials(office)) == 2

    @pytest.mark.parametrize("refused_after", ["test", "submit", "approve"])
    def test_a_trial_that_is_refused_stops_everything(self, office: Office, refused_after: str) -> None:
        office.public(1)
        found = office.written()
        acts: dict[str, Callable[[], object]] = {
            "test": lambda: office.approvals.test(office.order(found, office.bruno)),
            "submit": lambda: office.approvals.submit(office.order(found, office.bruno)),
            "approve": lambda: office.approvals.approve(office.order(found, office.valerie)),
            "launch": lambda: office.runs.launch(office.order(found, office.bruno)),
        }
        for name, act in acts.items():
            act()
            if name == refused_after:
                break
        with office.base.write() as db:
            db.execute("UPDATE outbox SET state = 'failed', error = 'Wrong file' WHERE dedupe_key LIKE 'trial:%'")
        with pytest.raises(TrialFailedError, match="Wrong file"):
            list(acts.values())[list(acts).index(refused_after) + 1]()
        assert office.outbox.counts(found.ref)[Delivered.PENDING] == 0

    def test_a_second_trial_may_go_better(self, office: Office) -> None:
        found = office.written()
        office.tested(found)
        with office.base.write() as db:
            db.execute("UPDATE outbox SET state = 'failed' WHERE dedupe_key LIKE 'trial:%'")
        assert office.submitted(found).state is State.SUBMITTED

    def test_the_trial_is_the_message_itself(self, office: Office) -> None:
        office.tested(office.written("<b>Bonjour</b>"))
        ((body,),) = office.base.read().execute("SELECT body FROM outbox WHERE dedupe_key LIKE 'trial:%'")
        assert '"<b>Bonjour</b>"' in body

    def test_another_hour_or_audience_needs_no_other_trial_but_another_approval(self, office: Office) -> None:
        found = office.approved()
        office.drafts.set_start(office.order(found, office.bruno), None)
        assert office.drafts.get(found.id).state is State.DRAFT
        assert office.approvals.submit(office.order(found, office.bruno)).state is State.SUBMITTED

    def test_who_may_approve_is_told_and_nobody_else(self, office: Office) -> None:
        found = office.submitted(by=office.valerie)
        assert office.notices_to(office.vincent) == office.notices_to(office.anne) == [f"à valider : {found.id}"]
        assert office.notices_to(office.valerie) == office.notices_to(office.bruno) == []


def test_everything_is_in_the_sealed_record(office: Office) -> None:
    office.public(1)
    found = office.launched()
    kinds = [kind for kind, _, what in office.record() if what["announcement"] == found.id]
    assert kinds == ["draft", "test", "submit", "approve", "launch"]
    submitted = next(what for kind, _, what in office.record() if kind == "submit")
    assert submitted["html"] == "Bonjour à tous" and submitted["digest"] == found.digest


def test_a_reader_can_do_nothing(office: Office) -> None:
    office.members.set_role(office.bruno.member or 0, Role.READER, office.anne, office.now)
    with pytest.raises(NoRightError):
        office.written()
    found = office.written(by=office.beatrice)
    with pytest.raises(AnnouncementError):
        office.drafts.set_text(office.order(found, office.bruno), "a")
    assert [(act, why) for _, act, why in denials(office)] == [("edit", "NoRight")] * 2
