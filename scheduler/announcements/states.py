"""Where an announcement stands and what may be done with it: one table; whatever is not in it is forbidden."""

from enum import StrEnum

from scheduler.announcements.errors import ForbiddenActError


class State(StrEnum):
    """Where an announcement stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    REFUSED = "refused"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    RUNNING = "running"
    PAUSED = "paused"
    CANCELLED = "cancelled"
    DONE = "done"


class Act(StrEnum):
    """What may happen to one; the last five happen by themselves."""

    EDIT = "edit"
    TEST = "test"
    SUBMIT = "submit"
    APPROVE = "approve"
    REFUSE = "refuse"
    SCHEDULE = "schedule"
    LAUNCH = "launch"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RESEND = "resend"
    CORRECT = "correct"
    ADD_NOTE = "add_note"
    START = "start"
    MISS = "miss"
    EXPIRE = "expire"
    VOID = "void"
    FINISH = "finish"


_BEFORE_APPROVAL = (State.DRAFT, State.SUBMITTED, State.REFUSED, State.EXPIRED)
_APPROVED = (State.APPROVED, State.SCHEDULED)
_UNDER_WAY = (State.RUNNING, State.PAUSED)

TRANSITIONS: dict[tuple[State, Act], State] = {
    # A change of anything makes it a draft again: whatever was tested or approved was another text.
    **{(state, Act.EDIT): State.DRAFT for state in (*_BEFORE_APPROVAL, *_APPROVED)},
    **{(state, Act.TEST): state for state in (State.DRAFT, State.SUBMITTED, State.EXPIRED, *_APPROVED)},
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.EXPIRED, Act.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.SUBMITTED, Act.REFUSE): State.REFUSED,
    (State.APPROVED, Act.SCHEDULE): State.SCHEDULED,
    (State.APPROVED, Act.LAUNCH): State.RUNNING,
    (State.SCHEDULED, Act.START): State.RUNNING,
    (State.SCHEDULED, Act.MISS): State.APPROVED,
    **{(state, Act.EXPIRE): State.EXPIRED for state in _APPROVED},
    **{(state, Act.VOID): State.DRAFT for state in (State.SUBMITTED, *_APPROVED)},
    (State.RUNNING, Act.PAUSE): State.PAUSED,
    (State.PAUSED, Act.RESUME): State.RUNNING,
    (State.RUNNING, Act.FINISH): State.DONE,
    (State.DONE, Act.RESEND): State.RUNNING,
    **{(state, Act.CANCEL): State.CANCELLED for state in (*_BEFORE_APPROVAL, *_APPROVED, *_UNDER_WAY)},
    # These begin another announcement and leave this one as it is.
    **{(state, Act.CORRECT): state for state in (State.PAUSED, State.CANCELLED, State.DONE)},
    (State.DONE, Act.ADD_NOTE): State.DONE,
}


def after(number: int, state: State, act: Act) -> State:
    """Where an act leads.

    Raises:
        ForbiddenActError: Nowhere, from this state.
    """
    try:
        return TRANSITIONS[state, act]
    except KeyError:
        raise ForbiddenActError(number, state, act) from None
