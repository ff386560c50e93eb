"""Who makes a change: a number and a role, never a name."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff may do; each may do what those before may."""

    READER = "reader"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """Greater may do more."""
        return list(Role).index(self)

    def may(self, needed: "Role") -> bool:
        """Whether this role may do what another one is needed for."""
        return self.rank >= needed.rank


class Via(StrEnum):
    """Where it was done."""

    TELEGRAM = "telegram"
    CONSOLE = "console"
    COMMAND_LINE = "command_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A member of staff as the record knows them; the link from the number to a person can be erased.

    Attributes:
        member: None where a command of the operator's did it.
    """

    member: int | None
    role: Role | None
    via: Via


OPERATOR = Author(member=None, role=None, via=Via.COMMAND_LINE)
