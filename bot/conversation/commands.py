"""What each command does, typed with or without words after it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot import keyboards
from bot.conversation import pages
from bot.conversation.answers import card, in_messages
from bot.conversation.listings import select
from bot.conversation.personal import Personal
from bot.conversation.staff.desk import Desk
from bot.pictures.report import report
from bot.pictures.timeline import timeline
from bot.replies import Reply, Turn
from bot.texts import about, browse, failures, lists, menus
from knowledge.matching.filters import Filter
from knowledge.matching.meaning import Meaning, Outcome
from knowledge.measured import Measured
from knowledge.models import Kind, Refusal, Status
from knowledge.service import Knowledge

_MENU = Meaning(outcome=Outcome.MENU)
_UNREADABLE = (Refusal.GIBBERISH, Refusal.BAD_INPUT, Refusal.TOO_LONG, Refusal.ABUSE, Refusal.INJECTION)
_COMMAND = re.compile(r"/(\w+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_FOLLOW = "suivre-"
_JOIN = "equipe-"
_REPORT_FACTS = ("total-102", "realises-29", "en-cours-59", "a-ouvrir-14", "taux-85", "deliberations-20")
_STATUS_FACTS = ("statut-a-ouvrir", "statut-en-cours", "statut-realise", "statuts-illisibles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who runs this bot, as told to people; None in a trial without settings.

    Attributes:
        site: Root of the public pages, when there are any.
    """

    operator: str | None = None
    contact: str | None = None
    official: bool = False
    site: str | None = None


def parse(text: str) -> tuple[str, str] | None:
    """A command's name, in lower case, and the words after it; None when the text is no command."""
    found = _COMMAND.fullmatch(text.strip())
    return (found.group(1).lower(), (found.group(2) or "").strip()) if found else None


