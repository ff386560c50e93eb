"""What every address of the local server has in common."""

import json
from typing import Any

from tornado.web import RequestHandler

from bot.localapi.entities import Json

HOST = "127.0.0.1"


# What a browser says of a request that no other site has made it send.
_OWN_SITE = {"same-origin", "none"}


class LocalHandler(RequestHandler):
    """What every address of this server has in common: answers in JSON, and no strangers."""

    def prepare(self) -> None:
        """Turn away what another site makes a browser send: any web page may post to a local port."""
        if not self.is_from_here():
            self.say(403, {"ok": False, "error_code": 403, "description": "Forbidden: not from this machine"})

    def is_from_here(self) -> bool:
        """Whether the address is this machine's and no other site's page asks.

        A picture in such a page asks without an Origin; only Sec-Fetch-Site tells then.
        """
        here, headers = self.request.host, self.request.headers
        is_local = here.rpartition(":")[0] in {HOST, "localhost"}
        is_own = headers.get("Origin", f"http://{here}") == f"http://{here}"
        return is_local and is_own and headers.get("Sec-Fetch-Site", "none") in _OWN_SITE

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
