"""A call of the Bot API as it came over the wire: every value is text, nested ones are JSON in a text."""

import json
from dataclasses import dataclass, field
from typing import Any

from bot.localapi.errors import BadRequestError


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that came with a call."""

    filename: str
    mime_type: str
    content: bytes


@dataclass(slots=True, kw_only=True)
class Call:
    """One call.

    Attributes:
        method: Its name as the bot wrote it.
        params: Its values, as text.
        uploads: The files, by field.
        hung_up: Set when the bot closed the connection before the answer.
    """

    method: str
    params: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    hung_up: bool = False

    def text(self, name: str) -> str:
        """Return a value, empty when absent."""
        return self.params.get(name, "")

    def flag(self, name: str) -> bool:
        """Return a yes or no; absent means no."""
        return self.text(name).lower() in {"true", "1", "yes"}

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number.

        Raises:
            BadRequestError: It is not one.
        """
        value = self.text(name)
        try:
            return int(value) if value else default
        except ValueError as error:
            raise BadRequestError(f"invalid {name} specified") from error

    def nested(self, name: str) -> Any:
        """Return an object or a list; None when absent.

        Raises:
            BadRequestError: The text is not JSON.
        """
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise BadRequestError(f"can't parse {name} JSON object") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCall:
    """A call and what it was answered: the status of HTTP, and the result or the description.

    The status is 0 for a call that was left without an answer.
    """

    call: Call
    status: int
    result: Any = None
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
