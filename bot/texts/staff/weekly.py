"""The weekly note to staff. A count of less than ten people is not told: somebody might be recognised in it."""

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, quoted, shortened
from bot.texts.staff.questioning import KINDS
from knowledge.catalogue import Catalogue
from knowledge.matching.meaning import Outcome
from scheduler.outbox import State
from scheduler.weekly import WeekFacts

FEWEST = 10
_FEW = f"moins de {FEWEST}"
_MOST_KINDS = 5
_LONGEST_SHOWN = 120
_ANSWERED = (Outcome.ANSWER, Outcome.LIST, Outcome.COUNT, Outcome.FACT)
_STATES = {
    State.SENT: "arrivés",
    State.PENDING: "en attente",
    State.SENDING: "en cours",
    State.FAILED: "refusés",
    State.UNCERTAIN: "incertains",
    State.CANCELLED: "annulés",
}


def note(facts: WeekFacts, catalogue: Catalogue) -> tuple[str, ...]:
    """What was asked, what was missed, who follows, what was sent."""
    first, last = in_french(facts.first.isoformat()), in_french(facts.last.isoformat())
    return pack(
        [
            bold(f"Note de la semaine, du {first} au {last}"),
            _asked(facts),
            _missed(facts),
            _groups(facts),
            _enquiries(facts),
            _followers(facts, catalogue),
            _deliveries(facts),
            f"Les nombres de moins de {FEWEST} ne sont pas montrés. Le détail : /questions et /agent.",
        ]
    )


def few(count: int) -> str:
    """A count, unless it is small."""
    if count == 0:
        return "aucun"
    return _FEW if count < FEWEST else str(count)


def _asked(facts: WeekFacts) -> str:
    outcomes = facts.asked.outcomes
    # Greetings and calls for help are not questions.
    total = outcomes.total() - outcomes[Outcome.MENU]
    answered = sum(outcomes[each] for each in _ANSWERED)
    return f"Questions posées : {few(total)}. Répondues tout de suite : {_share(answered, total)}."


def _share(part: int, whole: int) -> str:
    """A share that lets nobody count the few on either side of it."""
    if whole < FEWEST:
        return "part non montrée"
    if part < FEWEST:
        return "presque aucune" if part else "aucune"
    if whole - part < FEWEST:
        return "presque toutes" if part < whole else "toutes"
    return f"{round(100 * part / whole)} %"


def _missed(facts: WeekFacts) -> str:
    missed = [(kind, count) for kind, count in facts.asked.misses.most_common() if count]
    if not missed:
        return ""
    lines = [f"– {KINDS.get(kind, kind)} : {few(count)}" for kind, count in missed[:_MOST_KINDS]]
    return "Sans réponse ou mal comprises :\n" + "\n".join(lines)


def _groups(facts: WeekFacts) -> str:
    if not facts.groups:
        return ""
    lines = [f"– {quoted(shortened(text, _LONGEST_SHOWN))} : {few(count)}" for count, text in facts.groups]
    return "Les plus demandées, parmi celles gardées avec accord :\n" + "\n".join(lines)


def _enquiries(facts: WeekFacts) -> str:
    its = facts.enquiries
    if not its:
        return ""
    return (
        f"Questions envoyées aux agents : {few(its['sent'])} ; répondues : {few(its['answered'])} ;"
        f" effacées sans réponse : {few(its['unanswered'])}."
    )


def _followers(facts: WeekFacts, catalogue: Catalogue) -> str:
    lines = [
        f"– Orientation {each.id[1:]} ({escape(shortened(each.title, 50))}) : {few(facts.followers.get(each.id, 0))}"
        for each in catalogue.orientations
    ]
    return f"Personnes abonnées : {few(facts.subscribers)}.\n" + "\n".join(lines)


def _deliveries(facts: WeekFacts) -> str:
    told = [f"{name} : {few(facts.deliveries[state])}" for state, name in _STATES.items() if facts.deliveries[state]]
    said = f"Envois : {', '.join(told)}." if told else "Envois : aucun."
    # Not people: how many sendings are held back may be told.
    return f"{said} Envois suspendus maintenant : {facts.held or 'aucun'}."
