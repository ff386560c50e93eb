"""/equipe: who they are, invitations, roles, codes."""

from collections.abc import Callable
from datetime import datetime

from bot.conversation.kept import say
from bot.conversation.staff.agenda import Waiting
from bot.conversation.staff.rights import Right
from bot.errors import StaleButtonError
from bot.keyboards import Press, in_rows
from bot.replies import Button, Turn
from bot.texts.staff import team as texts
from knowledge.authors import Role
from knowledge.matching.wording import fold
from scheduler.invites import Invites
from scheduler.members import Member, Members

TEAM = "te"
_WORDS = {fold(name): role for role, name in texts.ROLES.items()} | {role.value: role for role in Role}
_LONGEST_LABEL = 40
_MOST_DIGITS = 9


class Team:
    """The commands and buttons on the team itself.

    Args:
        link: The address that brings a payload to the bot; None where the bot has none.
    """

    def __init__(self, members: Members, invites: Invites, link: Callable[[str], str | None]) -> None:
        self._members = members
        self._invites = invites
        self._link = link
        self.commands = {"equipe": Right(Role.READER, self._typed)}
        self.presses = {
            TEAM: Right(Role.READER, self._list_pressed),
            "tm": Right(Role.ADMIN, self._one),
            "tr": Right(Role.ADMIN, self._role_pressed),
            "tx": Right(Role.ADMIN, self._remove_pressed),
            "ti": Right(Role.ADMIN, self._invite_pressed),
            "tc": Right(Role.READER, self._code_pressed),
        }
        self.inputs: dict[str, Right] = {}

    def waiting(self, member: Member, now: datetime) -> Waiting:
        """The way here, for the first page of staff."""
        return Waiting(line=None, button=Button(label=texts.TEAM, data=TEAM))

    def _typed(self, words: str, member: Member, now: datetime) -> Turn:
        match words.split(maxsplit=2):
            case []:
                return self._list(member)
            case ["code"]:
                return self._code(member, now)
            case ["inviter", role, *label] if fold(role) in _WORDS and member.role is Role.ADMIN:
                return self._invite(_WORDS[fold(role)], " ".join(label), member, now)
            case ["role", number, role] if fold(role) in _WORDS and member.role is Role.ADMIN:
                return self._set_role(_number(number), _WORDS[fold(role)], member, now)
            case ["retirer", number] if member.role is Role.ADMIN:
                return self._remove(_number(number), member, now)
            case ["inviter" | "role" | "retirer", *_] if member.role is not Role.ADMIN:
                return say(texts.admins_only())
        return say(texts.how_to_use())

    def _list_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._list(member)

    def _list(self, member: Member) -> Turn:
        everybody = self._members.list_active()
        rows: tuple[tuple[Button, ...], ...] = ()
        if member.role is Role.ADMIN:
            rows = (
                *((Button(label=texts.label(each), data=f"tm:{each.id}", numbered=True),) for each in everybody),
                (Button(label=texts.INVITE, data="ti"),),
            )
        return say(*texts.team(everybody, member), rows=(*rows, (Button(label=texts.MY_CODE, data="tc"),)))

    def _one(self, press: Press, member: Member, now: datetime) -> Turn:
        found = self._members.get(_number(press.value))
        roles = [
            Button(label=texts.ROLES[role].capitalize(), data=f"tr:{found.id}.{role}")
            for role in Role
            if role is not found.role
        ]
        remove = (Button(label=texts.REMOVE, data=f"tx:{found.id}"), Button(label=texts.TEAM, data=TEAM))
        return say(texts.one(found), rows=(*in_rows(roles, 3), remove))

    def _role_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        number, _, role = press.value.partition(".")
        if role not in list(Role):
            raise StaleButtonError(press.value)
        return self._set_role(_number(number), Role(role), member, now)

    def _set_role(self, number: int, role: Role, member: Member, now: datetime) -> Turn:
        old = self._members.get(number).role
        self._members.set_role(number, role, member.author, now)
        back = Button(label=f"{texts.CANCEL} ({texts.ROLES[old]})", data=f"tr:{number}.{old}")
        rows = ((back, Button(label=texts.TEAM, data=TEAM)),) if old is not role else ()
        return say(texts.role_set(number, role), rows=rows)

    def _remove_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        number, _, answer = press.value.partition(".")
        match answer:
            case "oui":
                return self._remove(_number(number), member, now)
            case "non":
                return say(texts.nothing_done())
        found = self._members.get(_number(number))
        yes = Button(label=texts.CONFIRM_REMOVING, data=f"tx:{found.id}.oui")
        return say(texts.ask_to_remove(found), rows=((yes, Button(label=texts.CANCEL, data=f"tx:{found.id}.non")),))

    def _remove(self, number: int, member: Member, now: datetime) -> Turn:
        self._members.remove(number, member.author, now)
        return say(texts.removed(number))

    def _invite_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        if not press.value:
            buttons = [Button(label=texts.ROLES[role].capitalize(), data=f"ti:{role}") for role in Role]
            return say(texts.choose_role(), rows=in_rows(buttons, 2))
        if press.value not in list(Role):
            raise StaleButtonError(press.value)
        return self._invite(Role(press.value), "", member, now)

    def _invite(self, role: Role, label: str, member: Member, now: datetime) -> Turn:
        code = self._invites.make(role, " ".join(label.split())[:_LONGEST_LABEL], member, now)
        return say(texts.invited(role, code, self._link(f"equipe-{code}")))

    def _code_pressed(self, press: Press, member: Member, now: datetime) -> Turn:
        return self._code(member, now)

    def _code(self, member: Member, now: datetime) -> Turn:
        return say(texts.code(member.id, self._members.new_code(member.id, member.author, now)))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else 0
