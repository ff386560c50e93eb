"""Delivery of updates to the bot's own address, one after the other, until each is accepted."""

import asyncio
import json
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from bot.localapi.entities import Json
from bot.localapi.updates import Updates
from bot.localapi.waiting import Bell

FIRST_PAUSE = 0.05  # seconds after a refusal, doubled each time
LONGEST_PAUSE = 5.0


class Webhook:
    """The bot's address, and the task that posts to it. Nothing ever leaves this machine."""

    def __init__(self, updates: Updates, bell: Bell) -> None:
        self._updates = updates
        self._bell = bell
        self._secret = ""
        self._task: asyncio.Task[None] | None = None
        self._proxy = ""
        self.max_connections = 40
        self.last_error = ""

    def stand_behind(self, proxy: str) -> None:
        """Deliver to this root, ``http://127.0.0.1:9000``, in place of the address's public host."""
        self._proxy = proxy.rstrip("/")

    def start(self, url: str, secret: str) -> None:
        """Deliver to this address from now on."""
        self._updates.webhook_url = url
        self._secret = secret
        self.last_error = ""
        self._cancel()
        self._task = asyncio.create_task(self._deliver(self._local(url)))

    def stop(self) -> None:
        """Deliver no more; what is pending waits for a poller."""
        self._updates.webhook_url = ""
        self._cancel()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _local(self, url: str) -> str:
        parts = urlsplit(url)
        return f"{self._proxy}{parts.path}" if self._proxy else url

    async def _deliver(self, url: str) -> None:
        client = AsyncHTTPClient(force_instance=True)
        pause = FIRST_PAUSE
        try:
            while True:
                update = await self._bell.until(lambda: self._updates.first, within=None)
                self.last_error = await self._post(client, url, update)
                if self.last_error:
                    self._bell.ring()
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
                else:
                    self._updates.confirm(update["update_id"] + 1)
                    pause = FIRST_PAUSE
        finally:
            client.close()

    async def _post(self, client: AsyncHTTPClient, url: str, update: Json) -> str:
        """Post one update; empty when it was accepted, else why not."""
        if urlsplit(url).hostname not in {"127.0.0.1", "localhost"}:
            return "this server delivers to 127.0.0.1 only; name a proxy"
        headers = {"Content-Type": "application/json"}
        if self._secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._secret
        body = json.dumps(update)
        try:
            answer = await client.fetch(url, method="POST", headers=headers, body=body, raise_error=False)
        except (OSError, HTTPClientError) as error:
            return f"Connection failed: {error}"
        if 200 <= answer.code < 300:
            return ""
        return f"Wrong response from the webhook: {answer.code} {answer.reason}"
