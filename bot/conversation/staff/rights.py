"""What a staff part offers to the desk: acts, and the role each needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from bot.replies import Turn
from knowledge.authors import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that came with a message.

    Attributes:
        kind: ``photo`` or ``document``.
        file_id: By which the messenger sends it again; empty at the console.
        content: Of documents small enough to be fetched; else None.
        size: Bytes, as told before it is fetched.
    """

    kind: str
    file_id: str
    name: str
    size: int
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a member typed or sent: plain, and with the formatting as typed (the messenger's HTML)."""

    text: str
    html: str
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """An act and the least role that may do it.

    ``act`` takes, for a command, its words; for a button, the press; for what was asked for, its reference and what
    was said; then the member and the local time. It runs in the thread that writes.
    """

    role: Role
    act: Callable[..., Turn]


class Part(Protocol):
    """One room of the desk: its commands by name, its buttons by action, what it asks for by purpose."""

    commands: dict[str, Right]
    presses: dict[str, Right]
    inputs: dict[str, Right]


def merged(parts: tuple[Part, ...], which: str) -> dict[str, Right]:
    """The acts of all parts under their names.

    Raises:
        ValueError: Two parts use one name.
    """
    found: dict[str, Right] = {}
    for part in parts:
        offered: dict[str, Any] = getattr(part, which)
        if twice := found.keys() & offered.keys():
            raise ValueError(f"{which} of two parts: {', '.join(sorted(twice))}")
        found |= offered
    return found
