"""``python -m bot preview``: opens the page, says where it is, and keeps it open."""

import asyncio
import logging
import os
import sys
import time
import webbrowser
from collections.abc import Mapping

from bot.preview.running import opened
from bot.settings import Settings


def show(settings: Settings, env: Mapping[str, str], port: int, started: float) -> None:
    """Keep a preview open until SIGINT or SIGTERM.

    Args:
        settings: Of the installation.
        env: Where further settings of the bot come from.
        port: Of the page.
        started: When the program did, as ``time.perf_counter`` has it.

    Raises:
        PortError: The page cannot be there.
        KnowledgeError, SchedulerError, SettingsError: The application cannot be joined.
    """
    # Between a leap of the clock and the tick that follows, the bot would seem to have slept for days.
    logging.getLogger("bot.operation.health").setLevel(logging.CRITICAL)
    asyncio.run(_show(settings, env, port, started))


async def _show(settings: Settings, env: Mapping[str, str], port: int, started: float) -> None:
    async with opened(settings, env, port=port, say=_say) as preview:
        print(f"{preview.address} is ready after {time.perf_counter() - started:.1f} s; Ctrl-C ends it", flush=True)
        if sys.stdout.isatty() and _has_screen():
            webbrowser.open(preview.address)
        await preview.running


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
