"""The HTTP side, on 127.0.0.1: calls at ``/bot<token>/<method>``, files at ``/file/bot<token>/<path>``."""

import asyncio
import json
import socket
from collections.abc import Iterable
from typing import Any, TypeAlias

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

from bot.localapi.calls import Call, Upload
from bot.localapi.dispatch import Dispatcher
from bot.localapi.faults import NO_ANSWER
from bot.localapi.files import Files
from bot.localapi.handling import HOST, LocalHandler
from bot.localapi.waiting import Bell

Rule: TypeAlias = tuple[str, type[RequestHandler], dict[str, Any]]

LARGEST_BODY = 64_000_000  # bytes: a bot may upload 50 MB


class MethodHandler(LocalHandler):
    """A call of a method, by POST or GET, in any of the encodings Telegram takes."""

    def initialize(self, dispatcher: Dispatcher, bell: Bell) -> None:
        """Take what the application hands over."""
        self._dispatcher = dispatcher
        self._bell = bell
        self._call: Call | None = None

    async def post(self, token: str, method: str) -> None:
        """Answer the call."""
        try:
            self._call = _call(method, self.request)
        except ValueError:
            self.send_error(400)
            return
        status, body = await self._dispatcher.answer(token, self._call)
        if self._call.hung_up:
            return
        if status == NO_ANSWER:
            self.detach().close()
            return
        if self._dispatcher.is_going_away:
            self.set_header("Connection", "close")
        self.say(status, body)

    async def get(self, token: str, method: str) -> None:
        """Answer the call; its values stand in the address."""
        await self.post(token, method)

    def on_connection_close(self) -> None:
        """Let a held call go when nobody listens any more."""
        if self._call is not None:
            self._call.hung_up = True
            self._bell.ring()


class DownloadHandler(LocalHandler):
    """A file, by the path that getFile gave."""

    def initialize(self, dispatcher: Dispatcher, files: Files) -> None:
        """Take what the application hands over."""
        self._dispatcher = dispatcher
        self._files = files

    def get(self, token: str, path: str) -> None:
        """Answer with the bytes."""
        stored = self._files.find_path(path) if self._dispatcher.is_token(token) else None
        if stored is None:
            self.send_error(400)
            return
        self.set_header("Content-Type", "application/octet-stream")
        self.finish(stored.content)


class LocalServer:
    """The listening socket and its addresses."""

    def __init__(self, dispatcher: Dispatcher, files: Files, bell: Bell, more: Iterable[Rule] = ()) -> None:
        calls = {"dispatcher": dispatcher, "bell": bell}
        downloads = {"dispatcher": dispatcher, "files": files}
        self._application = Application(
            [
                *more,
                (r"/bot([^/]+)/(\w+)", MethodHandler, calls),
                (r"/file/bot([^/]+)/(.+)", DownloadHandler, downloads),
            ],
            default_handler_class=LocalHandler,
            # Tornado would log every refused address, and the token is part of it.
            log_function=lambda handler: None,
        )
        self._dispatcher = dispatcher
        self._servers: list[HTTPServer] = []
        self._coming_back: asyncio.TimerHandle | None = None
        self.port = 0
        dispatcher.on_going_away(self.go_away)

    def add(self, more: Iterable[Rule]) -> None:
        """Serve these addresses too."""
        self._application.add_handlers(".*", list(more))

    def start(self, port: int) -> None:
        """Listen on this port, or on a free one for 0.

        Raises:
            OSError: The port is taken.
        """
        listening = socket.create_server((HOST, port))
        listening.setblocking(False)
        self.port = int(listening.getsockname()[1])
        server = HTTPServer(self._application, max_buffer_size=LARGEST_BODY)
        server.add_socket(listening)
        self._servers.append(server)

    def go_away(self, seconds: float | None = None) -> None:
        """Refuse connections, and let those that are open go after their next answer; for good, or for a while."""
        self._dispatcher.is_going_away = True
        self._servers[-1].stop()
        if seconds is not None:
            self._coming_back = asyncio.get_running_loop().call_later(seconds, self.come_back)

    def come_back(self) -> None:
        """Listen again, on the same port."""
        self._dispatcher.is_going_away = False
        self.start(self.port)

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._coming_back is not None:
            self._coming_back.cancel()
        for server in self._servers:
            server.stop()
            await server.close_all_connections()


def _call(method: str, request: HTTPServerRequest) -> Call:
    """Read a call out of a request: form, multipart, JSON or the address itself.

    Raises:
        ValueError: The body is not JSON though it says so.
    """
    params = {name: values[-1].decode("utf-8", "replace") for name, values in request.arguments.items()}
    if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
        body = json.loads(request.body)
        for name, value in body.items() if isinstance(body, dict) else ():
            params[name] = value if isinstance(value, str) else json.dumps(value)
    uploads = {
        field: Upload(filename=file.filename, mime_type=file.content_type, content=file.body)
        for field, received in request.files.items()
        for file in received[-1:]
    }
    return Call(method=method, params=params, uploads=uploads)
