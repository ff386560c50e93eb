"""Faults on demand: what goes wrong between a bot and Telegram, chosen by rate, by chat or by script, and counted."""

import random
from collections import Counter, deque
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.localapi.calls import Call
from bot.localapi.errors import (
    ApiError,
    BadRequestError,
    ConflictError,
    ForbiddenError,
    NotFoundError,
    TooManyRequestsError,
    UnauthorizedError,
)

NO_ANSWER = 0


class FaultKind(StrEnum):
    """What can go wrong with one call. The last four happen after the message was delivered."""

    NONE = ""
    RETRY_AFTER = "429"
    BLOCKED = "403"
    DEACTIVATED = "deactivated"
    CHAT_NOT_FOUND = "chat_not_found"
    NO_PHOTOS = "no_photos"
    CANNOT_PARSE = "cannot_parse"
    UNAUTHORIZED = "401"
    NOT_FOUND = "404"
    CONFLICT = "409"
    SERVER_ERROR = "5xx"
    SERVER_ERROR_AFTER = "5xx_delivered"
    CLOSED = "closed"
    SILENT = "silent"
    GOING_AWAY = "going_away"


_LASTING = {FaultKind.BLOCKED, FaultKind.DEACTIVATED, FaultKind.CHAT_NOT_FOUND}
_AFTER = {FaultKind.SERVER_ERROR_AFTER, FaultKind.CLOSED, FaultKind.SILENT, FaultKind.GOING_AWAY}


class Faults:
    """Chooses which calls go wrong, and how.

    A chat that was once told that it is blocked or not found is told so for ever, as on Telegram.

    Attributes:
        retry_after: Seconds that a 429 asks for.
        away_seconds: How long the port is closed by ``going_away``, which answers its own call well.
        methods: The methods that may go wrong, in lower case.
        counts: How often each kind happened.
    """

    def __init__(self) -> None:
        self.retry_after = 1
        self.away_seconds = 1.0
        self.methods = frozenset({"sendmessage"})
        self.counts: Counter[FaultKind] = Counter()
        self._rates: dict[FaultKind, float] = {}
        self._chats: dict[str, FaultKind] = {}
        self._script: deque[FaultKind] = deque()
        self._random = random.Random(0)  # noqa: S311 - the same faults each time

    @classmethod
    def from_json(cls, wanted: Mapping[str, Any]) -> "Faults":
        """Read a plan.

        Args:
            wanted: Any of ``rates`` (kind to probability), ``chats`` (chat id to kind), ``script`` (a list of kinds,
                empty for none), ``seed``, ``retry_after``, ``away_seconds``, ``methods``.

        Raises:
            ValueError: A kind that is none, or a value of another form.
        """
        faults = cls()
        faults.at_rates({FaultKind(kind): float(p) for kind, p in wanted.get("rates", {}).items()})
        faults._random.seed(int(wanted.get("seed", 0)))
        for chat, kind in wanted.get("chats", {}).items():
            faults.always(int(chat), FaultKind(kind))
        faults.next(*(FaultKind(kind) for kind in wanted.get("script", ())))
        faults.retry_after = int(wanted.get("retry_after", 1))
        faults.away_seconds = float(wanted.get("away_seconds", 1))
        faults.methods = frozenset(str(name).lower() for name in wanted.get("methods", faults.methods))
        return faults

    def at_rates(self, rates: Mapping[FaultKind, float]) -> None:
        """Let each call go wrong with these probabilities, together at most 1.

        Raises:
            ValueError: They are more than 1, or one is negative.
        """
        if min(rates.values(), default=0) < 0 or sum(rates.values()) > 1:
            raise ValueError("the rates of faults must lie between 0 and 1 together")
        self._rates = dict(rates)

    def always(self, chat: int, kind: FaultKind) -> None:
        """Let every call to a chat go wrong in this way; ``NONE`` heals it."""
        if kind is FaultKind.NONE:
            self._chats.pop(str(chat), None)
        else:
            self._chats[str(chat)] = kind

    def next(self, *kinds: FaultKind) -> None:
        """Let the next calls go wrong in these ways, one each, before any rate counts again."""
        self._script.extend(kinds)

    def choose(self, call: Call) -> FaultKind:
        """Say how this call goes wrong; it counts once it has happened."""
        if call.method.lower() not in self.methods:
            return FaultKind.NONE
        chat = call.text("chat_id")
        if chat in self._chats:
            return self._chats[chat]
        kind = self._script.popleft() if self._script else self._by_rate()
        if kind in _LASTING:
            self._chats[chat] = kind
        return kind

    def before(self, kind: FaultKind) -> None:
        """Refuse the call if it goes wrong before anything is delivered.

        Raises:
            ApiError: It does.
        """
        if kind is FaultKind.NONE or kind in _AFTER:
            return
        self.counts[kind] += 1
        raise self._refusal(kind)

    def after(self, kind: FaultKind) -> None:
        """Count what goes wrong after the delivery.

        Raises:
            ApiError: An error is answered although the message is there.
        """
        if kind not in _AFTER:
            return
        self.counts[kind] += 1
        if kind is FaultKind.SERVER_ERROR_AFTER:
            raise ApiError

    def _by_rate(self) -> FaultKind:
        drawn = self._random.random()
        for kind, rate in self._rates.items():
            if drawn < rate:
                return kind
            drawn -= rate
        return FaultKind.NONE

    def _refusal(self, kind: FaultKind) -> ApiError:
        refusals: dict[FaultKind, ApiError] = {
            FaultKind.RETRY_AFTER: TooManyRequestsError(self.retry_after),
            FaultKind.BLOCKED: ForbiddenError("bot was blocked by the user"),
            FaultKind.DEACTIVATED: ForbiddenError("user is deactivated"),
            FaultKind.CHAT_NOT_FOUND: BadRequestError("chat not found"),
            FaultKind.NO_PHOTOS: BadRequestError("not enough rights to send photos to the chat"),
            FaultKind.CANNOT_PARSE: BadRequestError("can't parse entities: unexpected end tag at byte offset 1"),
            FaultKind.UNAUTHORIZED: UnauthorizedError(),
            FaultKind.NOT_FOUND: NotFoundError(),
            FaultKind.CONFLICT: ConflictError("terminated by other getUpdates request"),
            FaultKind.SERVER_ERROR: ApiError(),
        }
        return refusals[kind]
