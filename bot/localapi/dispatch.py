"""The one door through which every call goes: token, faults and limits on demand, method, answer, journal."""

import inspect
import logging
from collections import deque
from collections.abc import Callable, Iterable

from bot.localapi.calls import AnsweredCall, Call
from bot.localapi.entities import Json
from bot.localapi.errors import ApiError, BadRequestError, UnauthorizedError
from bot.localapi.faults import NO_ANSWER, FaultKind, Faults
from bot.localapi.limits import Limits
from bot.localapi.methods import Methods
from bot.localapi.waiting import Bell

LONGEST_JOURNAL = 10_000
_POLLING = "getupdates"  # held for long and harmless: neither counted nor written down

_LOST = object()

logger = logging.getLogger(__name__)


class Dispatcher:
    """Answers calls.

    Attributes:
        under_way: Calls being answered now, polls aside.
        held: Polls that wait for an update.
        begun: Calls that ever came, polls aside.
        journal: The latest calls with their answers, polls aside.
        faults: Which calls go wrong; none unless asked for.
        limits: What refuses too many messages; None when nothing does.
        is_going_away: Whether connections are to be let go after their answer.
    """

    def __init__(self, token: str, families: Iterable[Methods], bell: Bell) -> None:
        self._token = token
        self._bell = bell
        # Telegram does not look at the case of a method's name.
        self._methods = {name.lower(): method for family in families for name, method in family.items()}
        self.under_way = 0
        self.held = 0
        self.begun = 0
        self.journal: deque[AnsweredCall] = deque(maxlen=LONGEST_JOURNAL)
        self.faults = Faults()
        self.limits: Limits | None = None
        self.is_going_away = False
        self._on_going_away: Callable[[float], None] = lambda seconds: None

    def is_token(self, token: str) -> bool:
        """Say whether this is the bot's token."""
        return token == self._token

    def on_going_away(self, close: Callable[[float], None]) -> None:
        """Call this with seconds when the server must not be reachable for that long."""
        self._on_going_away = close

    async def answer(self, token: str, call: Call) -> tuple[int, Json]:
        """Answer one call.

        Returns:
            The status of HTTP and the JSON body, as Telegram would give them; status 0 to hang up without an answer.
        """
        if call.method.lower() == _POLLING:
            return _spoken(await self._hold(token, call))
        self.under_way += 1
        self.begun += 1
        try:
            answered = await self._try(token, call)
        finally:
            self.under_way -= 1
            self._bell.ring()
        self.journal.append(answered)
        return _spoken(answered)

    async def _hold(self, token: str, call: Call) -> AnsweredCall:
        """Ask for updates, which may take long."""
        self.held += 1
        try:
            return await self._try(token, call)
        finally:
            self.held -= 1
            self._bell.ring()

    async def _try(self, token: str, call: Call) -> AnsweredCall:
        """Ask the method, and keep its refusal."""
        try:
            result = await self._ask(token, call)
        except ApiError as error:
            return _refused(call, error)
        except Exception:  # the outer edge: a fault of this server is answered as Telegram's own
            logger.exception("%s failed", call.method)
            return _refused(call, ApiError())
        return AnsweredCall(call=call, status=NO_ANSWER if result is _LOST else 200, result=result)

    async def _ask(self, token: str, call: Call) -> object:
        if not self.is_token(token):
            raise UnauthorizedError
        method = self._methods.get(call.method.lower())
        if method is None:
            # Telegram says 404 here, which python-telegram-bot reads as a wrong token.
            raise BadRequestError(f"method {call.method} is not known to this server")
        fault = self.faults.choose(call)
        self.faults.before(fault)
        if self.limits is not None:
            self.limits.check(call)
        result = method(call)
        result = await result if inspect.isawaitable(result) else result
        self.faults.after(fault)
        return await self._fate(fault, call, result)

    async def _fate(self, fault: FaultKind, call: Call, result: object) -> object:
        """Lose the answer, or go away after it, if that is how the call goes wrong."""
        if fault is FaultKind.GOING_AWAY:
            self._on_going_away(self.faults.away_seconds)
        if fault is FaultKind.SILENT:
            await self._bell.until(lambda: call.hung_up or None, within=None)
        return _LOST if fault in {FaultKind.SILENT, FaultKind.CLOSED} else result


def _refused(call: Call, error: ApiError) -> AnsweredCall:
    return AnsweredCall(call=call, status=error.status, description=error.description, parameters=error.parameters)


def _spoken(answered: AnsweredCall) -> tuple[int, Json]:
    """Put an answer in the shape every answer of Telegram has."""
    if answered.status == NO_ANSWER:
        return NO_ANSWER, {}
    if answered.status == 200:
        return 200, {"ok": True, "result": answered.result}
    body: Json = {"ok": False, "error_code": answered.status, "description": answered.description}
    return answered.status, body | ({"parameters": answered.parameters} if answered.parameters else {})
