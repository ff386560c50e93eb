"""Every state by every act: what is in the table happens, and nothing else."""

import itertools
from collections.abc import Callable
from datetime import time, timedelta

import pytest

from scheduler.announcements.acting import NEEDED
from scheduler.announcements.errors import AnnouncementError, ForbiddenActError
from scheduler.announcements.records import Announcement
from scheduler.announcements.states import TRANSITIONS, Act, State, after
from scheduler.outbox import State as Delivered
from tests.scheduler.announcements.office import Office
from tests.scheduler.naive import PARIS

# Written down a second time, by hand: a line changed in the table has to be changed here.
ALLOWED = {
    "draft": "edit:draft test:draft submit:submitted cancel:cancelled",
    "submitted": "edit:draft test:submitted approve:approved refuse:refused void:draft cancel:cancelled",
    "refused": "edit:draft cancel:cancelled",
    "approved": (
        "edit:draft test:approved schedule:scheduled launch:running expire:expired void:draft cancel:cancelled"
    ),
    "scheduled": ("edit:draft test:scheduled start:running miss:approved expire:expired void:draft cancel:cancelled"),
    "expired": "edit:draft test:expired submit:submitted cancel:cancelled",
    "running": "pause:paused finish:done cancel:cancelled",
    "paused": "resume:running correct:paused cancel:cancelled",
    "cancelled": "correct:cancelled",
    "done": "resend:running correct:done add_note:done",
}


@pytest.mark.parametrize(("state", "act"), list(itertools.product(State, Act)))
def test_the_table_is_the_one_written_down(state: State, act: Act) -> None:
    allowed = dict(each.split(":") for each in ALLOWED[state].split())
    if act in allowed:
        assert after(1, state, act) == allowed[act]
    else:
        with pytest.raises(ForbiddenActError) as met:
            after(1, state, act)
        assert (met.value.state, met.value.act) == (state, act)


def test_every_state_can_be_reached() -> None:
    assert {State.DRAFT, *TRANSITIONS.values()} == set(State)


def _brought_to(office: Office, state: State) -> Announcement:
    """An announcement that came there by real acts."""
    if state is State.DRAFT:
        found = office.written()
        office.tested(found)
        return found
    if state is State.SCHEDULED:
        found = office.written()
        local = office.now.astimezone(PARIS)
        office.drafts.set_start(office.order(found, office.bruno), (local.date(), time(local.hour + 2)))
        return office.approved(found)
    if state is State.REFUSED:
        return office.approvals.refuse(office.order(office.submitted(), office.valerie), "trop long")
    if state is State.EXPIRED:
        found = office.approved()
        office.step(hours=72)
        return office.drafts.get(found.id)
    if state in (State.SUBMITTED, State.APPROVED):
        return office.submitted() if state is State.SUBMITTED else office.approved()
    if state is State.CANCELLED:
        return office.runs.cancel(office.order(office.written(), office.bruno))
    found = office.launched()
    if state is State.PAUSED:
        return office.runs.pause(office.order(found, office.bruno))
    if state is State.DONE:
        office.settle(found, Delivered.FAILED, 1, "refused")
        office.settle(found, Delivered.SENT)
        office.step()
    return office.drafts.get(found.id)


def _acts(office: Office, found: Announcement) -> dict[Act, Callable[[], object]]:
    mine, theirs = office.order(found, office.bruno), office.order(found, office.vincent)
    return {
        Act.EDIT: lambda: office.drafts.set_text(mine, "Autre texte"),
        Act.TEST: lambda: office.approvals.test(mine),
        Act.SUBMIT: lambda: office.approvals.submit(mine),
        Act.APPROVE: lambda: office.approvals.approve(theirs),
        Act.REFUSE: lambda: office.approvals.refuse(theirs, "non"),
        Act.LAUNCH: lambda: office.runs.launch(mine),
        Act.PAUSE: lambda: office.runs.pause(mine),
        Act.RESUME: lambda: office.runs.resume(mine),
        Act.CANCEL: lambda: office.runs.cancel(mine),
        Act.RESEND: lambda: office.runs.resend(mine),
        Act.CORRECT: lambda: office.corrections.begin(mine, "Texte juste"),
        Act.ADD_NOTE: lambda: office.corrections.add_note(mine, "Nous avons corrigé"),
    }


@pytest.mark.parametrize("state", list(State))
def test_each_act_in_each_state_does_what_the_table_says(office: Office, state: State) -> None:
    office.public(3)
    for act in NEEDED:
        found = _brought_to(office, state)
        assert found.state is state
        try:
            _acts(office, found)[act]()
        except ForbiddenActError:
            assert (state, act) not in TRANSITIONS
            assert office.drafts.get(found.id) == found
        except AnnouncementError:
            assert (state, act) in TRANSITIONS and act in (Act.CORRECT, Act.ADD_NOTE)  # nothing was sent
        else:
            assert office.drafts.get(found.id).state is TRANSITIONS[state, act]
        office.now += timedelta(seconds=1)
