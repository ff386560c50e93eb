"""Who may ask: the page this program gave out, in a browser on this machine, and nobody else."""

import hmac
from dataclasses import dataclass, field

from bot.localapi.entities import Json
from bot.localapi.handling import HOST, LocalHandler

KEY_HEADER = "X-Preview-Key"
_KEY_ARGUMENT = "key"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
        " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What is asked of whoever comes.

    Attributes:
        port: Where the page is.
        key: Of this run; only the page that it gave out knows it.
    """

    port: int
    key: str = field(repr=False)

    def knows_host(self, host: str) -> bool:
        """Whether a request was meant for this page: a name that somebody else's server gave to 127.0.0.1 is none."""
        return host in {f"{name}:{self.port}" for name in (HOST, "localhost")}

    def knows_key(self, key: str) -> bool:
        """Whether this is the key of the run."""
        return hmac.compare_digest(key.encode(), self.key.encode())


class GuardedHandler(LocalHandler):
    """An address of the preview: Host, Origin and, but for the page itself, the key of this run."""

    needs_key = True
    guest_may_come = False  # whether a link on another site may lead here

    def initialize(self, guard: Guard) -> None:
        """Take the guard."""
        self.guard = guard

    def prepare(self) -> None:
        """Turn strangers away."""
        if not self.guard.knows_host(self.request.host) or not (self.is_from_here() or self._is_a_guest()):
            self._refuse("not from this page")
        elif self.needs_key and not self.guard.knows_key(self._key()):
            self._refuse("not from this run")

    def set_default_headers(self) -> None:
        """Let the page load nothing from elsewhere, and nobody frame it."""
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def _refuse(self, why: str) -> None:
        body: Json = {"ok": False, "error_code": 403, "description": f"Forbidden: {why}"}
        self.say(403, body)

    def _is_a_guest(self) -> bool:
        headers = self.request.headers
        return self.guest_may_come and "Origin" not in headers and headers.get("Sec-Fetch-Mode") == "navigate"

    def _key(self) -> str:
        """In a header, or in the address where a browser lets a page set none."""
        return self.request.headers.get(KEY_HEADER) or self.get_query_argument(_KEY_ARGUMENT, "")
