"""What a person does on the page, done for them on their telephone."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.localapi import Message
from bot.localapi.entities import Json
from bot.localapi.errors import ApiError
from bot.preview.cast import Player
from bot.preview.clock import Leap, PreviewClock
from bot.preview.guard import Guard, GuardedHandler
from knowledge.errors import UnknownCommitmentError

Act: TypeAlias = Callable[[Json], Awaitable[Json]]
_PHOTOS = {"image/png", "image/jpeg"}


class ActHandler(GuardedHandler):
    """One address: the JSON that is posted goes to a function."""

    def initialize(self, guard: Guard, act: Act) -> None:  # type: ignore[override]
        """Take the function."""
        super().initialize(guard)
        self._act = act

    async def post(self) -> None:
        """Act."""
        try:
            self.say(200, await self._act(json.loads(self.request.body)))
        except (LookupError, ValueError, TypeError, AttributeError, UnknownCommitmentError) as error:
            self.say(400, {"ok": False, "description": type(error).__name__})


class UploadHandler(GuardedHandler):
    """A picture or a document that a person sends."""

    def initialize(self, guard: Guard, players: Mapping[int, Player]) -> None:  # type: ignore[override]
        """Take who there is."""
        super().initialize(guard)
        self._players = players

    async def post(self) -> None:
        """Send the file; a picture that Telegram would not show goes as a document."""
        try:
            person = self._players[int(self.get_argument("chat"))].person
            file, caption = self.request.files["file"][0], self.get_argument("caption", "")
        except (LookupError, ValueError):
            self.send_error(400)
            return
        try:
            if file.content_type not in _PHOTOS:
                raise ValueError(file.content_type)
            await person.sends_photo(file.body, caption=caption)
        except (ApiError, ValueError):
            await person.sends_document(file.body, name=file.filename, mime_type=file.content_type, caption=caption)
        self.say(200, {})


class Acts:
    """What may be done, by name.

    Args:
        tick: Looks at once for what is due.
        invent: Records a vote that never was, for the trial.
    """

    def __init__(
        self,
        players: Mapping[int, Player],
        clock: PreviewClock,
        *,
        tick: Callable[[], Awaitable[None]],
        invent: Callable[[str], Awaitable[None]],
    ) -> None:
        self._players = players
        self._clock = clock
        self._tick = tick
        self._invent = invent

    def by_name(self) -> dict[str, Act]:
        """The last part of each address, and what is done there."""
        return {
            "types": self.types,
            "opens": self.opens,
            "edits": self.edits,
            "presses": self.presses,
            "moves": self.moves,
            "invents": self.invents,
        }

    async def types(self, asked: Json) -> Json:
        """Send a text."""
        return {"message": (await self._player(asked).person.types(str(asked["text"]))).message_id}

    async def opens(self, asked: Json) -> Json:
        """Follow a deep link."""
        return {"message": (await self._player(asked).person.opens(str(asked["payload"]))).message_id}

    async def edits(self, asked: Json) -> Json:
        """Change a text that was sent."""
        await self._player(asked).person.edits(self._message(asked), str(asked["text"]))
        return {}

    async def presses(self, asked: Json) -> Json:
        """Press a button, named by its place."""
        message = self._message(asked)
        button = message.keyboard[int(asked["row"])][int(asked["place"])]
        if button.callback_data is None:
            raise ValueError("a button that tells the bot nothing")
        await self._player(asked).person.forges(message, button.callback_data)
        return {}

    async def moves(self, asked: Json) -> Json:
        """Move the clock forward; what falls due comes at once."""
        self._clock.move(Leap(asked["to"]))
        await self._tick()
        return {}

    async def invents(self, asked: Json) -> Json:
        """Let something change."""
        await self._invent(str(asked["commitment"]))
        await self._tick()
        return {}

    def _player(self, asked: Json) -> Player:
        return self._players[int(asked["chat"])]

    def _message(self, asked: Json) -> Message:
        return self._player(asked).person.chat.messages[int(asked["message"])]
