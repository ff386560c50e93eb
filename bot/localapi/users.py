"""People and bots as Telegram shows them to each other."""

from dataclasses import dataclass

from bot.localapi.entities import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, or the bot."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def wire(self) -> Json:
        """Return the user as the Bot API writes it."""
        record: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if getattr(self, key) is not None:
                record[key] = getattr(self, key)
        return record
