"""When a handler fails, the person is told, and the log says what without who or what was written."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest

from bot.localapi import LocalBotApi
from bot.settings import Settings
from knowledge.service import Knowledge
from tests.bot.conftest import NOW
from tests.bot.handlers.conftest import dependencies, served


def stopped_clock() -> datetime:
    raise RuntimeError("Claire a écrit : mon secret")


async def test_a_failure_carries_the_same_id_to_the_person_and_to_the_log(
    api: LocalBotApi, settings: Settings, knowledge: Knowledge, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    claire = api.person("Claire")
    with ThreadPoolExecutor(max_workers=1) as writer:
        deps = dependencies(settings, knowledge, writer, lambda: NOW)
        async with served(api, settings, replace(deps, now=stopped_clock)):
            answer = await claire.asks("mon secret")
    reference = re.search(r": ([0-9a-f]{8})\.$", answer.text)
    assert reference is not None
    (line,) = [record.getMessage() for record in caplog.records if reference.group(1) in record.getMessage()]
    assert "RuntimeError" in line and "flooding.py" in line
    assert "secret" not in caplog.text and str(claire.id) not in caplog.text
