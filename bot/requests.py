"""The library's HTTP client, watched for answers that mean this program must stop."""

from collections.abc import Callable
from typing import Any

from telegram.request import HTTPXRequest

_REFUSED = (401, 404)
_CONFLICT = 409
_MOST_CONFLICTS = 3


class WatchedRequest(HTTPXRequest):
    """Tells when the token is refused, or when another program keeps serving the same bot.

    One conflict is normal when a bot is restarted; three in a row are not.

    Args:
        on_stop: Called with 401, 404 or 409.
        connections: Most at a time.
        proxied: Whether a proxy that the environment names is used.
    """

    def __init__(self, on_stop: Callable[[int], None], *, connections: int, proxied: bool = True) -> None:
        super().__init__(connection_pool_size=connections, httpx_kwargs={"trust_env": proxied})
        self._on_stop = on_stop
        self._conflicts = 0

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Send, and look at the status of the answer."""
        code, payload = await super().do_request(*args, **kwargs)
        self._conflicts = self._conflicts + 1 if code == _CONFLICT else 0
        if code in _REFUSED or self._conflicts >= _MOST_CONFLICTS:
            self._on_stop(code)
        return code, payload
