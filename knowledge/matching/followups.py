"""What a short message means after another one: « et la délibération ? », « le deuxième », « et à Rezé ? »."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.matching.aspects import aspect_of, only_aspect, refers_back
from knowledge.matching.decision import Verdict
from knowledge.matching.filter_words import Reading
from knowledge.matching.filters import FILED, NO_FILTER, Filter, pinned
from knowledge.matching.meaning import MOST_OFFERED, Aspect, Meaning, Outcome
from knowledge.matching.wording import content_words, words
from knowledge.models import Refusal, TagKind

Tally = Callable[[Filter], Meaning]
Find = Callable[[Filter], tuple[str, ...]]

KEPT = timedelta(minutes=30)

_RANKS = {
    "premier": 1, "premiere": 1, "1er": 1, "1ere": 1, "1re": 1, "first": 1,
    "deuxieme": 2, "second": 2, "seconde": 2, "2e": 2, "2eme": 2,
    "troisieme": 3, "3e": 3, "3eme": 3, "third": 3,
    "quatrieme": 4, "4e": 4, "4eme": 4, "fourth": 4,
    "cinquieme": 5, "5e": 5, "5eme": 5, "fifth": 5,
    "dernier": -1, "derniere": -1, "last": -1,
}  # fmt: skip
_RANK = re.compile(
    rf"\b(?:le |la |l |du |au |the |numero |n |no |choix |^)(?:({'|'.join(_RANKS)})|"
    rf"(\d{{1,2}}))(?: (?:de la liste|one|choix))?\b"
    r"(?! (?:orientations?|axes?|volets?|commentaires?|annees?|ans?|trimestre|semestre|mois|fois|engagements?|"
    r"projets?))"
)
_MOST_WORDS_OF_A_RANK = 6
_OTHERS = re.compile(
    r"^(?:et |ou )*(?:les |d |quels |des |sont |l )*(?:autres?|reste|others?|suivants?)(?: (?:engagements|"
    r"projets|actions))?$"
)
_OTHER_ORIENTATION = re.compile(
    rf"^(?:et |ou |plutot )*(?:dans |pour |sur |de )*(?:la |(?<=et ))(?:([1-5])|({'|'.join(_RANKS)}))$"
)
_CONTINUES = frozenset(
    """et and ou sinon plutot seulement parmi uniquement ceux celles celui lesquels lesquelles dont mais only juste
    garde gardez garder filtre filtrez enleve pareil meme idem slmt ones one ca fait cest""".split()
)
_DEFINES = re.compile(r"\b(?:c est quoi|cest quoi|c koi|c quoi|veut dire|definition)\b(?: \S+)*? (?:une?|le mot)\b")
_SHORT = 9
_FEW = 5
_TWO = 2
_A_FACT = 0.6
_ANOTHER = 0.3
_PERHAPS = 0.2
_A_FIGURE = -0.15
_ASKS_MORE = re.compile(
    r"^(?:et |mais |c est |ca |il y en aura |y a )*(?:(?:a |par |avec |pour |de )?qui|pourquoi|comment|combien|"
    r"cb|dans quel\w*|lequel|"
    r"laquelle)(?: \S+){0,3}$"
)
_ASKS_OF_IT = re.compile(
    r"^(?:et |mais )*"
    r"(?:combien (?:de |d )?\S+ (?:dedans|prevue?s?)|(?:confie )?(?:a|par|avec|pour) qui|pourquoi|dans quel\w*)"
    r"(?: \S+){0,6}$"
)
# What one begins with to go on about a list, rather than to change the subject.
_NARROWS = frozenset(
    "et and pour dans a en seulement ds chez avec sur ceux celles uniquement parmi dont que les".split()
)
_LIKELY = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What was last said in a chat; in memory only, good for thirty minutes.

    Attributes:
        offered: The commitments last shown, in the order shown.
        current: The one commitment last answered, or the likeliest of those last offered.
        filters: Those of the last list or count.
        question: The last question that named its topic.
    """

    at: datetime
    outcome: Outcome
    offered: tuple[str, ...] = ()
    current: str | None = None
    filters: Filter = NO_FILTER
    question: str = ""

    def alive(self, now: datetime) -> bool:
        """Whether it is recent enough to be meant."""
        return timedelta(0) <= now - self.at <= KEPT

    def after(self, meaning: Meaning, message: str, now: datetime) -> "Context":
        """The context once this message has been answered."""
        if meaning.outcome in (Outcome.REFUSAL, Outcome.MENU):
            return replace(self, at=now)
        # Asked back, people often go on about the likeliest without choosing.
        is_one = meaning.outcome is Outcome.ANSWER or (meaning.outcome is Outcome.CHOICES and meaning.score >= _LIKELY)
        return Context(
            at=now,
            outcome=meaning.outcome,
            offered=meaning.commitments,
            current=meaning.commitments[0] if is_one else None,
            filters=meaning.filters,
            question=self.question if is_one and self.current == meaning.commitments[0] else message,
        )


