"""What a site is made of: the base as it is, and what whoever publishes says of themselves."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from knowledge.catalogue import Catalogue
from knowledge.changes import Change, list_changes
from knowledge.database import Database
from knowledge.models import TagKind
from knowledge.store import load_catalogue, stamp

_WORDS_OF = (TagKind.THEME, TagKind.TOPIC, TagKind.PLACE, TagKind.ORGANISATION, TagKind.PEOPLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What does not come from the base.

    Attributes:
        today: The local day: what is due before it has passed.
        timezone: Where the days of the record are told.
        url: Root of the site, for what is read elsewhere: feeds and calendars.
        bot: Name of the bot on Telegram, without @.
        operator: Who publishes.
        contact: How to reach them.
    """

    today: date
    timezone: tzinfo
    url: str | None = None
    bot: str | None = None
    operator: str | None = None
    contact: str | None = None


@dataclass(frozen=True, kw_only=True)
class Material:
    """What comes from the base.

    Attributes:
        changes: Of each commitment, oldest first.
        words: Of each commitment, the words that residents type for it.
        updated: When anything in it was last written, aware.
    """

    catalogue: Catalogue
    changes: Mapping[str, tuple[Change, ...]]
    words: Mapping[str, tuple[str, ...]]
    updated: datetime

    @classmethod
    def read(cls, database: Database) -> "Material":
        """Read the base; again when somebody writes meanwhile."""
        while True:
            before = stamp(database)
            catalogue = load_catalogue(database)
            with database.guarded():
                recorded = tuple(list_changes(database.read()))
            if stamp(database) == before:
                return cls(
                    catalogue=catalogue,
                    changes=_by_commitment(recorded),
                    words=_words(catalogue),
                    updated=_updated(catalogue, recorded),
                )


def moment_of(text: str) -> datetime:
    """A time or a day as stored; UTC where nothing is said."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _by_commitment(recorded: tuple[Change, ...]) -> Mapping[str, tuple[Change, ...]]:
    grouped: dict[str, list[Change]] = defaultdict(list)
    for change in recorded:
        grouped[change.commitment].append(change)
    return {commitment: tuple(changes) for commitment, changes in grouped.items()}


def _words(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for tag in catalogue.tags:
        if tag.kind in _WORDS_OF:
            for commitment in tag.commitments:
                grouped[commitment] += (tag.name, *tag.aliases)
    return {commitment: tuple(words) for commitment, words in grouped.items()}


def _updated(catalogue: Catalogue, recorded: tuple[Change, ...]) -> datetime:
    written = [moment_of(each.updated_at) for each in catalogue.commitments]
    return max([*written, *(change.recorded_at for change in recorded)])
