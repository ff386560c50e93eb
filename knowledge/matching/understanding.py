"""From a message to its meaning: rules for what is said outright, one calibrated decision for the rest."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import islice

from knowledge.catalogue import Catalogue
from knowledge.matching.aspects import aspect_of
from knowledge.matching.counts import count, introduction, tally
from knowledge.matching.courtesies import courtesy
from knowledge.matching.decision import Judge, Verdict
from knowledge.matching.filter_words import FilterReader, Reading
from knowledge.matching.filters import Filter, Shelf, apt, in_print, pinned, sets_apart
from knowledge.matching.followups import Context, follow, goes_on, stay, still
from knowledge.matching.guards import danger, printable, reason, unreadable
from knowledge.matching.meaning import MOST_OFFERED, Meaning, Outcome
from knowledge.matching.naming import named
from knowledge.matching.taught import Taught
from knowledge.matching.wording import content_words, words
from knowledge.models import Refusal, TagKind

_LIST_LIKELY = 0.5
_LIST_POSSIBLE = 0.15
_LIST_NOT_EXCLUDED = 0.03
_SURELY_PINNED = 2
_FEW = 3
_FACT_LIKELY = 0.4
_FACT_SURE = 0.8
_FACT_FITS = 0.5
_RELATED_AMONG = 8
_SHORT = 8

# What staff taught may change these freely; the others only a little, unless it is the very thing that was taught.
_DOUBTFUL = (Outcome.REFUSAL, Outcome.CHOICES)

_DEFINES = re.compile(
    r"\b(?:veut|veux|veu|ve) (?:dire|dir)\b|\bsignifie|\bdefinition|\bc est quoi\b|\bc (?:koi|quoi)\b|\bmean"
)


class Understanding:
    """Understands messages about one catalogue."""

    def __init__(self, catalogue: Catalogue, judge: Judge, taught: Taught) -> None:
        self._catalogue = catalogue
        self._judge = judge
        self._taught = taught
        self._shelf = Shelf(catalogue)
        self._reader = FilterReader(catalogue, self._shelf)

    def understand(self, message: str, context: Context | None, now: datetime) -> tuple[Meaning, Context]:
        """What a message means, after what was last said, and the context for the next one."""
        text = printable(message)
        alive = context if context is not None and context.alive(now) else None
        meaning = self._meaning(text, alive)
        if alive is None:
            alive = Context(at=now, outcome=meaning.outcome)
        return meaning, alive.after(meaning, text, now)

    def ranked(self, message: str) -> tuple[str, ...]:
        """Every commitment, the likeliest first."""
        return self._verdict(printable(message)).ranked

    def _meaning(self, text: str, context: Context | None) -> Meaning:
        if refused := unreadable(text):
            return refused
        if called := named(text, self._catalogue):
            return called
        reading = self._reader.read(text)
        if context and (followed := follow(text, reading, context, self._shelf.find, self._tally)):
            return followed
        verdict = self._judge.judge(text)
        if alarm := danger(verdict):
            return alarm
        meaning = self._weighed(text, reading, verdict, context)
        pull = self._taught.pull(text)
        if pull is None:
            return meaning
        if pull.is_same:
            return self._as_taught(text, pull.about[0], self._judge.judge(text, pull))
        doubtful = _DOUBTFUL if pull.strength < 1 else (*_DOUBTFUL, Outcome.ANSWER, Outcome.FACT)
        verdict = self._judge.judge(text, pull if meaning.outcome in doubtful else pull.against_sure())
        return self._weighed(text, reading, verdict, context)

    def _weighed(self, text: str, reading: Reading, verdict: Verdict, context: Context | None) -> Meaning:
        """What the scores say, with what was said before."""
        if polite := courtesy(text, verdict):
            return polite
        if context and (stayed := self._stayed(text, reading, verdict, context)):
            return stayed
        if broad := self._asks_back(text, reading, verdict):
            return broad
        if filtered := self._filtered(text, reading, verdict):
            return filtered
        meaning = self._decide(text, reading, verdict)
        if context and (_unclear(meaning) or goes_on(text, context)) and len(words(text)) <= _SHORT:
            return self._continued(text, context) or still(text, meaning, context) or meaning
        return meaning

    def _verdict(self, text: str) -> Verdict:
        return self._judge.judge(text, self._taught.pull(text))

    def _as_taught(self, text: str, about: str, verdict: Verdict) -> Meaning:
        """What staff said that this very question means."""
        room, _, name = about.partition(":")
        if room == "refusal":
            return Meaning(outcome=Outcome.REFUSAL, reason=Refusal(name), suggestions=verdict.ranked[:3])
        found = (name, *(each for each in self._related(verdict) if each != name))
        return Meaning(outcome=Outcome.ANSWER, commitments=found[:MOST_OFFERED], aspect=aspect_of(text))

    def _stayed(self, text: str, reading: Reading, verdict: Verdict, context: Context) -> Meaning | None:
        if self._other(verdict, context) or (reading.asks_list and reading.names_commitments):
            return None
        return stay(text, reading, verdict, context, self._of(context))

    def _tally(self, wanted: Filter) -> Meaning:
        return tally(wanted, self._catalogue, self._shelf)

    def _other(self, verdict: Verdict, context: Context) -> bool:
        """Whether a message surely names another commitment than the current one."""
        return self._sure(verdict) and verdict.ranked[0] != context.current

    def _sure(self, verdict: Verdict) -> bool:
        return verdict.sure >= self._judge.calibration.sure_above

    def _of(self, context: Context) -> Callable[[str], bool]:
        return lambda word: context.current is not None and self._shelf.prints_about(context.current, word)

    def _filtered(self, text: str, reading: Reading, verdict: Verdict) -> Meaning | None:
        """A list or a count, when the message asks for one in so many words."""
        if reading.asks_count and (
            counted := count(text, reading, self._wanted(reading), verdict, self._catalogue, self._shelf)
        ):
            return counted
        wanted, unread = self._wanted(reading)
        chance = verdict.kinds["list"]
        named = reading.names_commitments or reading.asks_list
        searched = reading.in_print and (named or chance >= _LIST_POSSIBLE)
        named = named or searched
        said = chance >= _LIST_LIKELY or (named and not unread and (chance >= _LIST_POSSIBLE or searched))
        plain = not reading.left and (named or sets_apart(wanted))
        plain = plain and (chance >= _LIST_NOT_EXCLUDED or sets_apart(wanted))
        firm = sets_apart(wanted) or (plain and pinned(wanted) > 0 and not _DEFINES.search(" ".join(words(text))))
        fact = verdict.kinds["fact"]
        a_fact = fact >= (_FACT_SURE if firm else _FACT_LIKELY) and chance < (_LIST_POSSIBLE if firm else _LIST_LIKELY)
        a_fact = a_fact or (verdict.fact_fit >= _FACT_FITS and fact > chance)
        a_fact = a_fact and not (wanted.orientation or searched or _names_place(wanted))
        a_fact = a_fact or (fact >= _FACT_LIKELY and not self._shelf.find(wanted))
        if a_fact:
            return None
        if pinned(wanted) < _SURELY_PINNED and not (said or plain):
            return None
        if reading.asks_count or not wanted:
            return None
        listed = self._list(wanted, verdict)
        if len(listed.commitments) == 1 and not (reading.asks_list or reading.names_commitments or reading.in_print):
            return replace(listed, outcome=Outcome.ANSWER, aspect=aspect_of(text))
        return listed

    def _list(self, wanted: Filter, verdict: Verdict) -> Meaning:
        return Meaning(
            outcome=Outcome.LIST,
            commitments=self._shelf.find(wanted),
            filters=wanted,
            fact=introduction(wanted, self._catalogue),
            score=verdict.kinds["list"],
        )

    def _wanted(self, reading: Reading) -> tuple[Filter, bool]:
        """The filter, with the words to look for in the report, and whether some word is nowhere in it.

        Where something else already filters, a word more would only narrow by chance.
        """
        if reading.filters and not reading.in_print:
            return apt(reading.filters, len(reading.left), self._shelf), any(
                self._shelf.printed(word) is None for word in reading.left
            )
        wanted, unread = in_print(reading.filters, reading.left, self._shelf)
        return apt(wanted, 0, self._shelf), unread

    def _decide(self, text: str, reading: Reading, verdict: Verdict) -> Meaning:
        """One commitment, several, a fact, or none."""
        limits = self._judge.calibration
        kinds = verdict.kinds
        if kinds["list"] >= _LIST_LIKELY and kinds["list"] > kinds["fact"] and reading.names_commitments:
            return self._list(Filter(), verdict)
        if kinds["fact"] > max(kinds["commitment"], kinds["refusal"]):
            related = self._speaking_of(text, reading, verdict)
            figure = self._catalogue.get_fact(verdict.facts[0]).number
            return Meaning(
                outcome=Outcome.FACT if figure is None or not reading.asks_count else Outcome.COUNT,
                fact=verdict.facts[0],
                commitments=related,
                number=figure,
                score=kinds["fact"],
            )
        if verdict.scope < limits.refuse_below:
            if len(reading.left) <= 1 and _names_place(reading.filters):
                return self._list(reading.filters, verdict)
            return Meaning(
                outcome=Outcome.REFUSAL,
                reason=reason(verdict),
                suggestions=verdict.ranked[:3],
                score=kinds["refusal"],
            )
        aspect = aspect_of(text)
        if self._sure(verdict):
            found = (verdict.ranked[0], *self._related(verdict))
            return Meaning(outcome=Outcome.ANSWER, commitments=found, score=verdict.sure, aspect=aspect)
        offered = verdict.ranked[:MOST_OFFERED]
        return Meaning(outcome=Outcome.CHOICES, commitments=offered, score=verdict.sure, aspect=aspect)

    def _speaking_of(self, text: str, reading: Reading, verdict: Verdict) -> tuple[str, ...]:
        """What to offer beside a fact asked in a word or two: the commitments that speak of it."""
        topic = content_words(text)
        if not 0 < len(topic) <= _FEW:
            return ()
        fitting = reading.fitting or frozenset()
        found = (i for i in verdict.ranked if i in fitting or all(self._shelf.prints_about(i, word) for word in topic))
        return tuple(islice(found, MOST_OFFERED))

    def _related(self, verdict: Verdict) -> tuple[str, ...]:
        """What to offer beside a sure answer: what came close, and what is filed under the same themes."""
        first = verdict.ranked[0]
        themes = [
            tag.commitments for tag in self._catalogue.tags if tag.kind is TagKind.THEME and first in tag.commitments
        ]
        beside = (i for i in verdict.ranked[1:_RELATED_AMONG] if i in verdict.near or any(i in t for t in themes))
        return tuple(islice(beside, MOST_OFFERED - 1))

    def _asks_back(self, text: str, reading: Reading, verdict: Verdict) -> Meaning | None:
        """Which of several is asked, when a theme is typed and nothing is asked of it."""
        asked = reading.names_commitments or reading.asks_list or reading.in_print or aspect_of(text)
        one_word = reading.runs == 1 and len(content_words(text)) == 1
        if asked or verdict.kinds["fact"] >= _FACT_LIKELY or (self._sure(verdict) and not one_word):
            return None
        return self._broad(reading, verdict)

    def _broad(self, reading: Reading, verdict: Verdict) -> Meaning | None:
        """A theme and nothing else fits several commitments: ask which."""
        if reading.left or not reading.fitting or reading.filters != Filter(tags=reading.filters.tags):
            return None
        if all(tag.kind is TagKind.PLACE for tag in reading.filters.tags):
            return self._list(reading.filters, verdict)
        fitting = reading.fitting
        if len(fitting) < 2:
            return None
        offered = [i for i in verdict.ranked if i in fitting][:MOST_OFFERED]
        return Meaning(
            outcome=Outcome.CHOICES, commitments=tuple(offered), filters=reading.filters, score=verdict.right
        )

    def _continued(self, text: str, context: Context) -> Meaning | None:
        """An unclear short message, read together with the question before it."""
        if not context.question:
            return None
        whole = f"{context.question} {text}"
        meaning = self._decide(text, self._reader.read(whole), self._verdict(whole))
        if context.outcome is Outcome.FACT and meaning.outcome is not Outcome.FACT:
            return None
        return None if _unclear(meaning) else meaning


def _names_place(wanted: Filter) -> bool:
    return any(tag.kind is TagKind.PLACE for tag in wanted.tags)


def _unclear(meaning: Meaning) -> bool:
    """Whether a message says too little by itself."""
    if meaning.outcome is Outcome.REFUSAL:
        return meaning.reason in (Refusal.VAGUE, Refusal.NOT_UNDERSTOOD)
    return meaning.outcome is Outcome.CHOICES and not meaning.filters
