"""Telegram's refusals, in its own words; the server turns them into an HTTP status and a description."""

from typing import Any


class ApiError(Exception):
    """A call that is refused.

    Attributes:
        status: HTTP status and ``error_code``.
        description: The sentence of the answer, with its usual first words.
        parameters: What a program needs to go on, beside the sentence; empty when there is nothing.
    """

    status = 500
    opening = "Internal Server Error"

    def __init__(self, reason: str = "", parameters: dict[str, Any] | None = None) -> None:
        self.description = f"{self.opening}: {reason}" if reason else self.opening
        self.parameters: dict[str, Any] = parameters or {}
        super().__init__(self.description)


class BadRequestError(ApiError):
    """The call itself is wrong: repeating it would not help."""

    status = 400
    opening = "Bad Request"


class UnauthorizedError(ApiError):
    """The token is not the bot's."""

    status = 401
    opening = "Unauthorized"


class ForbiddenError(ApiError):
    """The person or the group does not let the bot in."""

    status = 403
    opening = "Forbidden"


class NotFoundError(ApiError):
    """No such bot; Telegram says so of a token that has not the form of one."""

    status = 404
    opening = "Not Found"


class TooManyRequestsError(ApiError):
    """The bot must be silent for these seconds."""

    status = 429
    opening = "Too Many Requests"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"retry after {seconds}", {"retry_after": seconds})


class ConflictError(ApiError):
    """Another poller took over, or a webhook is set."""

    status = 409
    opening = "Conflict"


class NoSuchButtonError(LookupError):
    """The message shows no single button with these words, or the button leads outside the chat."""
