"""What has changed, told: a line for each commitment, the reason it is sent, head and closing words of a push."""

from collections.abc import Sequence
from datetime import date

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, link, quoted, sentence, shortened
from bot.texts.statuses import UNKNOWN, WORDS
from knowledge.changes import Field
from knowledge.models import Deliberation, DueDate, Milestone, Status
from knowledge.overdue import put_off
from scheduler.facts import Frequency, NetChange

_LONGEST_WORDS = 300
_MOST_NAMES = 4


def change(its: NetChange, *, slips: int = 0) -> str:
    """One change in words, its date and its page; no full stop.

    Args:
        slips: How often the due date of the commitment was put off, in all.
    """
    if its.correction:
        return f"correction, {_corrected(its)}"
    return f"{_told(its, slips)}{when_and_where(its)}"


def one_line(title: str, changes: Sequence[str]) -> str:
    """One commitment and all that changed of it."""
    return f"– {bold(title)} : {' ; '.join(changes)}."


def and_others(count: int) -> str:
    """What does not fit in a line."""
    return f"et {count} autre{'s' if count > 1 else ''} changement{'s' if count > 1 else ''} (voir la fiche)"


def state(title: str, status: str) -> str:
    """One commitment as it is today."""
    return f"– {escape(title)} : {status}"


def states_head() -> str:
    """Before the states of a monthly digest."""
    return bold("Où en est ce que vous suivez")


def orientation(number: str, title: str) -> str:
    """Head of a group."""
    return f"Orientation {number} : {escape(title)}"


def digest_head(frequency: Frequency, day: date, count: int) -> str:
    """First line of a digest; ``count`` commitments have changed."""
    name = {
        Frequency.DAY: "Votre résumé du jour",
        Frequency.WEEK: "Votre résumé de la semaine",
        Frequency.MONTH: "Votre résumé du mois",
        Frequency.IMMEDIATE: "Du nouveau",
    }[frequency]
    what = {0: "aucun changement", 1: "1 engagement a changé"}.get(count, f"{count} engagements ont changé")
    return f"{bold(f'{name}, {in_french(day.isoformat())}')}\n{what[:1].upper()}{what[1:]}."


def change_head() -> str:
    """First line of what is told at once."""
    return bold("Du nouveau dans ce que vous suivez")


def correction_head() -> str:
    """First line of a correction."""
    return bold("Correction : je vous avais dit autre chose")


def because(names: Sequence[str]) -> str:
    """Why it is sent; ``names`` as HTML, most important first."""
    shown, others = list(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    if others > 0:
        shown.append(f"{others} autre{'s' if others > 1 else ''} abonnement{'s' if others > 1 else ''}")
    said = f"{', '.join(shown[:-1])} et {shown[-1]}" if len(shown) > 1 else shown[0]
    return f"Vous recevez ceci parce que vous suivez {said}."


def checked_long_ago(day: str) -> str:
    """Nothing that a digest covers was checked for a year."""
    return f"À noter : rien de ce que vous suivez n'a été vérifié depuis le {in_french(day)}."


def _told(its: NetChange, slips: int) -> str:
    gone = its.new is None
    match its.field, its.old if gone else its.new:
        case Field.STATUS, _ if its.old == its.new:
            return f"statut {_status(its.new)}, source précisée"
        case Field.STATUS, _:
            return f"statut {_status(its.old)}, qui devient {bold(_word(its.new))}"
        case Field.DELIBERATION, Deliberation() as vote:
            return f"{'délibération retirée' if gone else 'délibération du conseil métropolitain'}, {_vote(vote)}"
        case Field.MILESTONE, Milestone() as step:
            return f"{'étape retirée' if gone else 'étape'} {_of(step.date)}{_step(step)}"
        case Field.OVERDUE, DueDate(label=label):
            return f"échéance {'qui n’est plus ' if gone else ''}dépassée ({quoted(_short(label))})"
        case _:
            return _due(its, slips)


def _corrected(its: NetChange) -> str:
    gone = its.new is None
    match its.field, its.old if gone else its.new:
        case Field.STATUS, _:
            return f"le statut n'est pas {_status(its.old)} ; il est {bold(_word(its.new))}"
        case Field.DELIBERATION, Deliberation() as vote:
            return f"la délibération {_of(vote.date)}{_vote(vote)} {'est retirée' if gone else 'est bien notée'}"
        case Field.MILESTONE, Milestone() as step:
            return f"{'cette étape est retirée' if gone else 'cette étape est bien notée'}, {_step(step)}"
        case Field.OVERDUE, DueDate(label=label):
            return f"l'échéance {quoted(_short(label))} {'n’est pas dépassée' if gone else 'est bien dépassée'}"
        case _:
            return _due(its)


def _due(its: NetChange, slips: int = 0) -> str:
    old, new = _dues(its.old), _dues(its.new)
    if not new:
        return f"échéance {_labels(old)} retirée"
    if not old:
        return f"échéance fixée : {_labels(new)}"
    verb = "changée" if its.correction or not put_off(old, new) else f"repoussée{f' ({slips} fois)' if slips else ''}"
    return f"échéance {verb} : {_labels(old)} devient {_labels(new)}"


def _dues(value: object) -> tuple[DueDate, ...]:
    return tuple(each for each in value if isinstance(each, DueDate)) if isinstance(value, tuple) else ()


def _labels(dues: Sequence[DueDate]) -> str:
    return ", ".join(quoted(_short(due.label)) for due in dues)


def _of(iso: str) -> str:
    """« du » before a day, « de » or « d'» before a month or a year."""
    if len(iso) > len("2022-06"):
        return "du "
    return "d'" if in_french(iso)[0] in "ao" else "de "


def _vote(vote: Deliberation) -> str:
    day = in_french(vote.date)
    shown = link(day, vote.url) if vote.url else escape(day)
    return shown if vote.label.casefold() == day.casefold() else f"{shown} ({escape(_short(vote.label))})"


def _step(step: Milestone) -> str:
    said = sentence(_short(step.summary)).removesuffix(".")
    return f"{in_french(step.date)} : {escape(said)} ({link('voir la page', step.source_url)})"


def when_and_where(its: NetChange) -> str:
    """When it happened and on what page it rests, in brackets; empty for what says it itself, or says neither."""
    if its.field in (Field.DELIBERATION, Field.MILESTONE):
        return ""
    when = in_french(its.event_date) if its.event_date else ""
    where = link("la source", its.url) if its.url else ""
    said = ", ".join(part for part in (when, where) if part)
    return f" ({said})" if said else ""


def _status(value: object) -> str:
    return quoted(_word(value))


def _word(value: object) -> str:
    return WORDS[value] if isinstance(value, Status) else UNKNOWN


def _short(text: str) -> str:
    return shortened(text, _LONGEST_WORDS)
