"""Server-sent events: what changes on the screen, as soon as it does."""

import json

from tornado.iostream import StreamClosedError

from bot.localapi.entities import Json
from bot.localapi.waiting import Bell
from bot.preview.guard import Guard, GuardedHandler
from bot.preview.screen import Screen, Watcher

_AGAIN_MILLISECONDS = 500  # before a browser that lost the line asks again
_STILL_THERE_SECONDS = 15.0


class StreamHandler(GuardedHandler):
    """One browser that looks on."""

    def initialize(self, guard: Guard, screen: Screen, bell: Bell) -> None:  # type: ignore[override]
        """Take what is looked at, and what rings when it changes."""
        super().initialize(guard)
        self._watcher = Watcher(screen)
        self._bell = bell
        self._is_gone = False

    async def get(self) -> None:
        """Answer until nobody listens any more."""
        self.set_header("Content-Type", "text/event-stream")
        self.write(f"retry: {_AGAIN_MILLISECONDS}\n\n")
        try:
            while not self._is_gone:
                self.write(await self._next())
                await self.flush()
        except StreamClosedError:
            return

    def on_connection_close(self) -> None:
        """Stop waiting."""
        self._is_gone = True
        self._bell.ring()

    async def _next(self) -> str:
        """The next event; when nothing happens, a remark that browsers pass over, by which a dead line is noticed."""
        try:
            news = await self._bell.until(self._news, within=_STILL_THERE_SECONDS)
        except TimeoutError:
            return ": still there\n\n"
        return f"data: {json.dumps(news)}\n\n"

    def _news(self) -> list[Json] | None:
        return [] if self._is_gone else self._watcher.news() or None
