"""Who may do what: every staff command, button and awaited message passes here, checked in the base each time."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.conversation.kept import MENU, say
from bot.conversation.staff.rights import Part, Right, Said, merged
from bot.errors import StaleButtonError
from bot.keyboards import Press
from bot.replies import Caller, Deed, Turn
from bot.texts import failures
from bot.texts.staff import team
from knowledge.authors import Role
from knowledge.database import Database
from knowledge.history import append
from scheduler.errors import InviteError
from scheduler.inputs import Inputs
from scheduler.invites import Invites
from scheduler.members import Member, Members

FILE = "file"
DROP = "tz"


class Desk:
    """The staff's side of the conversation.

    Args:
        database: Where attempts without the right are recorded.
        members: The team.
        invites: How one joins it.
        inputs: What members were asked for.
        parts: What staff can do.

    Attributes:
        team: The chats of the members and their roles, at the last ``refresh``; no right rests on it.
    """

    def __init__(
        self, database: Database, members: Members, invites: Invites, inputs: Inputs, parts: tuple[Part, ...]
    ) -> None:
        self._database = database
        self._members = members
        self._invites = invites
        self._inputs = inputs
        self._commands = merged(parts, "commands")
        self._presses = merged(parts, "presses") | {DROP: Right(Role.READER, self._drop)}
        self._awaited = merged(parts, "inputs")
        self.team: dict[int, Role] = {}
        self.refresh()

    @property
    def names(self) -> frozenset[str]:
        """Every staff command."""
        return frozenset(self._commands)

    def knows(self, chat_id: int) -> bool:
        """Whether a chat was a member's at the last ``refresh``: only theirs are asked what they were asked for."""
        return chat_id in self.team

    def refresh(self) -> None:
        """Read the team again; it blocks."""
        self.team = dict(self._members.chats())

    def run(self, name: str, words: str) -> Turn | None:
        """What a command asks for; None when it is none of staff's."""
        return _asking(partial(self._command, name, words)) if name in self._commands else None

    def press(self, press: Press, data: str) -> Turn | None:
        """What a button asks for; None when it is none of staff's."""
        return _asking(partial(self._pressed, press, data)) if press.action in self._presses else None

    def join(self, code: str) -> Turn:
        """What an invitation leads to: the team, if it is still good."""
        return _asking(partial(self._join, code))

    def awaited(self, said: Said, caller: Caller, now: datetime) -> Turn | None:
        """The turn for a message that a member was asked for; None when it is for everybody's conversation.

        It reads and writes the base: never call it where others wait. When what was said does not do, it is still
        waited for.
        """
        member = self._who(caller)
        if member is None:
            return None
        pending = self._inputs.find(member.id, now)
        purpose = pending.purpose if pending else FILE if said.attachment else ""
        right = self._awaited.get(purpose)
        if right is None:
            return None
        if pending is not None:
            self._inputs.drop(member.id)
        if not member.role.may(right.role):
            self._note_denied(purpose, right, member, now)
            return None
        if pending is None:
            return right.act("", said, member, now)
        try:
            return right.act(pending.ref, said, member, now)
        except Exception:
            self._inputs.ask(member.id, purpose=pending.purpose, ref=pending.ref, now=now)
            raise

    def _join(self, code: str, caller: Caller, now: datetime) -> Turn:
        if caller.group or caller.console:
            raise InviteError
        joined = self._invites.accept(code, caller.chat, now)
        self.refresh()
        return say(team.joined(joined.member, joined.role))

    def _command(self, name: str, words: str, caller: Caller, now: datetime) -> Turn:
        right = self._commands[name]
        member = self._allowed(caller, right, f"/{name}", now)
        if member is None:
            return say(failures.unknown_command(name))
        self._inputs.drop(member.id)
        return right.act(words, member, now)

    def _pressed(self, press: Press, data: str, caller: Caller, now: datetime) -> Turn:
        right = self._presses[press.action]
        member = self._allowed(caller, right, press.action, now)
        if member is None:
            raise StaleButtonError(data)
        return right.act(press, member, now)

    def _allowed(self, caller: Caller, right: Right, what: str, now: datetime) -> Member | None:
        """The member, if they may; else the attempt is recorded."""
        member = self._who(caller)
        if member is not None and member.role.may(right.role):
            return member
        self._note_denied(what, right, member, now)
        return None

    def _note_denied(self, what: str, right: Right, member: Member | None, now: datetime) -> None:
        by = member.author if member else None
        with self._database.write() as db:
            append(db, "staff.denied", {"what": what, "needs": right.role}, by, now)

    def _who(self, caller: Caller) -> Member | None:
        """Never in a group: what staff do is not for it."""
        if caller.group:
            return None
        return caller.console() if caller.console else self._members.of_chat(caller.chat)

    def _drop(self, press: Press, member: Member, now: datetime) -> Turn:
        self._inputs.drop(member.id)
        return say(team.dropped())


def _asking(act: Callable[[Caller, datetime], Turn]) -> Turn:
    """A turn that waits for its deed; whose right it is, is known only there."""
    return Turn(meaning=MENU, deed=Deed(act=act, changes=False, personal=False))
