"""/annonce and /annonces: writing, trying, submitting, approving, launching, and calling back."""

from collections.abc import Callable
from datetime import datetime

from bot import announcekeys as keys
from bot.conversation.kept import say
from bot.conversation.staff.agenda import Source, Waiting
from bot.conversation.staff.announcements.orders import number_of, order_of
from bot.conversation.staff.announcements.pages import Pages
from bot.conversation.staff.announcements.writing import Writing
from bot.conversation.staff.rights import Right, Said
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Button, Turn
from bot.texts import buttons
from bot.texts.announcements import asking
from bot.texts.announcements import pages as texts
from knowledge.authors import Role, Via
from scheduler.announcements.acting import Order
from scheduler.announcements.records import Announcement
from scheduler.announcements.service import Announcements
from scheduler.inputs import Inputs
from scheduler.members import Member


class Announcing:
    """From the trial on; what is written is asked for by ``Writing``."""

    def __init__(self, announcements: Announcements, pages: Pages, writing: Writing, inputs: Inputs) -> None:
        self._announcements = announcements
        self._pages = pages
        self._writing = writing
        self._inputs = inputs
        self.sources: tuple[Source, ...] = (self._waiting,)
        self.commands = {
            "annonce": Right(Role.EDITOR, writing.command),
            "annonces": Right(Role.READER, self._typed),
        }
        self.presses = {
            keys.LIST: Right(Role.READER, lambda press, member, now: pages.listed(member)),
            "ao": Right(Role.READER, self._open),
            "at": Right(Role.EDITOR, self._try),
            "as": Right(Role.EDITOR, self._doing(announcements.approvals.submit)),
            "aa": Right(Role.APPROVER, self._doing(announcements.approvals.approve)),
            "ar": Right(Role.APPROVER, self._ask_reason),
            "ag": Right(Role.EDITOR, self._launch),
            "ap": Right(Role.EDITOR, self._pause),
            "au": Right(Role.EDITOR, self._doing(announcements.runs.resume)),
            "ax": Right(Role.EDITOR, self._cancel),
            "af": Right(Role.EDITOR, self._resend),
            "ae": Right(Role.ADMIN, self._reserve),
            **writing.presses,
        }
        self.inputs = {"ann_reason": Right(Role.APPROVER, self._refuse), **writing.inputs}

    def _waiting(self, member: Member, now: datetime) -> Waiting:
        """What waits for this member's approval, and the way here."""
        count = self._pages.waiting_for(member)
        return Waiting(
            line=texts.waiting(count) if count else None,
            button=Button(label=texts.ANNOUNCEMENTS, data=keys.LIST),
        )

    def _typed(self, words: str, member: Member, now: datetime) -> Turn:
        if not words:
            return self._pages.listed(member)
        return self._pages.one(number_of(words), member, now, preview=True)

    def _open(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._pages.one(number_of(press.value), member, now, preview=True)

    def _doing(self, act: Callable[[Order], Announcement]) -> Callable[[Press, Member, datetime], Turn]:
        """A button that does one act, and shows what it led to."""

        def pressed(press: Press, member: Member, now: datetime) -> Turn:
            order, _ = order_of(press, member, now)
            return self._pages.one(act(order).id, member, now)

        return pressed

    def _try(self, press: Press, member: Member, now: datetime) -> Turn:
        order, _ = order_of(press, member, now)
        if self._announcements.approvals.test(order) and member.via is Via.TELEGRAM:
            return self._pages.one(order.number, member, now, asking.trial_sent())
        return self._pages.one(order.number, member, now, asking.trial_shown(), preview=True)

    def _ask_reason(self, press: Press, member: Member, now: datetime) -> Turn:
        order_of(press, member, now)
        self._inputs.ask(member.id, purpose="ann_reason", ref=press.value, now=now)
        return self._writing.wait(asking.ask_reason())

    def _refuse(self, ref: str, said: Said, member: Member, now: datetime) -> Turn:
        order, _ = order_of(Press(action="ar", value=ref), member, now)
        return self._pages.one(self._announcements.approvals.refuse(order, said.text).id, member, now)

    def _launch(self, press: Press, member: Member, now: datetime) -> Turn:
        order, answer = order_of(press, member, now)
        if answer == keys.YES:
            return self._pages.one(self._announcements.runs.launch(order).id, member, now)
        found = self._announcements.drafts.get(order.number)
        counted = self._announcements.drafts.count(found, now) if found.of is None else None
        return say(asking.confirm_launch(found, counted), rows=keys.confirm("ag", found, texts.CONFIRM_LAUNCH))

    def _pause(self, press: Press, member: Member, now: datetime) -> Turn:
        order = Order(number=number_of(press.value), by=member.author, now=now)
        return self._pages.one(self._announcements.runs.pause(order).id, member, now)

    def _cancel(self, press: Press, member: Member, now: datetime) -> Turn:
        order, answer = order_of(press, member, now)
        if answer == keys.YES:
            self._inputs.drop(member.id)
            return self._pages.one(self._announcements.runs.cancel(order).id, member, now)
        found = self._announcements.drafts.get(order.number)
        return say(asking.confirm_cancel(found), rows=keys.confirm("ax", found, texts.CONFIRM_CANCEL))

    def _resend(self, press: Press, member: Member, now: datetime) -> Turn:
        order, _ = order_of(press, member, now)
        count = self._announcements.runs.resend(order)
        return self._pages.one(order.number, member, now, asking.resent(count))

    def _reserve(self, press: Press, member: Member, now: datetime) -> Turn:
        match press.value:
            case "on":
                rows = ((Button(label=texts.CONFIRM_RESERVE, data="ae:oui"), Button(label=buttons.CANCEL, data="al")),)
                return say(asking.confirm_reserve(), rows=rows)
            case "oui" | "off":
                on = press.value == "oui"
                paused = self._announcements.runs.set_reserve(member.author, now, on=on)
                return say(asking.reserve_switched(on=on, paused=len(paused)), rows=((_to_list(),),))
        raise StaleButtonError(press.value)


def _to_list() -> Button:
    return Button(label=texts.LIST, data=keys.LIST)
