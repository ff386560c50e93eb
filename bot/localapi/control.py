"""Addresses under ``/local/`` by which a program in another process acts for people and counts what came.

``POST /local/says`` {"chat", "text"} types in a private chat, making the person when new; ``POST /local/presses``
{"chat", "message", "label"} presses a button; ``GET /local/chat?id=`` gives the bot's messages in a chat;
``GET /local/tally`` gives {"delivered", "chats", "faults", "limited"}; ``POST /local/faults`` replaces the plan.
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeAlias

from tornado.web import RequestHandler

from bot.localapi.entities import Json
from bot.localapi.errors import NoSuchButtonError
from bot.localapi.faults import Faults
from bot.localapi.handling import LocalHandler
from bot.localapi.people import Person


class Served(Protocol):
    """What is asked of the server."""

    faults: Faults

    @property
    def limited(self) -> int:
        """How many calls were over a limit."""
        ...

    def person(self, first_name: str = ..., *, language_code: str | None = ..., id: int | None = ...) -> Person:
        """Somebody, known to the bot once they write."""
        ...

    def delivered(self) -> Counter[int]:
        """How many messages came to each chat."""
        ...


_Rule: TypeAlias = tuple[str, type[RequestHandler], dict[str, Any]]


class ControlHandler(LocalHandler):
    """One address: what it is sent goes to a function, whose answer is written as JSON."""

    def initialize(self, act: Callable[[Json], Awaitable[Json]], *, reads: bool) -> None:
        """Take the function, and whether it only looks: whatever acts must be posted."""
        self._act = act
        self._reads = reads

    async def get(self) -> None:
        """Look, by the values of the address."""
        if not self._reads:
            self.send_error(405)
            return
        await self._answer({name: self.get_argument(name) for name in self.request.arguments})

    async def post(self) -> None:
        """Act on the JSON that is sent."""
        try:
            asked = json.loads(self.request.body or b"{}")
        except ValueError:
            asked = None
        if isinstance(asked, dict):
            await self._answer(asked)
        else:
            self.say(400, {"ok": False, "description": "a JSON object is expected"})

    async def _answer(self, asked: Json) -> None:
        try:
            self.say(200, await self._act(asked))
        except (KeyError, ValueError, TypeError, NoSuchButtonError) as error:
            self.say(400, {"ok": False, "description": f"{type(error).__name__}: {error}"})


class _Control:
    """What the addresses do."""

    def __init__(self, api: Served) -> None:
        self._api = api
        self._people: dict[int, Person] = {}

    async def says(self, asked: Json) -> Json:
        message = await self._person(int(asked["chat"])).types(str(asked["text"]))
        return {"message_id": message.message_id}

    async def presses(self, asked: Json) -> Json:
        person = self._person(int(asked["chat"]))
        await person.presses(person.chat.messages[int(asked["message"])], str(asked["label"]))
        return {}

    async def chat(self, asked: Json) -> Json:
        answers = self._person(int(asked["id"])).answers
        return {"messages": [message.wire() for message in answers]}

    async def tally(self, asked: Json) -> Json:
        del asked
        delivered = self._api.delivered()
        return {
            "delivered": delivered.total(),
            "chats": {str(chat): count for chat, count in delivered.items()},
            "faults": {kind.value: count for kind, count in self._api.faults.counts.items()},
            "limited": self._api.limited,
        }

    async def faults(self, asked: Json) -> Json:
        counts = self._api.faults.counts
        self._api.faults = Faults.from_json(asked)
        self._api.faults.counts = counts
        return {}

    def _person(self, id: int) -> Person:
        if id not in self._people:
            self._people[id] = self._api.person(id=id)
        return self._people[id]


def control(api: Served) -> tuple[_Rule, ...]:
    """The addresses, for this server."""
    acts = _Control(api)
    named = {acts.says: False, acts.presses: False, acts.faults: False, acts.chat: True, acts.tally: True}
    return tuple(
        (rf"/local/{act.__name__}", ControlHandler, {"act": act, "reads": reads}) for act, reads in named.items()
    )
