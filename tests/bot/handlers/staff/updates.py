"""What several tests of updates look at and press."""

from bot.localapi import LocalBotApi, Person
from bot.localapi.messages import Message
from knowledge.changes import Change, list_changes
from knowledge.database import Database
from knowledge.models import Commitment
from knowledge.store import load_catalogue
from tests.bot.handlers.staff.conftest import presses

BRUNO = 3
PAGE = "https://nantes.example/pv"


def stands(base: Database, commitment: str = "p07") -> Commitment:
    return load_catalogue(base).get(commitment)


def changes(base: Database) -> list[Change]:
    return list(list_changes(base.read()))


async def chosen(api: LocalBotApi, bruno: Person, *labels: str) -> Message:
    """/statut p07, then these buttons."""
    shown = await bruno.asks("/statut p07")
    for label in labels:
        shown = await presses(api, bruno, shown, label)
    return shown
