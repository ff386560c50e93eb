"""What can go wrong in this room; ``explaining`` finds the words."""


class BotError(Exception):
    """Any fault of this room."""


class StaleButtonError(BotError):
    """A button that is not ours, or that names what is no longer there."""

    def __init__(self, data: str) -> None:
        super().__init__(data)
        self.data = data


class UnknownFrequencyError(BotError):
    """A word that is no rhythm."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class UnreadableDateError(BotError):
    """Words that are no date."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnreadableDayError(BotError):
    """Words of a member of staff that are no day, or one that does not exist."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnreadableMomentError(BotError):
    """Words that are no day and hour."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class UnknownStatusError(BotError):
    """A word that is no status."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class NoMediaError(BotError):
    """Neither a picture nor a document that can be sent again."""


class UnknownSettingError(BotError):
    """Words that set nothing."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class SettingsError(BotError):
    """Settings that are missing or wrong, all of them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class StoppedByTelegramError(BotError):
    """Telegram refuses this bot for good: wrong token, or another program serves it."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class BackupError(BotError):
    """A backup that could not be made or put back; the message says why, in English."""


class PictureError(BotError):
    """A picture that could not be drawn; whoever asked for it gets its words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class PortError(BotError):
    """The page cannot be where it should: another program is, or the system does not let it."""

    def __init__(self, port: int, why: str) -> None:
        super().__init__(port, why)
        self.port = port
        self.why = why
