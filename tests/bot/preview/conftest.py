"""A preview in this process, and a browser's side of it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, TypeAlias

import httpx
import pytest_asyncio

from bot.preview.guard import KEY_HEADER
from bot.preview.running import Preview, opened
from bot.settings import Settings
from tests.conftest import KEPT_INDEX, NOW

Event: TypeAlias = dict[str, Any]

CAMILLE, DOMINIQUE, LOU, SACHA, ALIX = range(5_000_000_001, 5_000_000_006)


@asynccontextmanager
async def a_preview() -> AsyncIterator[Preview]:
    settings = replace(Settings.from_env({}), database=KEPT_INDEX.with_name("bot.db"))
    async with opened(settings, {}, port=0, real=lambda: NOW) as preview:
        yield preview


class Client:
    """What the page asks of the server."""

    def __init__(self, preview: Preview) -> None:
        self._http = httpx.AsyncClient(base_url=preview.address, trust_env=False, timeout=10)
        self.key = preview.key
        self.api = preview.api
        self.port = preview.api.port
        self.headers = {KEY_HEADER: preview.key}

    async def post(self, act: str, **values: Any) -> httpx.Response:
        return await self._http.post(f"/preview/{act}", json=values, headers=self.headers)

    async def sends(self, name: str, content: bytes, type: str, **values: str) -> httpx.Response:
        files = {"file": (name, content, type)}
        return await self._http.post("/preview/sends", data=values, files=files, headers=self.headers)

    async def get(self, path: str, **headers: str) -> httpx.Response:
        return await self._http.get(path, headers=self.headers | headers)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[AsyncIterator[Event]]:
        """Everything that is pushed, from the opening on."""
        async with self._http.stream("GET", "/preview/stream", params={"key": self.key}) as answer:
            yield _events(answer)

    async def close(self) -> None:
        await self._http.aclose()


async def _events(answer: httpx.Response) -> AsyncIterator[Event]:
    async for line in answer.aiter_lines():
        if line.startswith("data: "):
            for event in json.loads(line.removeprefix("data: ")):
                yield event


async def the_next(events: AsyncIterator[Event], kind: str, **values: Any) -> Event:
    """The first event of this kind with these values."""
    async for event in events:
        if event["kind"] == kind and values.items() <= event.items():
            return event
    raise AssertionError(f"the line ended without {kind} {values}")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def preview() -> AsyncIterator[Preview]:
    async with a_preview() as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def client(preview: Preview) -> AsyncIterator[Client]:
    client = Client(preview)
    yield client
    await client.close()
