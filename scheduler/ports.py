"""All that this room asks of the outside: the time, chat ids, the words of a message, and its sending."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from scheduler.facts import AnnouncementFacts, ChangeFacts, DigestFacts

Begin: TypeAlias = Callable[[], Awaitable[None]]


class Clock(Protocol):
    """The time, passed in."""

    def now(self) -> datetime:
        """Aware, UTC."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One button: it either carries callback data (64 bytes at most) or opens an address."""

    label: str
    data: str | None = None
    url: str | None = None


class MediaKind(StrEnum):
    """What a message may carry."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or a document that the messenger keeps; ``file_id`` is its name for it."""

    kind: MediaKind
    file_id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message, ready to leave: HTML text and rows of buttons; under a picture or document, if it has one."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    media: Media | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedChat:
    """A chat id as it is kept: authenticated ciphertext, and a keyed index to find it again."""

    cipher: bytes
    index: bytes


class Identities(Protocol):
    """Chat ids, encrypted at rest; only what holds the key can read or find one."""

    def seal(self, chat_id: int) -> SealedChat:
        """The id as it may be stored."""
        ...

    def index(self, chat_id: int) -> bytes:
        """The same for the same id and key, telling nothing without the key."""
        ...

    def open(self, cipher: bytes) -> int:
        """The id again."""
        ...


class Sender(Protocol):
    """Hands one message to the messenger."""

    async def send(self, chat_id: int, part: Part, begin: Begin) -> int:
        """Send it once; returns the message's id.

        Args:
            begin: Awaited when the message's turn has come, just before the call. What it raises comes out of
                here unchanged, and nothing is sent.

        Raises:
            SubscriberGoneError, NoMediaHereError, RetryLaterError, RefusedTextError, UncertainError, ChatMovedError,
                StoppedError: See ``scheduler.errors``.
        """
        ...

    async def edit(self, chat_id: int, message_id: int, part: Part, begin: Begin) -> None:
        """Put these words and buttons in the place of a message's own; what it carries stays.

        That it says so already is no error, so it may be repeated.

        Args:
            begin: As for ``send``.

        Raises:
            MessageGoneError: The message is not there any more.
            SubscriberGoneError, RetryLaterError, RefusedTextError, UncertainError, ChatMovedError, StoppedError:
                See ``scheduler.errors``.
        """
        ...


class Composer(Protocol):
    """Facts into words: one or several messages, each within the messenger's limits, at least one."""

    def digest(self, facts: DigestFacts) -> tuple[Part, ...]:
        """A digest, grouped by orientation, newest first."""
        ...

    def change(self, facts: ChangeFacts) -> tuple[Part, ...]:
        """What has just changed, for those who asked to hear at once; one line most often, more after an import."""
        ...

    def correction(self, facts: ChangeFacts) -> tuple[Part, ...]:
        """What was told and has been undone since; every change of ``facts`` is a correction."""
        ...


class Announcer(Protocol):
    """What staff typed, as a message."""

    def announcement(self, facts: AnnouncementFacts) -> Part:
        """What staff announce: one message, the same for all."""
        ...
