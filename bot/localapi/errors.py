"""Telegram's refusals, in its own words; the server turns them into an HTTP status and a description."""


class ApiError(Exception):
    """A call that is refused.

    Attributes:
        status: HTTP status and ``error_code``.
        description: The sentence of the answer, with its usual first words.
    """

    status = 500
    opening = "Internal Server Error"

    def __init__(self, reason: str = "") -> None:
        self.description = f"{self.opening}: {reason}" if reason else self.opening
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


class ConflictError(ApiError):
    """Another poller took over, or a webhook is set."""

    status = 409
    opening = "Conflict"


class NoSuchButtonError(LookupError):
    """The message shows no single button with these words, or the button leads outside the chat."""
