"""The people one may be in the preview."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.localapi import Person
from bot.localapi.entities import Json
from bot.texts import preview as texts
from knowledge.authors import Role

FIRST_ID = 5_000_000_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Someone to be.

    Attributes:
        about: What they are, in a few words.
        role: Theirs on the staff; None for a resident.
        says: What they have typed before one is them.
    """

    id: int
    name: str
    about: str
    role: Role | None = None
    says: tuple[str, ...] = ()


_AT_WORK = ("/agent",)

CAST = (
    Figure(id=FIRST_ID, name="Camille", about=texts.RESIDENT),
    Figure(
        id=FIRST_ID + 1,
        name="Dominique",
        about=texts.SUBSCRIBER,
        says=("/suivre p07 immediat", "/suivre o3 immediat"),
    ),
    Figure(id=FIRST_ID + 2, name="Lou", about=texts.EDITOR, role=Role.EDITOR, says=_AT_WORK),
    Figure(id=FIRST_ID + 3, name="Sacha", about=texts.APPROVER, role=Role.APPROVER, says=_AT_WORK),
    Figure(id=FIRST_ID + 4, name="Alix", about=texts.ADMIN, role=Role.ADMIN, says=_AT_WORK),
)


def staff(cast: Iterable[Figure] = CAST) -> str:
    """Who is on the staff, as ``BOT_STAFF`` has it."""
    return ",".join(f"{figure.id}:{figure.role}" for figure in cast if figure.role is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """A figure, and their telephone."""

    figure: Figure
    person: Person

    def is_answered(self) -> bool | None:
        """Whether what they have typed before one is them has its answers; None while it has not."""
        return len(self.person.answers) >= len(self.figure.says) or None

    def wire(self) -> Json:
        """What the page shows of them."""
        return {"id": self.person.id, "name": self.figure.name, "about": self.figure.about}
