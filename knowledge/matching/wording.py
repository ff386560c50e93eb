"""The words of a text: folded, split, stemmed, written by ear.

French as people type it: accents optional, curly or straight apostrophes, inclusive points, ligatures.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "ʼ": "'", "`": "'", "‘": "'", "…": " "})
# habitant·e·s, habitant.e.s, habitant-e-s, habitant(e)s, élu·es, agriculteur·rice·s: the plural alone is kept.
_INCLUSIVE = re.compile(
    r"(?<=[a-z]{2})(?:[·•‧.\-](?:e|ne|ve|le|te|euse|rice|trice|ere|es|nes)(?:[·•‧.\-](s))?|\((?:e|ne|ve|le|te)\)(s)?)"
    r"(?![a-z])"
)
_ELISIONS = re.compile(r"\b(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'(?=\w)")
_WORD = re.compile(r"[^\W_]+")

# Words that carry no topic: French function words, what one types around a question, and their SMS forms.
STOP_WORDS = frozenset(
    """a ai aie ait alors an as au aucun aucune aussi autre autres aux avant avec avez avoir avons bah ben bien bon
    bonjour bonsoir car ce ceci cela celle celles celui ces cet cette ceux chez ci comme comment concernant
    coucou d dans de depuis des dire dit dites donc dont du elle elles en encore entre es est estce et etaient
    etait ete etes etre eu euh eux fait faire faites fois font hello hein hi hey ici il ils j je juste k ke ki
    koi kel l la le les leur leurs lui m ma madame mais me meme merci mes moi mon monsieur n ne ni non nos notre
    nous o on ont or ou oui par parce pas peu peut peuvent peux plait plus pour pourquoi pourriez pouvez pr pu
    puis qu quand que quel quelle quelles quels qui quoi quon r s sa sait salut sans se sera serait ses si slt
    sont sous sur svp stp t ta te tes toi ton tous tout toute toutes tres tu un une va vais vers veut veux voila
    ya yen kes kesk keske kesk esk kesse vont vos votre voudrais voulez vous y about and are can could do does
    for from have how i in is it me my of on our please that the there they this to we what when where which who
    why will with would you your""".split()
)

_PHONETIC = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"eaux?|aux?\b|au", "o"),
        (r"ph", "f"),
        (r"qu?|ck|c(?=[aou]|$|[^aeiouyh])", "k"),
        (r"ç|sc(?=[eiy])|c(?=[eiy])|ss|ti(?=on)", "s"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"(?:ai|ei|est|et|er|ez|es|ait|aient)\b", "e"),
        (r"ai|ei|ae|oe", "e"),
        (r"(?:ain|ein|aim|in|im|yn|ym|un|um)(?![aeiouy])", "1"),
        (r"(?:an|am|en|em)(?![aeiouy])", "2"),
        (r"(?:on|om)(?![aeiouy])", "3"),
        (r"oi", "wa"),
        (r"ou", "u"),
        (r"ill|ll|y", "i"),
        (r"z", "s"),
        (r"h", ""),
        (r"w", "v"),
        (r"x\b|[tdspgxe]+\b", ""),
        (r"(.)\1+", r"\1"),
    )
)

_SHORT = 3
_of_thread = threading.local()  # a stemmer keeps words while it works: one a thread


def fold(text: str) -> str:
    """Lower-case, without accents or ligatures, straight apostrophes, inclusive writing reduced to one form."""
    lowered = unicodedata.normalize("NFKC", text).lower().translate(_LIGATURES)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return _INCLUSIVE.sub(lambda m: m.group(1) or m.group(2) or "", plain)


def words(text: str) -> list[str]:
    """Split into folded words, elided articles dropped (``l'eau`` gives ``eau``)."""
    return _WORD.findall(_ELISIONS.sub(" ", fold(text)))


def content_words(text: str) -> list[str]:
    """The words of ``words`` that carry a topic."""
    return [word for word in words(text) if word not in STOP_WORDS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The French stem of a folded word (Snowball, which leaves the plural of « vélos » or « menus »)."""
    if len(word) > _SHORT and word[-1] == "s" and word[-2] in "aiou":
        word = word[:-1]
    stemmer = getattr(_of_thread, "stemmer", None)
    if stemmer is None:
        stemmer = _of_thread.stemmer = Stemmer.Stemmer("french")
    return str(stemmer.stemWord(word))


@lru_cache(maxsize=50_000)
def by_ear(word: str) -> str:
    """A key shared by spellings that sound alike in French (``lotoriter`` and ``l autorité``), rough on purpose."""
    for pattern, sound in _PHONETIC:
        word = pattern.sub(sound, word)
    return word
