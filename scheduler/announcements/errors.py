"""What can go wrong with an announcement, as facts."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.authors import Role
from scheduler.errors import SchedulerError


class AnnouncementError(SchedulerError):
    """Any fault about announcements."""


class DeniedError(AnnouncementError):
    """An attempt at what is not allowed; it is recorded."""


@dataclass
class UnknownAnnouncementError(DeniedError):
    """There is none of this number."""

    number: int


@dataclass
class StaleVersionError(DeniedError):
    """Something happened to it since the button was shown."""

    number: int


@dataclass
class ForbiddenActError(DeniedError):
    """Where it stands, that cannot be done with it; ``state`` and ``act`` are words of ``states``."""

    number: int
    state: str
    act: str


@dataclass
class NoRightError(DeniedError):
    """At this moment the member's role does not do."""

    needed: Role


@dataclass
class SamePersonError(DeniedError):
    """Who wrote or submitted it cannot be the one who approves it."""

    number: int


@dataclass
class UntestedError(DeniedError):
    """Who submits it has not had this text sent to themselves."""

    number: int


@dataclass
class TrialFailedError(AnnouncementError):
    """The trial did not arrive."""

    number: int
    why: str


class NoReasonError(AnnouncementError):
    """Who refuses has to say why."""


class EmptyTextError(AnnouncementError):
    """Nothing was written."""


@dataclass
class TextTooLongError(AnnouncementError):
    """More than the messenger takes, with what is added below it.

    Attributes:
        length: UTF-16 units of what would be read.
        most: The same.
        with_media: It would be the caption of a picture or document.
    """

    length: int
    most: int
    with_media: bool


@dataclass
class PastTimeError(AnnouncementError):
    """It would have to start before now; local."""

    wanted: datetime


@dataclass
class SkippedTimeError(AnnouncementError):
    """The clock skips this hour; ``resumes`` is the first one after it, local."""

    wanted: datetime
    resumes: datetime


@dataclass
class ApprovedTooEarlyError(AnnouncementError):
    """The approval would have expired before it starts; from ``earliest`` on (local) it would not."""

    starts_at: datetime
    earliest: datetime


@dataclass
class FixedPartError(AnnouncementError):
    """A correction and a note keep their audience, a correction keeps its picture: only the words are new."""

    number: int


@dataclass
class NobodyError(AnnouncementError):
    """There is nobody to send it to."""

    number: int


class ReserveError(AnnouncementError):
    """Announcements are stopped before an election."""


@dataclass
class NothingToCorrectError(AnnouncementError):
    """Nobody received it, or what was received is not known any more (30 days)."""

    number: int


@dataclass
class CorrectionUnderWayError(AnnouncementError):
    """Another correction (or the one note) of it exists already."""

    number: int
    other: int


@dataclass
class StillLeavingError(AnnouncementError):
    """The announcement to correct is still being sent: it has to be paused first."""

    number: int


@dataclass
class NothingFailedError(AnnouncementError):
    """Of what failed nothing can be sent again: those chats are closed to the bot."""

    number: int
