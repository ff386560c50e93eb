"""Read filters out of a message: « les engagements votés en juin 2022 pour les seniors à Rezé »."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process

from knowledge.catalogue import Catalogue
from knowledge.matching.filters import FILED, Filter, Shelf
from knowledge.matching.periods import due_period, vote_period
from knowledge.matching.spelling import Spelling
from knowledge.matching.typed import Typed
from knowledge.matching.wording import STOP_WORDS, stem, words
from knowledge.models import Kind, Orientation, Status, Tag, TagKind

_LIST_CUES = frozenset(
    """quels quelles lesquels lesquelles liste lister listez listes list enumere enumerez recense tous toutes tt tte ts
    ttes ensemble montre montrez montrer donne donnez donner affiche affichez parcourir voir which show all
    every cite citez resume recapitule recap inventaire catalogue tout ceux celles dites cherche trouve lequel
    laquelle balance lister""".split()
)
_NOUNS = frozenset(
    """engagement engagements engagemants angagement angagements engagments projet projets action actions chantier
    chantiers mesure mesures promesse promesses commitment commitments project projects pledge pledges promise
    promises truc trucs chose choses sujets lignes""".split()
)
_COUNT_CUES = frozenset(
    """combien cb cmb conbien kombien combiens nombre nb nbre many pourcentage pourcent pourcents proportion taux total
    chiffre chiffres count percentage moitie tiers quart cuantos""".split()
)
# How one says that a commitment is about something; they filter nothing themselves.
_REPORTING = frozenset(
    """mot mots terme termes parle parlent parlez parlant mentionne mentionnes mentionnee mentionnent evoque evoques
    evoquee evoquent cite cites citee citees citent apparait apparaissent question traite traitent""".split()
)
_AROUND = frozenset(
    """concerne concernent concernes concernant concernait lie lies liees relatif relatifs relatives sujet touche
    touchent interesse portent porte impliquent implique rapport complete complet entier entiere echelle bilan
    metropole convention parmi total prevoient prevoit contiennent indique indiquee nantaise nantes102 102
    parlant liens impliquant mentionnant parler existe reste restent rest compte comptent orientation
    orientations axe axes year year dont annee annees an ans date dates actuellement aujourd hui jour about
    regarding related mention mentions involving pris prise prises nantais objet arriver voir moment slmt
    quelque anything something aviez avez devait doit doivent devaient devez voulez feriez lance ds 90 une uns
    seule seul plusieurs point points mort""".split()
)
_STATUSES: tuple[tuple[str, Status | None], ...] = (
    (r"(?:pas|non|jamais|ni|not)(?: encore| yet)? (?:commence|demarre|lance|ouvert|entame|started|begun|"
     r"debute)\w*", Status.A_OUVRIR),
    (r"(?:restent?|encore|toujours)? ?a (?:ouvrir|faire|lancer|demarrer|commencer|debuter)|"
     r"en attente", Status.A_OUVRIR),
    (r"(?:pas|non|not)(?: encore| yet)? (?:fini|termine|acheve|realise|done|finished|abouti)\w*", Status.EN_COURS),
    (r"statuts? (?:inconnu|illisible|non lisible|pas connu|non connu|non renseigne)\w*|sans statuts?|"
     r"unknown status", None),
    (r"en cours|encours|in progress|ongoing|under ?way|en train|avance(?:nt)?|en chantier", Status.EN_COURS),
    (r"realise?\w*|fini\w*|termine\w*|acheve\w*|abouties?|aboutis?|boucle\w*|accompli\w*|concretise\w*|tenue?s|"
     r"done|finished", Status.REALISE),
    (r"completed|(?:deja|tout) faite?s?|faits|(?<!vous )faites(?! vous)|livree?s", Status.REALISE),
)  # fmt: skip
# « lancés en 2022 » says when, not how far.
_STARTED = r"(?:commence|demarre|lance|entame|engage|debute)e?s"
_UNDATED = r"sans (?:date|echeance|delai|calendrier)\w*|no date|pas de (?:date|echeance)"
_ORDINALS = {
    "premiere": 1, "1re": 1, "1ere": 1, "deuxieme": 2, "2e": 2, "2eme": 2, "seconde": 2, "troisieme": 3, "3e": 3,
    "3eme": 3, "quatrieme": 4, "4e": 4, "4eme": 4, "cinquieme": 5, "5e": 5, "5eme": 5, "first": 1, "second": 2,
    "third": 3, "fourth": 4, "fifth": 5, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
}  # fmt: skip
_THEME = r"(?:orientations?|axes?|volets?|parties?|chapitres?|parts?)"
_TOPICLESS = _LIST_CUES | _COUNT_CUES | _REPORTING | _AROUND | STOP_WORDS
# What a slip of the finger may have meant.
_CUES = (
    *(_LIST_CUES | _NOUNS | _COUNT_CUES | _REPORTING),
    *"orientation orientations prioritaires prioritaire realise realises realisee termine termines".split(),
    *"acheves finis cours".split(),
    *"deliberation deliberations votes voter adopte adoptes echeance echeances prevu prevus statut statuts".split(),
    *_ORDINALS,
)
_LONGEST_ALIAS = 6
_FUZZY_LENGTH = 7
_FUZZY_SCORE = 90
# When the same words name several things, what the report names outright comes before what we filed.
_FIRST = (TagKind.PLACE, TagKind.ORGANISATION, TagKind.PEOPLE, TagKind.TOPIC, TagKind.THEME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read.

    Attributes:
        asks_list, asks_count, names_commitments: Whether words say so.
        in_print: Whether one asks what the report mentions.
        left: The topic words that no filter has used.
        runs: How many runs of words named tags.
        fitting: What any reading of the tags reaches; None without tags.
    """

    filters: Filter
    asks_list: bool
    asks_count: bool
    names_commitments: bool
    in_print: bool
    left: tuple[str, ...]
    runs: int
    fitting: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Span:
    """A run of words: the tags it may name, and the word itself when the report is to be searched for it."""

    tags: list[Tag]
    literal: str | None

    @property
    def first(self) -> Tag:
        return min(self.tags, key=lambda tag: _FIRST.index(tag.kind))