def follow(message: str, reading: Reading, context: Context, find: Find, tally: Tally) -> Meaning | None:
    """What a message means as the continuation of a chat; None when it stands on its own."""
    joined = " ".join(words(message))
    if chosen := _ranked(joined, context):
        return Meaning(outcome=Outcome.ANSWER, commitments=(chosen, *_except(context.offered, chosen)))
    if _OTHERS.match(joined) and context.current and len(context.offered) > 1:
        others = _except(context.offered, context.current)
        return Meaning(outcome=Outcome.ANSWER if len(others) == 1 else Outcome.CHOICES, commitments=others)
    defines = _DEFINES.search(joined) is not None
    if context.current and not defines and (aspect := only_aspect(message)) and not _named(reading):
        return _answer(context, aspect)
    wanted = _completed(joined, reading.filters, context)
    left = [word for word in reading.left if word not in _CONTINUES and not (wanted.orientation and word in _RANKS)]
    of_several = context.outcome in (Outcome.LIST, Outcome.COUNT) or bool(context.filters)
    if of_several and not wanted and not left and (reading.asks_list or reading.asks_count):
        return _again(reading, context, find, tally)
    if wanted and not left and _continues(joined, reading, context):
        return _refine(replace(reading, filters=wanted), context, find, tally)
    return None


def stay(
    message: str, reading: Reading, verdict: Verdict, context: Context, printed: Callable[[str], bool]
) -> Meaning | None:
    """A short message that names no other commitment and fits the one just answered is still about that one.

    Args:
        printed: Whether the current commitment's own texts hold a word.
    """
    if context.current is None or _of_all(message, reading) or len(words(message)) > _SHORT:
        return None
    topic = [word for word in content_words(message) if not refers_back(word) and word not in _CONTINUES]
    if topic:
        # Most of what is asked must be in what was just answered: one word in common is chance.
        is_about_it = sum(map(printed, topic)) * 2 >= len(topic) and verdict.sure < _ANOTHER
        likeliest = context.current == verdict.ranked[0] and verdict.sure >= _PERHAPS
        asks_of_it = _ASKS_OF_IT.match(" ".join(words(message))) is not None or _counts_in_it(reading, verdict)
        asks_of_it = asks_of_it and verdict.sure < _ANOTHER
        if not (is_about_it or likeliest or asks_of_it):
            return None
    elif verdict.kinds["fact"] >= _A_FACT or not _asks_more(message, reading):
        return None
    return _answer(context, aspect_of(message) or Aspect.CONTENT)


def still(message: str, meaning: Meaning, context: Context) -> Meaning | None:
    """A few words that say nothing by themselves, right after a card, ask for more of it: « dis m'en plus »."""
    if context.current is None or meaning.reason is not Refusal.VAGUE or len(words(message)) < _TWO:
        return None
    return _answer(context, aspect_of(message) or Aspect.CONTENT)


def _counts_in_it(reading: Reading, verdict: Verdict) -> bool:
    """« combien de places au final ? »: a figure of one thing, that no figure about the convention answers."""
    return reading.asks_count and len(reading.left) <= 1 and not reading.filters and verdict.fact_fit < _A_FIGURE


def _of_all(message: str, reading: Reading) -> bool:
    """Whether a list or a figure is asked over all the commitments, not of what one of them holds."""
    if not reading.names_commitments:
        return False
    names_them = any(word.startswith("engage") for word in words(message)) and "dedans" not in words(message)
    return reading.asks_list or (reading.asks_count and (names_them or bool(reading.filters)))


def _asks_more(message: str, reading: Reading) -> bool:
    """« et combien ? », « par qui ? »: words that ask, and no topic of their own."""
    return reading.asks_count or _ASKS_MORE.match(" ".join(words(message))) is not None


def goes_on(message: str, context: Context) -> bool:
    """Whether a few words go on about the fact just told: « et par téléphone ? »."""
    tokens = words(message)
    return context.outcome is Outcome.FACT and len(tokens) <= _FEW and tokens[0] in _CONTINUES and "sinon" not in tokens


