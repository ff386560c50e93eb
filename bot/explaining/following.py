"""The sentence for a wish about subscriptions that cannot be fulfilled."""

from bot.errors import UnknownFrequencyError, UnknownSettingError, UnreadableDateError
from bot.texts import choosing, following
from scheduler.errors import (
    EmptyWordsError,
    TooManySubscriptionsError,
    UnknownSubscriberError,
    UnknownSubscriptionError,
    UnknownTargetError,
)


def about_following(error: BaseException) -> str | None:
    """What a person reads; None when it is something else."""
    match error:
        case UnknownTargetError(target=target) | EmptyWordsError(words=target):
            return following.unknown_target(target)
        case TooManySubscriptionsError(most=most):
            return following.too_many(most)
        case UnknownSubscriptionError() | UnknownSubscriberError():
            return following.already_stopped()
        case UnknownFrequencyError(word=word):
            return following.unknown_frequency(word)
        case UnreadableDateError(words=words):
            return following.unreadable_date(words)
        case UnknownSettingError(words=words):
            return choosing.unknown_setting(words)
        case _:
            return None
