"""What a button about an announcement names: its number, the version that was shown, and a word."""

from datetime import datetime

from bot.errors import StaleButtonError
from bot.keyboards import Press
from scheduler.announcements.acting import Order
from scheduler.members import Member

_MOST_DIGITS = 9


def order_of(press: Press, member: Member, now: datetime) -> tuple[Order, str]:
    """The order behind ``12.7`` or ``12.7.oui``, and the word.

    Raises:
        StaleButtonError: It is of another form; it may be forged.
    """
    number, _, rest = press.value.partition(".")
    version, _, word = rest.partition(".")
    if not (_is_number(number) and _is_number(version)):
        raise StaleButtonError(press.value)
    return Order(number=int(number), by=member.author, now=now, version=int(version)), word


def number_of(text: str) -> int:
    """A number that was typed or that a button carries; 0, which is nobody's, for anything else."""
    words = text.strip()
    return int(words) if _is_number(words) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
