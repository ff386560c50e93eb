"""Buttons about following, and the short strings that come back when one is pressed.

``f:p07`` follow · ``f:p07.d`` follow each day · ``fo:o3`` offer to follow · ``fa:tout:2`` my subscriptions, page 2
``fs:12`` one subscription · ``fr:12.d`` its rhythm · ``fc:12.done`` its condition · ``fm:12.1`` its monthly state
``fx:12`` stop it · ``fw:12.15`` stop which · ``fz`` stop all · ``fp`` pause · ``fu`` go on
``rg`` settings · ``rh:18`` hour · ``rq:nuit`` quiet hours · ``dm`` my data · ``er`` erase · ``er:oui`` · ``er:non``
"""

from collections.abc import Iterable, Sequence

from bot.keyboards import LONGEST_DATA, Rows, in_rows
from bot.replies import Button
from bot.texts import buttons, rhythm
from knowledge.models import Orientation
from scheduler.facts import Condition, Frequency, Target, TargetKind

STOP_ALL = "fz"
PAUSE = "fp"
RESUME = "fu"
SETTINGS = "rg"
MY_DATA = "dm"
ERASE = "er"
SUBSCRIPTIONS = "fa:tout"

LETTERS = {
    Frequency.IMMEDIATE: "i",
    Frequency.DAY: "d",
    Frequency.WEEK: "w",
    Frequency.MONTH: "m",
}
FREQUENCIES = {letter: frequency for frequency, letter in LETTERS.items()}
QUIET = {"nuit": "20:00-08:00", "dimanche": "20:00-08:00,sunday", "aucun": "none"}
_HOURS = (7, 8, 9, 12, 18, 20)
_NAMES = {TargetKind.ALL: "tout", TargetKind.PRIORITY: "prioritaires"}


def name_of(target: Target) -> str | None:
    """A target as buttons carry it; None for words, which do not fit."""
    return None if target.kind is TargetKind.WORDS else _NAMES.get(target.kind, target.name)


def follow(commitment_id: str, recent: int) -> Button:
    """The button of a card; the label says what six months would have told."""
    return Button(label=buttons.follow(recent), data=f"f:{commitment_id}")


def follow_in_list(ids: Sequence[str]) -> Rows:
    """One short button for each row of a list."""
    each = [Button(label=buttons.follow_rank(rank), data=f"f:{its}") for rank, its in enumerate(ids, start=1)]
    return in_rows(each, 4)


def offer(target: Target) -> Rows:
    """Yes, weekly; or another rhythm."""
    name = name_of(target)
    others = [
        Button(label=rhythm.short(each).capitalize(), data=f"f:{name}.{letter}")
        for each, letter in LETTERS.items()
        if each is not Frequency.WEEK
    ]
    return ((Button(label=buttons.FOLLOW, data=f"f:{name}"),), tuple(others))


def targets(orientations: Iterable[Orientation]) -> Rows:
    """What can be followed as a whole."""
    rows = [
        (Button(label=buttons.ALL, data="fo:tout"), Button(label=buttons.PRIORITIES, data="fo:prioritaires")),
        *((Button(label=buttons.orientation(its.id[1:], its.title), data=f"fo:{its.id}"),) for its in orientations),
    ]
    return tuple(rows)


def followed(subscription: int, frequency: Frequency) -> Rows:
    """Under a confirmation: another rhythm, or the way back."""
    return (
        _rhythms(subscription, frequency),
        (
            Button(label=buttons.UNFOLLOW, data=f"fx:{subscription}"),
            Button(label=buttons.SUBSCRIPTIONS, data=SUBSCRIPTIONS),
        ),
    )


def subscription(number: int, frequency: Frequency, condition: Condition, *, with_state: bool) -> Rows:
    """Everything that can be changed of one subscription."""
    conditions = [
        Button(label=rhythm.condition(each), data=f"fc:{number}.{each}") for each in Condition if each is not condition
    ]
    state = Button(
        label=buttons.WITHOUT_STATE if with_state else buttons.WITH_STATE, data=f"fm:{number}.{int(not with_state)}"
    )
    return (
        _rhythms(number, frequency),
        *in_rows(conditions, 1),
        *(((state,),) if frequency is Frequency.MONTH or with_state else ()),
        *followed(number, frequency)[1:],
    )


def subscriptions(numbers_and_labels: Iterable[tuple[int, str]]) -> Rows:
    """One numbered button a subscription."""
    return tuple((Button(label=label, data=f"fs:{number}", numbered=True),) for number, label in numbers_and_labels)


def manage(*, paused: bool) -> Rows:
    """Under the list of subscriptions."""
    pause = Button(label=buttons.RESUME, data=RESUME) if paused else Button(label=buttons.PAUSE, data=PAUSE)
    return (
        (pause, Button(label=buttons.SETTINGS, data=SETTINGS)),
        (Button(label=buttons.STOP_ALL, data=STOP_ALL),),
    )


def to_stop(numbers_and_labels: Iterable[tuple[int, str]]) -> Rows:
    """One numbered button a subscription, that stops it."""
    return tuple((Button(label=label, data=f"fx:{number}", numbered=True),) for number, label in numbers_and_labels)


def stop_all() -> Rows:
    """The end of everything."""
    return ((Button(label=buttons.STOP_ALL, data=STOP_ALL),),)


def stop_which(numbers: Sequence[int]) -> str:
    """What « Ne plus suivre » carries under a push: the subscription, or those among which to choose."""
    if len(numbers) == 1:
        return f"fx:{numbers[0]}"
    data = f"fw:{'.'.join(map(str, numbers))}"
    return data if len(data) <= LONGEST_DATA else SUBSCRIPTIONS


def again(target: Target, frequency: Frequency) -> Rows:
    """The way back to what was stopped."""
    name = name_of(target)
    return ((Button(label=buttons.FOLLOW_AGAIN, data=f"f:{name}.{LETTERS[frequency]}"),),) if name else ()


def resume() -> Rows:
    """The end of a pause."""
    return ((Button(label=buttons.RESUME, data=RESUME),),)


def settings(hour: int) -> Rows:
    """Hours, quiet hours, and the rest."""
    hours = [Button(label=f"{each} h", data=f"rh:{each}") for each in _HOURS if each != hour]
    return (
        tuple(hours),
        *in_rows([Button(label=buttons.quiet(key), data=f"rq:{key}") for key in QUIET], 1),
        (Button(label=buttons.SUBSCRIPTIONS, data=SUBSCRIPTIONS),),
        (Button(label=buttons.MY_DATA, data=MY_DATA), Button(label=buttons.ERASE, data=ERASE)),
    )


def confirm_erasing() -> Rows:
    """Yes or no."""
    return ((Button(label=buttons.CONFIRM_ERASING, data="er:oui"), Button(label=buttons.CANCEL, data="er:non")),)


def _rhythms(number: int, frequency: Frequency) -> tuple[Button, ...]:
    return tuple(
        Button(label=rhythm.short(each).capitalize(), data=f"fr:{number}.{letter}")
        for each, letter in LETTERS.items()
        if each is not frequency
    )