@dataclass(frozen=True, slots=True)
class _Title:
    """How an orientation is named otherwise than by its number."""

    id: str
    stems: tuple[str, ...]
    nicknames: tuple[str, ...]

    @classmethod
    def of(cls, orientation: Orientation) -> "_Title":
        topic = (word for word in words(orientation.title) if word not in STOP_WORDS and word != "metropole")
        names = tuple(" ".join(words(nickname)) for nickname in orientation.nicknames)
        return cls(id=orientation.id, stems=tuple(map(stem, topic)), nicknames=names)

    def quoted(self, text: Typed) -> bool:
        """Whether the message quotes two topic words that follow each other in the title."""
        typed = [stem(token) for token in text.tokens if token not in STOP_WORDS]
        if not set(pairwise(self.stems)).intersection(pairwise(typed)):
            return False
        for place, token in enumerate(text.tokens):
            if stem(token) in self.stems:
                text.use(place, 1)
        return True

    def nicknamed(self, text: Typed) -> bool:
        """Whether the message uses one of its nicknames."""
        return any(text.take(nickname) for nickname in self.nicknames)


class FilterReader:
    """Reads filters with the words of one knowledge base."""

    def __init__(self, catalogue: Catalogue, shelf: Shelf) -> None:
        self._titles = tuple(_Title.of(orientation) for orientation in catalogue.orientations)
        self._shelf = shelf
        self._aliases: dict[tuple[str, ...], list[Tag]] = defaultdict(list)
        for tag in catalogue.tags:
            for alias in (tag.name, *tag.aliases):
                key = tuple(stem(word) for word in words(alias))
                if key and tag not in self._aliases[key]:
                    self._aliases[key].append(tag)
        spoken = {word for tag in catalogue.tags for alias in (tag.name, *tag.aliases) for word in words(alias)}
        self._spelling = Spelling(_CUES, spoken | shelf.words)
        self._singles = sorted(key[0] for key in self._aliases if len(key) == 1 and len(key[0]) >= _FUZZY_LENGTH - 1)

    def read(self, message: str) -> Reading:
        """Everything in a message that filters, and what is left of it."""
        text = Typed(self._spelling.correct(word) for word in words(message))
        asks_count = text.has(_COUNT_CUES) or "%" in message
        asks_list = text.has(_LIST_CUES)
        names = text.has(_NOUNS)
        in_print = text.has(_REPORTING)
        orientation, is_quoted = self._orientation(text)
        undated = text.take(_UNDATED) is not None
        not_kind, kind = _kind(text)
        text.drop(_NOUNS)
        unknown, status = _status(text)
        voted = vote_period(text)
        due, says_due = due_period(text) if voted is None else (None, False)
        if says_due and status is Status.REALISE:
            status = None  # « devaient être réalisés en 2022 » says when, not how far
        if text.take(_STARTED) and status is None and not unknown and due is None:
            status = Status.EN_COURS
        spans = self._spans(text, in_print=in_print)
        filters = Filter(
            orientation=orientation,
            status=status,
            unknown_status=unknown,
            kind=kind,
            not_kind=not_kind,
            due=due,
            undated=undated,
            voted=voted,
            # The rest of a title names themes too.
            tags=_tags(s.first for s in spans if s.literal is None and not (is_quoted and s.first.kind in FILED)),
            text=tuple(word for span in spans if span.literal is not None for word in span.literal.split()),
        )
        return Reading(
            filters=filters,
            asks_list=asks_list,
            asks_count=asks_count,
            names_commitments=names or says_due,
            in_print=in_print,
            left=text.left(_TOPICLESS),
            runs=len(spans),
            fitting=_fitting(spans),
        )

    def _orientation(self, text: Typed) -> tuple[str | None, bool]:
        """The orientation, and whether it was named by its title rather than by its number."""
        if found := text.take(rf"o([1-5])|{_THEME} (?:numero |n |no )?([1-5])"):
            return f"o{found.group(1) or found.group(2)}", False
        ranks = "|".join(_ORDINALS)
        if found := text.take(rf"({ranks}) {_THEME}|{_THEME} (?:numero )?({ranks})"):
            return f"o{_ORDINALS[found.group(1) or found.group(2)]}", False
        quoted = next((each.id for each in self._titles if each.quoted(text)), None)
        quoted = quoted or next((each.id for each in self._titles if each.nicknamed(text)), None)
        return quoted, quoted is not None

    def _spans(self, text: Typed, *, in_print: bool) -> list[_Span]:
        """The tags of each run of words, longest runs first."""
        found: list[_Span] = []
        for length in range(_LONGEST_ALIAS, 0, -1):
            for start in range(len(text.tokens) - length + 1):
                run = text.tokens[start : start + length]
                if length == 1 and (run[0] in _TOPICLESS or len(run[0]) < 3):
                    continue
                tags = self._aliases.get(tuple(stem(token) for token in run))
                if tags is None and length == 1:
                    tags = self._misspelt(run[0])
                if tags:
                    found.append(_Span(tags=tags, literal=self._literal(run, tags) if in_print else None))
                    text.use(start, length)
        return found

    def _literal(self, run: list[str], tags: list[Tag]) -> str | None:
        """Words typed for a theme, when one asks where the report prints them: they are looked for as they are."""
        if any(tag.kind not in FILED for tag in tags):
            return None
        printed = [self._shelf.printed(word) for word in run if word not in STOP_WORDS]
        return None if None in printed else " ".join(word for word in printed if word)

    def _misspelt(self, word: str) -> list[Tag] | None:
        if len(word) < _FUZZY_LENGTH:
            return None
        best = process.extractOne(stem(word), self._singles, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
        return self._aliases[(best[0],)] if best else None


def _tags(found: Iterable[Tag]) -> tuple[Tag, ...]:
    """Each tag once; several themes side by side (« logement et nature ») mean either of them."""
    tags = tuple(dict.fromkeys(found))
    themes = [tag for tag in tags if tag.kind in FILED]
    if len(themes) < 2:
        return tags
    either = Tag(
        kind=TagKind.THEME,
        name=", ".join(tag.name for tag in themes),
        aliases=(),
        commitments=tuple(sorted({i for tag in themes for i in tag.commitments})),
    )
    return (*(tag for tag in tags if tag.kind not in FILED), either)


def _fitting(spans: Sequence[_Span]) -> frozenset[str] | None:
    """What every run of words reaches by any of its tags."""
    reached = [frozenset(i for tag in span.tags for i in tag.commitments) for span in spans]
    return frozenset.intersection(*reached) or frozenset.union(*reached) if reached else None


def _status(text: Typed) -> tuple[bool, Status | None]:
    for pattern, status in _STATUSES:
        if text.take(pattern):
            return status is None, status
    return False, None


def _kind(text: Typed) -> tuple[Kind | None, Kind | None]:
    """The kind left out, and the kind asked for."""
    if text.take(
        r"(?:autres?|hors|sans|non|sauf|pas|excepte|except|not)(?: \S+){0,4} (?:prioritaires?|priorites?|priority)"
        r"|autres (?:engagements|actions)|(?:actions|lignes|engagements) des tableaux"
    ):
        return Kind.PRIORITY, None
    if text.take(r"prioritaires?|priorites?|priority|priorities"):
        return None, Kind.PRIORITY
    if text.take(r"interpellations?") and not text.has(frozenset(("droit", "citoyenne"))):
        return None, Kind.INTERPELLATION
    return None, None
