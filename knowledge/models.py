"""The records: what the report says, what happened since, and the words to talk about it."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """The three statuses of the report; a commitment may have none, when nothing says it."""

    A_OUVRIR = "a_ouvrir"
    EN_COURS = "en_cours"
    REALISE = "realise"


class Kind(StrEnum):
    """Where a commitment stands in the report: a numbered paragraph, a row of a table, a question to others."""

    PRIORITY = "priority"
    ACTION = "action"
    INTERPELLATION = "interpellation"


class Origin(StrEnum):
    """Who says it."""

    REPORT = "report"
    STAFF = "staff"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliberation:
    """A vote of the metropolitan council: ISO date cut to what is known, and the label as printed."""

    date: str
    label: str
    url: str | None = None
    source: Origin = Origin.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated fact after the report, with its public page. Never a status."""

    date: str
    kind: str
    summary: str
    source_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """When the report says it is due: label as printed; first and last day, ISO, cut to what is known.

    ``ends`` is None for what never passes (« à partir de 2023 », a duration).
    """

    label: str
    starts: str | None
    ends: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The report itself; ``date`` is the ``as_of`` of all it says."""

    title: str
    publisher: str
    date: str
    pages: int
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """One of the five themes of the report; ``nicknames`` are what people type for it."""

    id: str
    title: str
    intro: str
    nicknames: tuple[str, ...]
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One of the 102 commitments.

    ``title``, ``details`` and ``info`` are the report's words; ``summary`` is ours, in plain French, for the
    priority projects. A status always travels with its source and the words it rests on.

    Attributes:
        status_date: Since when staff say so, ISO cut to what is known.
        status_url: The page it rests on, where staff named one.
        status_noted: When that was recorded, ISO, UTC.
        report_status: What the report says, whatever staff have said since.
        due: The due dates that hold today.
        due_moved: Whether they are staff's.
        replaced_due: Those of the report, once staff have moved them; else empty.
        slips: How often they were put off.
    """

    id: str
    kind: Kind
    number: int | None
    orientation: str
    title: str
    details: str | None
    summary: str | None
    info: str | None
    status: Status | None
    status_source: Origin | None
    status_evidence: str | None
    deliberations: tuple[Deliberation, ...]
    milestones: tuple[Milestone, ...]
    due: tuple[DueDate, ...]
    caveat: str | None
    pages: tuple[int, ...]
    as_of: str
    checked_at: str
    note: str | None
    updated_at: str
    status_date: str | None = None
    status_url: str | None = None
    status_noted: str | None = None
    report_status: Status | None = None
    due_moved: bool = False
    replaced_due: tuple[DueDate, ...] = ()
    slips: int = 0

    @property
    def wording(self) -> str:
        """All the report's own words about it: what place, organisation and people filters read."""
        return "\n".join(part for part in (self.title, self.details, self.info) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something one may ask about the convention, the report or its words.

    Attributes:
        number: The figure, when it is one.
        total: What the figure is the report's total of: ``all``, ``share``, or a status, kind, orientation
            joined by colons.
        about: The orientation it presents.
    """

    id: str
    answer: str
    number: int | None
    total: str | None
    about: str | None
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An acronym or a technical word, explained."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyNumber:
    """Whom to call when somebody is in danger."""

    number: str
    who: str


class TagKind(StrEnum):
    """What a filter may be about; a topic is a narrower theme, searched for but not browsed."""

    THEME = "theme"
    TOPIC = "topic"
    PLACE = "place"
    ORGANISATION = "organisation"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A theme, place, organisation or group of people, the words typed for it, and the commitments it reaches.

    Places, organisations and people are found in the report's own wording; themes and topics are filed by hand.
    """

    kind: TagKind
    name: str
    aliases: tuple[str, ...]
    commitments: tuple[str, ...]


class Refusal(StrEnum):
    """Why no answer is given; each has its own next step."""

    NEAR_MISS = "near_miss"
    OTHER_SERVICE = "other_service"
    OTHER_TOWN = "other_town"
    NATIONAL = "national"
    OTHER_CONVENTION = "other_convention"
    EMERGENCY = "emergency"
    PERSONAL_DATA = "personal_data"
    ABUSE = "abuse"
    INJECTION = "injection"
    GIBBERISH = "gibberish"
    CHITCHAT = "chitchat"
    OPINION = "opinion"
    VAGUE = "vague"
    OTHER_GENERAL = "other_general"
    NOT_UNDERSTOOD = "not_understood"
    TOO_LONG = "too_long"
    BAD_INPUT = "bad_input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A message with what it is about: a commitment, a fact, a list, a refusal…

    ``about`` is ``commitment:p01``, ``fact:panel``, ``kind:menu`` or ``refusal:vague``; ``near`` the commitments
    one might still suggest. A word or a few, typed for a commitment, is a sample too, marked ``is_word``.
    ``by_staff`` is one that staff added while the bot runs.
    """

    text: str
    about: str
    near: tuple[str, ...] = ()
    is_word: bool = False
    by_staff: bool = False
