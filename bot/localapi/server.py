"""The HTTP side, on 127.0.0.1: calls at ``/bot<token>/<method>``, files at ``/file/bot<token>/<path>``."""

import json
import socket
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

from bot.localapi.calls import Call, Upload
from bot.localapi.dispatch import Dispatcher
from bot.localapi.entities import Json
from bot.localapi.files import Files
from bot.localapi.waiting import Bell

HOST = "127.0.0.1"
LARGEST_BODY = 64_000_000  # bytes: a bot may upload 50 MB


class LocalHandler(RequestHandler):
    """What every address of this server has in common: answers in JSON, and no strangers."""

    def prepare(self) -> None:
        """Turn away what another site makes a browser send: any web page may post to a local port."""
        here = self.request.host
        origin = self.request.headers.get("Origin", f"http://{here}")
        if here.rpartition(":")[0] not in {HOST, "localhost"} or origin != f"http://{here}":
            self.say(403, {"ok": False, "error_code": 403, "description": "Forbidden: not from this machine"})

    def say(self, status: int, body: Json) -> None:
        """Write the whole answer at once; in two parts it would take 40 ms."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(body))

    def write_error(self, status_code: int, **details: Any) -> None:
        """Answer in JSON whatever went wrong before a method was asked; never with a 404."""
        del details
        status = 400 if 400 <= status_code < 500 else status_code
        said = "Bad Request: no such address" if status == 400 else "Internal Server Error"
        self.say(status, {"ok": False, "error_code": status, "description": said})


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
        if not self._call.hung_up:
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

    def __init__(self, dispatcher: Dispatcher, files: Files, bell: Bell) -> None:
        calls = {"dispatcher": dispatcher, "bell": bell}
        downloads = {"dispatcher": dispatcher, "files": files}
        application = Application(
            [
                (r"/bot([^/]+)/(\w+)", MethodHandler, calls),
                (r"/file/bot([^/]+)/(.+)", DownloadHandler, downloads),
            ],
            default_handler_class=LocalHandler,
            # Tornado would log every refused address, and the token is part of it.
            log_function=lambda handler: None,
        )
        self._server = HTTPServer(application, max_buffer_size=LARGEST_BODY)
        self.port = 0

    def start(self, port: int) -> None:
        """Listen on this port, or on a free one for 0.

        Raises:
            OSError: The port is taken.
        """
        listening = socket.create_server((HOST, port))
        listening.setblocking(False)
        self.port = int(listening.getsockname()[1])
        self._server.add_socket(listening)

    async def stop(self) -> None:
        """Close the port and every connection."""
        self._server.stop()
        await self._server.close_all_connections()


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
