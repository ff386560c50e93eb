"""What went wrong, in one line for whoever runs the program."""

from bot.errors import BackupError, PortError, SettingsError, StoppedByTelegramError
from knowledge.errors import DataError, KnowledgeError

_REASONS = {
    401: "the token is refused; check BOT_TOKEN",
    404: "no such bot, or BOT_API_URL is not a Bot API; check BOT_TOKEN and BOT_API_URL",
    409: "another program is serving this bot, or a webhook is set; stop it first",
}


def operator_line(error: BaseException) -> str:
    """One line, in English, for whoever runs the program."""
    if isinstance(error, DataError):
        more = f" (and {len(error.faults) - 1} more faults)" if len(error.faults) > 1 else ""
        return f"{error.faults[0]}{more}; run: python -m knowledge check"
    if isinstance(error, StoppedByTelegramError):
        return f"stopped by Telegram ({error.code}): {_REASONS[error.code]}"
    if isinstance(error, SettingsError):
        return f"settings: {error}"
    if isinstance(error, PortError):
        return f"port {error.port} cannot be used ({error.why}); choose another one with --port"
    if isinstance(error, KnowledgeError | BackupError | OSError):
        return " ".join(str(error).split()) or type(error).__name__
    return f"unexpected {type(error).__name__}"
