"""Announcements in French, joined for one base."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.composer import FrenchComposer
from bot.wording import FrenchWording
from knowledge.catalogue import Catalogue
from knowledge.database import Database
from scheduler.announcements.service import Announcements


def announcements(database: Database, timezone: ZoneInfo, catalogue: Callable[[], Catalogue]) -> Announcements:
    """What the desk and the delivery both use; it keeps nothing but what is in the base."""
    return Announcements.on(database, timezone, FrenchComposer(catalogue), FrenchWording())