class Commands:
    """The commands, by name."""

    def __init__(self, knowledge: Knowledge, identity: Identity, personal: Personal, desk: Desk | None) -> None:
        self._knowledge = knowledge
        self._personal = personal
        self._desk = desk
        self._identity = identity
        self._alone: dict[str, Callable[[datetime], Turn]] = {
            "help": self._help,
            "aide": self._help,
            "privacy": self._privacy,
            "confidentialite": self._privacy,
            "apropos": self._about,
            "developer_info": self._about,
            "bilan": self._report,
            "chantiers": self._priorities,
        }
        self._with_words: dict[str, Callable[[str, datetime], Turn | None]] = {
            "start": self._start,
            "orientations": self._orientations,
            "statuts": self._statuses,
            "deliberations": self._votes,
            "chercher": self._search,
        }
        self._menus: dict[str, Callable[[datetime], Turn]] = {
            "accueil": self._home,
            "statuts": self._all_statuses,
            "deliberations": self._years,
            "bilan": self._report,
            "frise": self._timeline,
        }

    @property
    def names(self) -> frozenset[str]:
        """Every command there is."""
        return frozenset(self._alone) | frozenset(self._with_words) | self._personal.names

    def run(self, name: str, words: str, now: datetime) -> Turn:
        """Do what a command says; an unknown one, or unknown words after it, get one sentence."""
        if (turn := self._personal.run(name, words, now)) is not None:
            return turn
        if self._desk is not None and (turn := self._desk.run(name, words)) is not None:
            return turn
        if name in self._with_words:
            return self._with_words[name](words, now) or _say(failures.unknown_words(name, words))
        if name not in self._alone:
            return _say(failures.unknown_command(name))
        return _say(failures.needs_no_words(name)) if words else self._alone[name](now)

    def menu(self, name: str, now: datetime) -> Turn | None:
        """The menu of this name; None when there is none."""
        menu = self._menus.get(name)
        return menu(now) if menu else None

    def _start(self, payload: str, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        if payload in catalogue:
            meaning = Meaning(outcome=Outcome.ANSWER, commitments=(payload,))
            return Turn(meaning=meaning, replies=card(payload, catalogue, now.date()))
        followed = payload.removeprefix(_FOLLOW)
        if payload.startswith(_FOLLOW) and followed in catalogue:
            meaning = Meaning(outcome=Outcome.ANSWER, commitments=(followed,))
            offer = self._personal.offer(followed)
            return Turn(meaning=meaning, replies=card(followed, catalogue, now.date()), deed=offer.deed)
        if payload.startswith(_JOIN) and self._desk is not None:
            return self._desk.join(payload.removeprefix(_JOIN))
        if payload in {each.id for each in catalogue.orientations}:
            return _show(pages.orientation_page(payload, catalogue, 1))
        who = self._identity
        text = menus.start(catalogue, who.operator, official=who.official)
        if payload:
            text = (failures.no_such_link(), *text)
        return Turn(meaning=_MENU, replies=in_messages(text, keyboards.menu(catalogue.orientations)))

    def _home(self, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        return _show(Reply(text=browse.home(catalogue), rows=keyboards.menu(catalogue.orientations)))

    def _help(self, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        text = menus.help_(catalogue)
        return Turn(meaning=_MENU, replies=in_messages(text, keyboards.menu(catalogue.orientations)))

    def _privacy(self, now: datetime) -> Turn:
        text = about.privacy(self._identity.operator, self._identity.contact)
        return Turn(meaning=_MENU, replies=in_messages(text))

    def _about(self, now: datetime) -> Turn:
        who = self._identity
        told = Measured.load()
        text = about.about(self._knowledge.catalogue, who.operator, who.contact, told, official=who.official)
        return Turn(meaning=_MENU, replies=in_messages(text))

    def _report(self, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        said = [catalogue.get_fact(each) for each in _REPORT_FACTS]
        rows = keyboards.menu(catalogue.orientations) + keyboards.timeline()
        in_words = in_messages(browse.report(said, catalogue), rows)
        return Turn(meaning=_MENU, replies=(report(catalogue, now.date()), *in_words))

    def _timeline(self, now: datetime) -> Turn:
        return Turn(meaning=_MENU, replies=timeline(self._knowledge.catalogue, now.date(), keyboards.home()))

    def _priorities(self, now: datetime) -> Turn:
        return self._listed(Filter(kind=Kind.PRIORITY))

    def _orientations(self, words: str, now: datetime) -> Turn | None:
        catalogue = self._knowledge.catalogue
        if not words:
            return _show(pages.orientations(catalogue))
        wanted = words if words.startswith("o") else f"o{words}"
        known = wanted in {each.id for each in catalogue.orientations}
        return _show(pages.orientation_page(wanted, catalogue, 1)) if known else None

    def _statuses(self, words: str, now: datetime) -> Turn | None:
        if not words:
            return self._all_statuses(now)
        return self._listed(Filter(status=Status(words))) if words in list(Status) else None

    def _all_statuses(self, now: datetime) -> Turn:
        catalogue = self._knowledge.catalogue
        said = [catalogue.get_fact(each) for each in _STATUS_FACTS]
        text = browse.by_status(said, catalogue)
        return Turn(meaning=_MENU, replies=in_messages(text, pages.status_rows(catalogue)))

    def _votes(self, words: str, now: datetime) -> Turn | None:
        if not words:
            return self._years(now)
        page = pages.votes_page(words, self._knowledge.catalogue, 1) if re.fullmatch(r"\d{4}", words) else None
        return _show(page) if page else None

    def _years(self, now: datetime) -> Turn:
        return _show(pages.years(self._knowledge.catalogue))

    def _search(self, words: str, now: datetime) -> Turn:
        if not words:
            return _say(lists.search_for_what())
        ids = self.best_matches(words, now)
        if not ids:
            return _say(lists.nothing_found(words))
        shown = [self._knowledge.catalogue.get(each) for each in ids]
        reply = Reply(text=lists.found(words, shown), rows=keyboards.choices(shown))
        return Turn(meaning=Meaning(outcome=Outcome.CHOICES, commitments=ids), replies=(reply,))

    def best_matches(self, words: str, now: datetime) -> tuple[str, ...]:
        """The commitments closest to some words, best first, a page at most; none for what cannot be read."""
        meaning, _ = self._knowledge.understand(words, None, now)
        if meaning.reason in _UNREADABLE:
            return ()
        return self._knowledge.ranked(words)[: keyboards.PAGE_SIZE]

    def _listed(self, wanted: Filter) -> Turn:
        catalogue = self._knowledge.catalogue
        listing = select(catalogue, wanted)
        ids = tuple(each.id for each in listing.commitments)
        meaning = Meaning(outcome=Outcome.LIST, commitments=ids, filters=wanted)
        return Turn(meaning=meaning, replies=(pages.list_page(listing, catalogue, 1),))


def _show(reply: Reply) -> Turn:
    return Turn(meaning=_MENU, replies=(reply,))


def _say(text: str) -> Turn:
    return _show(Reply(text=text))
