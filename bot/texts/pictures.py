"""Words on pictures and under them; what is drawn has no markup."""

from collections.abc import Sequence
from datetime import date

from bot.texts import statuses
from bot.texts.counts import known_today
from bot.texts.dates import in_french
from bot.texts.lists import numbered
from bot.texts.markup import NBSP, bold, escape, shortened, typeset
from knowledge.catalogue import Catalogue
from knowledge.changes import Field
from knowledge.models import Deliberation, Document, DueDate, Milestone, Status
from scheduler.facts import Frequency, NetChange

MONTHS = ("?", "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
VOTE = "délibération du conseil métropolitain"
STEP = "étape publiée depuis le bilan"
_LONGEST_TITLE, _LONGEST_STEP, _LONGEST_LINE = 90, 80, 140
_FULL_MONTHS = (
    "mois inconnu,janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre".split(",")
)


def dated(document: Document, today: date) -> str:
    """As of when a picture is true."""
    return typeset(f"D'après le bilan du {in_french(document.date)} et les mises à jour jusqu'au {_day(today)}")


def source(document: Document) -> str:
    """The last line of a picture."""
    return typeset(f"Source : « {document.title} », {document.publisher}, {in_french(document.date)}")


def in_its_place(description: str) -> str:
    """Where no picture can be shown."""
    return typeset(f"[image : {description}]")


def report_title(total: int) -> str:
    """Head of the first picture."""
    return f"Où en sont les {numbered(total)}"


def said_by_report(document: Document) -> str:
    """Head of the report's own figures."""
    return f"Ce que dit le bilan du {in_french(document.date)}"


def known_on(today: date) -> str:
    """Head of what is known."""
    return f"Ce que l'on sait au {_day(today)}"


def by_orientation() -> str:
    """Head of the bars of the orientations."""
    return "Ce que l'on sait, par orientation"


def bar(label: str, total: int, shares: Sequence[str]) -> str:
    """A bar, described."""
    return typeset(f"{label} ({numbered(total)}) : {', '.join(shares)}")


def all_of(total: int, shares: Sequence[str]) -> str:
    """The bar of them all."""
    return typeset(f"{numbered(total)} : {', '.join(shares)}")


def orientation(number: str, title: str) -> str:
    """The bar of an orientation."""
    return typeset(f"{number}. {title}")


def of_status(status: Status | None, count: int) -> str:
    """The words of a share, after its figure."""
    return statuses.counted(status, count).partition(" ")[2]


def unreadable(document: Document) -> str:
    """What has to be known to read the bars."""
    return typeset(
        f"Statut non lisible : l'icône du statut n'apparaît pas dans la version texte du bilan du"
        f" {in_french(document.date)}. Cela ne veut pas dire que rien n'est fait."
    )


def report_caption(total: int, counted: Sequence[tuple[Status, int]], catalogue: Catalogue) -> str:
    """Under the first picture, or in its place."""
    day = in_french(catalogue.document.date)
    (first, many), *others = counted
    rest = " et ".join(statuses.counted(status, count) for status, count in others)
    return typeset(
        f"{bold(report_title(total))}\n\nLe bilan du {day} compte {numbered(many)} {of_status(first, many)}, {rest}."
        f"\n\n{known_today(catalogue.commitments, day)}"
    )


def timeline_title() -> str:
    """Head of the timeline."""
    return "Délibérations et étapes, par mois"


def timeline_source(document: Document) -> str:
    """The last line of the timeline: most steps have a page of their own."""
    return typeset(f"Sources : bilan du {in_french(document.date)} et pages publiques citées sur chaque fiche")


def year_total(events: int) -> str:
    """Under a year: how many events."""
    return f"{events} en tout" if events else "–"


def timeline_note() -> str:
    """What has to be known to read the timeline."""
    return (
        "Un chiffre dit combien il y en a ce mois-là ; une délibération compte pour chaque engagement qu'elle concerne."
        " Seul ce qui a été publié et noté figure ici."
    )


def timeline_caption(counted: Sequence[tuple[str, int, int]]) -> str:
    """Under the timeline, or in its place: each year in words."""
    lines = "\n".join(f"– {year} : {_events(votes, steps)}" for year, votes, steps in counted)
    return typeset(f"{bold(timeline_title())}\n\n{lines}\n\nLe détail, date par date, suit en texte.")


def year(name: str, months: Sequence[str]) -> str:
    """A year of the timeline, described."""
    return typeset(f"{name} : {' ; '.join(months) or 'rien de noté'}")


def month(number: int, votes: int, steps: int) -> str:
    """A month of the timeline, described."""
    return f"{_FULL_MONTHS[number]}, {_events(votes, steps)}"


def timeline_list() -> str:
    """Head of the timeline's twin."""
    return bold("Date par date")


def event(day: str, title: str, *, vote: bool) -> str:
    """A line of the timeline's twin."""
    return f"– {in_french(day)}, {'délibération' if vote else 'étape'} : {escape(shortened(title, _LONGEST_TITLE))}"


def moves_title() -> str:
    """Head of what moved."""
    return "Ce qui a bougé"


def moves_dated(frequency: Frequency, day: date, count: int) -> str:
    """Which digest it is and how many commitments changed."""
    name = {Frequency.DAY: "du jour", Frequency.WEEK: "de la semaine", Frequency.MONTH: "du mois"}.get(frequency, "")
    return typeset(f"Votre résumé {name}, {_day(day)} : {numbered(count)} parmi ceux que vous suivez")


def moves_source() -> str:
    """The last line of what moved: each change has its own source, on its card."""
    return "Source de chaque changement : sur la fiche de l'engagement"


def place(number: str) -> str:
    """Where a commitment stands."""
    return f"Orientation {number}"


def title(text: str) -> str:
    """A commitment's title, short enough for two lines."""
    return shortened(text, _LONGEST_TITLE)


def moved(name: str, said: Sequence[str]) -> str:
    """A commitment and what changed of it, described."""
    return typeset(f"{name} : {' ; '.join(said)}")


def move(its: NetChange) -> str:
    """One change, short."""
    return typeset(f"{'correction, ' if its.correction else ''}{_move(its)}")


def more_moves(count: int) -> str:
    """Changes of one commitment that have no room."""
    return f"et {count} autre{'s' if count > 1 else ''} changement{'s' if count > 1 else ''}"


def more_commitments(count: int) -> str:
    """Commitments that have no room."""
    return f"et {numbered(count)} de plus, dans le texte du résumé" if count else ""


def moves_caption(title: str, day: str, lines: Sequence[str]) -> str:
    """Under what moved, or in its place; ``lines`` as plain words."""
    shown = (f"– {escape(shortened(line, _LONGEST_LINE))}" for line in lines)
    return typeset("\n".join([bold(title), escape(day), "", *shown]))


def moves_gone() -> str:
    """The delivery that a button means is no longer kept."""
    return typeset(
        "Je ne peux plus dessiner ce résumé : je ne garde le détail d'un envoi que 30 jours."
        " Son texte reste lisible ci-dessus ; /bilan dit où en est l'ensemble."
    )


def _move(its: NetChange) -> str:
    gone = its.new is None
    match its.field, its.old if gone else its.new:
        case Field.STATUS, _:
            return f"statut : {_word(its.old)} → {_word(its.new)}"
        case Field.DELIBERATION, Deliberation() as vote:
            return f"délibération{' retirée' if gone else ''}, {in_french(vote.date)}"
        case Field.MILESTONE, Milestone() as step:
            said = shortened(step.summary, _LONGEST_STEP)
            return f"étape{' retirée' if gone else ''}, {in_french(step.date)} : {said}"
        case Field.OVERDUE, DueDate(label=label):
            return f"échéance {'qui n’est plus ' if gone else ''}dépassée : «\u00a0{label}\u00a0»"
        case _:
            old, new = _labels(its.old), _labels(its.new)
            return (
                f"échéance : {old} → {new}"
                if old and new
                else f"échéance {'fixée' if new else 'retirée'} : {new or old}"
            )


def _labels(value: object) -> str:
    each = value if isinstance(value, tuple) else ()
    return ", ".join(f"«\u00a0{due.label}\u00a0»" for due in each if isinstance(due, DueDate))


def _word(value: object) -> str:
    return statuses.WORDS[value] if isinstance(value, Status) else "non lisible"


def _events(votes: int, steps: int) -> str:
    parts = [f"{votes} délibération{'s' if votes > 1 else ''}"] if votes else []
    parts += [f"{steps} étape{'s' if steps > 1 else ''}"] if steps else []
    return " et ".join(parts) or "rien de noté"


def _day(day: date) -> str:
    """A date that no line end cuts."""
    return in_french(day.isoformat()).replace(" ", NBSP)