def _completed(joined: str, wanted: Filter, context: Context) -> Filter:
    """What is left unsaid: « et dans la 4 ? » after an orientation, « et décembre 2021 » after a vote."""
    if context.filters.orientation and (found := _OTHER_ORIENTATION.match(joined)):
        rank = int(found.group(1)) if found.group(1) else _RANKS[found.group(2)]
        if 1 <= rank <= 5:
            return replace(wanted, orientation=f"o{rank}")
    if context.filters.voted and wanted.due and wanted.due[0].isdigit() and wanted.voted is None:
        return replace(wanted, voted=wanted.due, due=None)
    return wanted


def _ranked(joined: str, context: Context) -> str | None:
    """« le deuxième » of what was offered, when several were."""
    found = _RANK.search(joined)
    if not found or len(context.offered) < 2 or joined.count(" ") >= _MOST_WORDS_OF_A_RANK:
        return None
    if context.filters.orientation and _OTHER_ORIENTATION.match(joined):
        return None
    rank = _RANKS[found.group(1)] if found.group(1) else int(found.group(2))
    place = rank - 1 if rank > 0 else len(context.offered) - 1
    return context.offered[place] if 0 <= place < len(context.offered) else None


def _named(reading: Reading) -> bool:
    """Whether the message brings a filter that an aspect does not explain (a place, a theme…)."""
    wanted = reading.filters
    named = any(tag.kind not in FILED for tag in wanted.tags)
    if wanted.voted == "":
        return bool(wanted.orientation or wanted.kind or wanted.due)
    return bool(named or wanted.voted or wanted.orientation or wanted.kind or wanted.due) or reading.asks_list


def _continues(joined: str, reading: Reading, context: Context) -> bool:
    first = joined.split(" ", 1)[0]
    if "sinon" in joined.split() or (reading.names_commitments and first not in _CONTINUES):
        return False
    of_several = context.outcome in (Outcome.LIST, Outcome.COUNT) or bool(context.filters)
    if not pinned(reading.filters) and joined.count(" ") >= _FEW:
        return False
    if of_several and not (reading.asks_list and reading.names_commitments):
        return first in _NARROWS | _CONTINUES or pinned(reading.filters) > 0 or reading.asks_list or reading.asks_count
    if context.outcome is Outcome.ANSWER and not pinned(reading.filters):
        # « et à Rezé ? » narrows what was answered; « et le télétravail ? » is another question.
        return first in _CONTINUES and all(tag.kind not in FILED for tag in reading.filters.tags)
    return joined.split(" ", 1)[0] in _CONTINUES and not reading.names_commitments


def _again(reading: Reading, context: Context, find: Find, tally: Tally) -> Meaning:
    """« lesquels ? » after a figure, « ça fait combien ? » after a list."""
    if reading.asks_count:
        return tally(context.filters)
    return Meaning(outcome=Outcome.LIST, commitments=find(context.filters), filters=context.filters)


def _refine(reading: Reading, context: Context, find: Find, tally: Tally) -> Meaning | None:
    wanted = reading.filters
    if context.outcome in (Outcome.LIST, Outcome.COUNT) or context.filters:
        # A place after a place replaces it; a status after a place is added to it.
        merged = wanted.over(context.filters)
        if reading.asks_count or (context.outcome is Outcome.COUNT and not reading.asks_list):
            return tally(merged)
        return Meaning(outcome=Outcome.LIST, commitments=find(merged), filters=merged)
    if context.current and all(context.current in tag.commitments for tag in wanted.tags):
        return _answer(context, Aspect.CONTENT)
    if context.offered and any(tag.kind is TagKind.PLACE for tag in wanted.tags):
        narrowed = tuple(i for i in context.offered if all(i in tag.commitments for tag in wanted.tags))
        if len(narrowed) == 1:
            return Meaning(outcome=Outcome.ANSWER, commitments=narrowed)
    found = find(wanted)
    return Meaning(outcome=Outcome.LIST, commitments=found, filters=wanted)


def _answer(context: Context, aspect: Aspect) -> Meaning:
    current = context.current or context.offered[0]
    others = _except(context.offered, current)
    return Meaning(outcome=Outcome.ANSWER, commitments=(current, *others), aspect=aspect)


def _except(ids: tuple[str, ...], left_out: str) -> tuple[str, ...]:
    return tuple(i for i in ids if i != left_out)[: MOST_OFFERED - 1]
