"""``python -m knowledge publish DIR [--url ROOT] [--bot NAME]``."""

import argparse
import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from knowledge.database import Database
from knowledge.environment import Places, variables
from knowledge.errors import SettingError
from knowledge.loading import prepare
from knowledge.site.edition import Edition

_BOT = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{4,31})")
_NO_ROOT = "must be an address that begins with http:// or https://"


def add(commands: "argparse._SubParsersAction[Any]") -> None:
    """Declare the command."""
    parser = commands.add_parser("publish", help="the static site, feeds, calendars and open data")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the site goes; a published one is replaced")
    parser.add_argument(
        "--url", type=_root, metavar="ROOT", help="root of the site, for feeds and calendars; else BOT_SITE_URL"
    )
    parser.add_argument("--bot", type=_bot, metavar="NAME", help="name of the bot on Telegram, for « Suivre »")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # Only here: the other commands must not wait for what makes pages and feeds.
    from knowledge.site.publishing import publish

    env, now = variables(), datetime.now(UTC)
    places = Places.from_env(env)
    edition = Edition(
        today=now.astimezone(places.timezone).date(),
        timezone=places.timezone,
        url=options.url or _site_url(env),
        bot=options.bot,
        operator=env.get("BOT_OPERATOR", "").strip() or None,
        contact=env.get("BOT_CONTACT", "").strip() or None,
    )
    database = Database(places.database, places.key_file)
    try:
        prepare(database, now)
        count = publish(database, options.folder, edition)
    finally:
        database.close()
    print(f"published: {options.folder}, {count} files")
    if not edition.url:
        print("neither --url nor BOT_SITE_URL: links in feeds and calendars are relative", file=sys.stderr)
    return 0


def _site_url(env: Mapping[str, str]) -> str | None:
    value = env.get("BOT_SITE_URL", "").strip()
    if value and not _is_root(value):
        raise SettingError("BOT_SITE_URL", _NO_ROOT)
    return value.rstrip("/") or None


def _is_root(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment


def _root(text: str) -> str:
    if not _is_root(text):
        raise argparse.ArgumentTypeError(_NO_ROOT)
    return text.rstrip("/")


def _bot(text: str) -> str:
    found = _BOT.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError("must be a name such as @droit_de_suite_bot")
    return found[1]
