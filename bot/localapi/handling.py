"""What every address of the local server has in common."""

import json
from typing import Any

from tornado.web import RequestHandler

from bot.localapi.entities import Json

HOST = "127.0.0.1"


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
