"""Where the base is: the few settings that the commands on it read, from the environment or a ``.env`` file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values

from knowledge.database import Database
from knowledge.errors import MissingDatabaseError, SettingError

DATABASE, KEY_FILE, TIMEZONE = "var/bot.db", "var/keys/bot.key", "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the base and its key are, and which days its people live by."""

    database: Path
    key_file: Path
    timezone: ZoneInfo

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Places":
        """Read them from any mapping; an empty value is a missing one.

        Raises:
            SettingError: There is no such time zone.
        """
        try:
            timezone = ZoneInfo(env.get("BOT_TIMEZONE", "").strip() or TIMEZONE)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise SettingError("BOT_TIMEZONE", f"is not a time zone such as {TIMEZONE}") from None
        return cls(
            database=Path(env.get("BOT_DATABASE", "").strip() or DATABASE),
            key_file=Path(env.get("BOT_KEY_FILE", "").strip() or KEY_FILE),
            timezone=timezone,
        )

    def open(self) -> Database:
        """The base, which must be there: nothing is made.

        Raises:
            MissingDatabaseError: It is not.
        """
        if not self.database.is_file():
            raise MissingDatabaseError(self.database)
        return Database(self.database, self.key_file)


def variables() -> Mapping[str, str]:
    """Environment variables, over those of a ``.env`` file in the working directory.

    Raises:
        SettingError: The file cannot be read.
    """
    try:
        written = dotenv_values(".env", interpolate=False)
    except (OSError, UnicodeDecodeError):
        raise SettingError(".env", "cannot be read") from None
    return {name: value for name, value in written.items() if value is not None} | dict(os.environ)
