"""Buttons about announcements, and the short strings that come back when one is pressed.

``al`` all of them · ``aw`` a new one · ``ao:12`` one · ``ap:12`` pause · ``ae:on`` the electoral reserve

The others carry the version that was shown, so that a button never acts on what has changed since:
``at:12.7`` try · ``as`` submit · ``aa`` approve · ``ar`` refuse · ``ag`` launch (``.oui``) · ``au`` go on
``ac`` correct · ``ax`` drop (``.oui``) · ``am`` picture (``.non``) · ``ad`` audience (``.o3``) · ``ah`` hour (``.non``)
``af`` again to the failed · ``an`` a note
"""

from collections.abc import Iterable

from bot.keyboards import Rows, in_rows
from bot.replies import Button
from bot.texts import buttons
from bot.texts.announcements import pages as texts
from knowledge.authors import Role
from knowledge.models import Orientation
from scheduler.announcements.records import Announcement, Purpose
from scheduler.announcements.states import TRANSITIONS, Act, State

LIST = "al"
YES = "oui"
NO = "non"
STAFF = "agents"
WHOLE = "tous"
COMMITMENT = "fiche"

# In the order in which they stand: the act, its button, and the least role that is shown it.
_ACTS = (
    (Act.TEST, "at", texts.TEST, Role.EDITOR),
    (Act.SUBMIT, "as", texts.SUBMIT, Role.EDITOR),
    (Act.APPROVE, "aa", texts.APPROVE, Role.APPROVER),
    (Act.REFUSE, "ar", texts.REFUSE, Role.APPROVER),
    (Act.LAUNCH, "ag", texts.LAUNCH, Role.EDITOR),
    (Act.PAUSE, "ap", texts.PAUSE, Role.EDITOR),
    (Act.RESUME, "au", texts.RESUME, Role.EDITOR),
    (Act.RESEND, "af", texts.RESEND, Role.EDITOR),
    (Act.CORRECT, "ac", texts.CORRECT_SENT, Role.EDITOR),
    (Act.ADD_NOTE, "an", texts.ADD_NOTE, Role.EDITOR),
)


def data(action: str, found: Announcement, more: str = "") -> str:
    """What a button carries: the version, and a word after it."""
    return f"{action}:{found.id}.{found.version}{f'.{more}' if more else ''}"


def open_one(number: int) -> str:
    """Leads to one announcement."""
    return f"ao:{number}"


def page(found: Announcement, role: Role, *, failed: bool, may_approve: bool, may_note: bool) -> Rows:
    """What this member may do with it where it stands.

    Args:
        failed: Whether something of it may be sent again.
        may_approve: Whether they are another person than those who wrote it.
        may_note: Whether its one note can still be written.
    """
    hidden = {Act.APPROVE, Act.REFUSE} if not may_approve else set()
    hidden |= set() if failed else {Act.RESEND}
    hidden |= set() if may_note else {Act.ADD_NOTE}
    hidden |= set() if found.started_at else {Act.CORRECT}
    acts = [
        Button(label=label, data=f"ap:{found.id}" if act is Act.PAUSE else data(action, found))
        for act, action, label, needed in _ACTS
        if (found.state, act) in TRANSITIONS and act not in hidden and role.may(needed)
    ]
    return (*in_rows(acts, 2), *_writing(found, role), (Button(label=texts.LIST, data=LIST),))


def _writing(found: Announcement, role: Role) -> Rows:
    """What changes it, and what drops it."""
    rows: list[tuple[Button, ...]] = []
    if (found.state, Act.EDIT) in TRANSITIONS and role.may(Role.EDITOR):
        rows.append(
            (Button(label=texts.CORRECT, data=data("ac", found)), Button(label=texts.HOUR, data=data("ah", found)))
        )
        audience = Button(label=texts.AUDIENCE, data=data("ad", found))
        media = Button(label=texts.MEDIA, data=data("am", found))
        free = ((audience,) if found.of is None else ()) + ((media,) if found.purpose is not Purpose.CORRECTION else ())
        rows += [free] if free else []
    if (found.state, Act.CANCEL) in TRANSITIONS and role.may(Role.EDITOR):
        rows.append((Button(label=texts.CANCEL, data=data("ax", found)),))
    return tuple(rows)


def confirm(action: str, found: Announcement, label: str) -> Rows:
    """Yes, or back."""
    return (
        (
            Button(label=label, data=data(action, found, YES)),
            Button(label=buttons.CANCEL, data=open_one(found.id)),
        ),
    )


def audiences(found: Announcement, orientations: Iterable[Orientation]) -> Rows:
    """Whom it may be for."""
    return (
        (Button(label=texts.EVERYBODY, data=data("ad", found, WHOLE)),),
        *(
            (Button(label=buttons.orientation(its.id[1:], its.title), data=data("ad", found, its.id)),)
            for its in orientations
        ),
        (Button(label=texts.ONE_COMMITMENT, data=data("ad", found, COMMITMENT)),),
        (Button(label=texts.STAFF_ONLY, data=data("ad", found, STAFF)),),
    )


def listed(each: Iterable[Announcement], role: Role, *, reserve: bool) -> Rows:
    """The announcements, numbered; below them a new one, and the reserve for those who lead."""
    rows: list[tuple[Button, ...]] = [
        (Button(label=texts.label(found), data=open_one(found.id), numbered=True),) for found in each
    ]
    if role.may(Role.EDITOR):
        rows.append((Button(label=texts.NEW, data="aw"),))
    if role.may(Role.ADMIN):
        label = texts.RESERVE_OFF if reserve else texts.RESERVE_ON
        rows.append((Button(label=label, data=f"ae:{'off' if reserve else 'on'}"),))
    return tuple(rows)


def board(found: Announcement) -> Rows:
    """Under the message that shows how it fares."""
    if found.state is State.RUNNING:
        return ((Button(label=texts.PAUSE, data=f"ap:{found.id}"), Button(label=texts.CANCEL, data=data("ax", found))),)
    if found.state is State.PAUSED:
        return (
            (Button(label=texts.RESUME, data=data("au", found)), Button(label=texts.CANCEL, data=data("ax", found))),
            (Button(label=texts.CORRECT_SENT, data=data("ac", found)),),
        )
    return opening(found)


def decision(found: Announcement) -> Rows:
    """Yes, no, or a closer look."""
    buttons_ = (Button(label=texts.APPROVE, data=data("aa", found)), Button(label=texts.REFUSE, data=data("ar", found)))
    return (buttons_, *opening(found))


def opening(found: Announcement) -> Rows:
    """The way to an announcement."""
    return ((Button(label=texts.OPEN, data=open_one(found.id)),),)
