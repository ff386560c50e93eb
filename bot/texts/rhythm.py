"""When somebody is written to, in words: frequencies, hours, quiet hours."""

from collections.abc import Iterable

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def rhythm(frequency: str, hour: int) -> str:
    """« chaque semaine, le mardi à 9 h »."""
    return {
        "immediate": "tout de suite",
        "day": f"chaque jour à {hour} h",
        "week": f"chaque semaine, le mardi à {hour} h",
        "month": f"chaque mois, le 1er à {hour} h",
    }[frequency]


def short(frequency: str) -> str:
    """« chaque semaine », for buttons and lists."""
    return {
        "immediate": "tout de suite",
        "day": "chaque jour",
        "week": "chaque semaine",
        "month": "chaque mois",
    }[frequency]


def condition(key: str) -> str:
    """When a change is told, as a sentence without its full stop."""
    return {
        "any": "À chaque changement",
        "done": "Seulement quand c'est réalisé",
        "late": "Seulement en cas de retard",
    }[key]


def quiet(start: str | None, end: str | None, days: Iterable[int]) -> str:
    """« de 20 h à 8 h, et le dimanche »; « aucun » when there is none.

    Args:
        start: ``20:00``.
        end: ``08:00``.
        days: 0 is Monday.
    """
    whole = [f"le {_DAYS[day]}" for day in sorted(days)]
    hours = [f"de {_clock(start)} à {_clock(end)}"] if start and end else []
    return ", et ".join([*hours, *([" et ".join(whole)] if whole else [])]) or "aucun"


def _clock(text: str) -> str:
    hour, _, minute = text.partition(":")
    return f"{int(hour)} h" if minute in ("", "00") else f"{int(hour)} h {minute}"
