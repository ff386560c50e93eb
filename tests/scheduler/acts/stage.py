"""What the real thing and the naive model share: a base, chance, and the time."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.database import Database
from knowledge.models import DueDate
from knowledge.store import load_catalogue
from tests.scheduler.naive import Naive


@dataclass
class Stage:
    """A filled base with this room's tables, and the model that is held against it."""

    base: Database
    chance: random.Random
    now: datetime
    ids: list[str] = field(init=False)
    model: Naive = field(init=False)

    def __post_init__(self) -> None:
        self.ids = [each.id for each in load_catalogue(self.base).commitments]
        self.model = Naive(self.ids)


def plain(due: tuple[DueDate, ...]) -> tuple[tuple[str, str | None, str | None], ...]:
    """Due dates as the model has them."""
    return tuple((d.label, d.starts, d.ends) for d in due)
