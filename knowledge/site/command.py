"""``python -m knowledge publish DIR``: its options, and the settings they stand in for."""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from knowledge.database import Database
from knowledge.loading import prepare
from knowledge.site.edition import Edition

_BOT = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{4,31})")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command; a setting of the same meaning is their default."""
    settings = _settings()
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the site goes; a published one is replaced")
    parser.add_argument(
        "--url",
        type=_root,
        metavar="ROOT",
        default=settings.get("BOT_SITE_URL"),
        help="root of the site, for whole addresses in feeds and calendars (BOT_SITE_URL)",
    )
    parser.add_argument("--bot", type=_bot, metavar="NAME", help="name of the bot on Telegram, for « Suivre »")
    parser.add_argument("--operator", default=settings.get("BOT_OPERATOR"), help="who publishes (BOT_OPERATOR)")
    parser.add_argument("--contact", default=settings.get("BOT_CONTACT"), help="how to reach them (BOT_CONTACT)")
    parser.add_argument(
        "--database",
        type=Path,
        metavar="FILE",
        default=Path(settings.get("BOT_DATABASE", "var/bot.db")),
        help="the SQLite file (BOT_DATABASE)",
    )
    parser.add_argument(
        "--timezone",
        type=_timezone,
        metavar="ZONE",
        default=settings.get("BOT_TIMEZONE", "Europe/Paris"),
        help="where days are told (BOT_TIMEZONE)",
    )


def run(options: argparse.Namespace, now: datetime) -> None:
    """Publish.

    Raises:
        KnowledgeError: The base cannot be read, or the folder not written.
    """
    # Only here: the other commands must not wait for what makes pages and feeds.
    from knowledge.site.publishing import publish

    edition = Edition(
        today=now.astimezone(options.timezone).date(),
        timezone=options.timezone,
        url=options.url,
        bot=options.bot,
        operator=options.operator,
        contact=options.contact,
    )
    database = Database(options.database)
    try:
        prepare(database, now)
        count = publish(database, options.folder, edition)
    finally:
        database.close()
    print(f"published: {options.folder}, {count} files")
    if not edition.url:
        print("no --url: links in feeds and calendars are relative", file=sys.stderr)


def _settings() -> Mapping[str, str]:
    """Environment variables, over those of a ``.env`` file in the working directory; empty ones are missing."""
    try:
        written = dotenv_values(".env", interpolate=False)
    except (OSError, UnicodeDecodeError):
        written = {}
    return {name: value.strip() for name, value in {**written, **os.environ}.items() if value and value.strip()}


def _root(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError("must be an address that begins with http:// or https://")
    return text.rstrip("/")


def _bot(text: str) -> str:
    found = _BOT.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError("must be a name such as @droit_de_suite_bot")
    return found[1]


def _timezone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise argparse.ArgumentTypeError("must be a time zone such as Europe/Paris") from None
