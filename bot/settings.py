"""The settings, from environment variables or any mapping; every fault is told at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.conversation.commands import Identity
from bot.errors import SettingsError
from knowledge.authors import Role
from scheduler.errors import QuietHoursError
from scheduler.quiet import Quiet

OFFICIAL = "Nantes Métropole"
DEFAULT_QUIET = "20:00-08:00,sunday"
_MOST_DIGITS = 15
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_DEFAULT_API = "https://api.telegram.org/bot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """Where Telegram posts updates, and where this program listens for them."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of this program; secrets are hidden from ``repr``.

    Attributes:
        token: Empty unless the bot is to be served.
        api_url: Root to which the token is appended.
        tick_seconds: How often a running bot looks for what other processes wrote.
        key_file: What opens the chat ids; made on the first run.
        bulk_rate: Most pushed messages a second, over all chats.
        staff: The first members, by user id.
        staff_code: Of the member at the console.
        quiet: Quiet hours that new subscribers start with, as ``Quiet.parse`` reads them.
        site_url: Root of the published site; each card then links to its page.
    """

    database: Path
    timezone: ZoneInfo
    log_level: str
    tick_seconds: int = 30
    key_file: Path = Path("var/keys/bot.key")
    bulk_rate: int = 25
    quiet: str = DEFAULT_QUIET
    staff: tuple[tuple[int, Role], ...] = ()
    staff_code: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    operator: str | None = None
    contact: str | None = None
    site_url: str | None = None
    api_url: str = _DEFAULT_API
    webhook: Webhook | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str], *, serving: bool = False) -> "Settings":
        """Read the settings.

        Args:
            env: Names and values, as in ``os.environ``; an empty value is a missing one.
            serving: Whether what ``run`` needs is required.

        Raises:
            SettingsError: Every missing or wrong one.
        """
        reader = _Reader(env)
        settings = cls(
            database=Path(reader.text("BOT_DATABASE") or "var/bot.db"),
            timezone=reader.timezone("BOT_TIMEZONE", "Europe/Paris"),
            log_level=reader.one_of("BOT_LOG_LEVEL", _LEVELS, "INFO"),
            tick_seconds=reader.whole("BOT_TICK_SECONDS", 30),
            key_file=Path(reader.text("BOT_KEY_FILE") or "var/keys/bot.key"),
            bulk_rate=reader.whole("BOT_BULK_RATE", 25),
            quiet=reader.quiet("BOT_QUIET", DEFAULT_QUIET),
            staff=reader.staff("BOT_STAFF"),
            staff_code=reader.secret("BOT_STAFF_CODE", r"[\w-]+", required=False),
            operator=reader.text("BOT_OPERATOR", required=serving),
            contact=reader.text("BOT_CONTACT", required=serving),
            site_url=reader.url("BOT_SITE_URL"),
            **_serving(reader) if serving else {},
        )
        if reader.faults:
            raise SettingsError(reader.faults)
        return settings

    @property
    def identity(self) -> Identity:
        """Who runs the bot, as told to people."""
        official = self.operator is not None and self.operator.casefold() == OFFICIAL.casefold()
        return Identity(operator=self.operator, contact=self.contact, official=official, site=self.site_url)

    @property
    def pictures(self) -> Path:
        """Where drawn pictures are kept: a folder beside the database, that may be emptied at any time."""
        return self.database.parent / "pictures"

    @property
    def file_url(self) -> str:
        """Root of the files, at the same host's ``/file/bot``."""
        parts = urlsplit(self.api_url)
        return f"{parts.scheme}://{parts.netloc}/file/bot"

    @property
    def is_near(self) -> bool:
        """Whether the Bot API is on this machine, where no proxy leads."""
        return urlsplit(self.api_url).hostname in ("127.0.0.1", "localhost")

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show."""
        return tuple(secret for secret in (self.token, self.webhook.secret if self.webhook else "") if secret)


class _Reader:
    """Reads values and collects faults."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self.faults: list[str] = []

    def text(self, name: str, *, required: bool = False) -> str | None:
        value = self._env.get(name, "").strip()
        if not value and required:
            self.faults.append(f"{name} is missing")
        return value or None

    def secret(self, name: str, pattern: str, *, required: bool) -> str:
        value, path = self.text(name), self.text(f"{name}_FILE")
        if value and path:
            self.faults.append(f"{name} and {name}_FILE are both set; keep one")
        if path and not value:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                self.faults.append(f"{name}_FILE cannot be read")
                return ""
        if not value:
            if required:
                self.faults.append(f"{name} is missing")
            return ""
        if not re.fullmatch(pattern, value):
            self.faults.append(f"{name} has characters that no such value has")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        value = (self.text(name) or default).upper()
        if value not in allowed:
            self.faults.append(f"{name} must be one of {', '.join(allowed)}")
        return value

    def whole(self, name: str, default: int) -> int:
        value = self.text(name) or str(default)
        if not value.isascii() or not value.isdigit() or int(value) < 1:
            self.faults.append(f"{name} must be a whole number, 1 or more")
            return default
        return int(value)

    def timezone(self, name: str, default: str) -> ZoneInfo:
        try:
            return ZoneInfo(self.text(name) or default)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.faults.append(f"{name} is not a time zone such as {default}")
            return ZoneInfo("UTC")

    def quiet(self, name: str, default: str) -> str:
        value = (self.text(name) or default).lower()
        try:
            Quiet.parse(value)
        except QuietHoursError:
            self.faults.append(f"{name} must be none, or such as {default}")
            return default
        return value

    def staff(self, name: str) -> tuple[tuple[int, Role], ...]:
        found = []
        for entry in (self.text(name) or "").split(","):
            user, _, role = (part.strip() for part in entry.partition(":"))
            if user.isascii() and user.isdigit() and len(user) <= _MOST_DIGITS and role in list(Role):
                found.append((int(user), Role(role)))
            elif entry.strip():
                self.faults.append(f"{name} must be such as 123456:admin,234567:editor ({', '.join(Role)})")
                return ()
        return tuple(found)

    def url(self, name: str) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            self.faults.append(f"{name} must be an address that begins with http:// or https://")
        return value


def _serving(reader: _Reader) -> dict[str, Any]:
    return {
        "token": reader.secret("BOT_TOKEN", r"[\w:-]+", required=True),
        "api_url": reader.url("BOT_API_URL") or _DEFAULT_API,
        "webhook": _webhook(reader),
    }


def _webhook(reader: _Reader) -> Webhook | None:
    url = reader.url("BOT_WEBHOOK_URL")
    secret = reader.secret("BOT_WEBHOOK_SECRET", r"[A-Za-z0-9_-]{1,256}", required=url is not None)
    listen = reader.text("BOT_WEBHOOK_LISTEN") or "127.0.0.1:8443"
    host, _, port = listen.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        reader.faults.append("BOT_WEBHOOK_LISTEN must be an address and a port, such as 127.0.0.1:8443")
        return None
    return Webhook(url=url, secret=secret, host=host.strip("[]"), port=int(port)) if url else None
