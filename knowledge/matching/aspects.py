"""Which side of a commitment is asked: its status, its date, its votes, its source, what came since, its content."""

import re

from knowledge.matching.meaning import Aspect
from knowledge.matching.wording import STOP_WORDS, words

_SIGNS: tuple[tuple[Aspect, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"))
    for aspect, pattern in (
        (
            Aspect.DELIBERATION,
            r"delib\w*|vot(?:e|es|ee|ees|er|ed|ait)|adopte\w*|conseil metropolitain|seance|decisions?",
        ),
        (
            Aspect.SOURCE,
            r"sources?|ou (?:tu |vous )?(?:vien\w*|sor\w*)|(?:ou )?(?:c est |est ce |cest )?ecrit|preuves?|"
            r"pages?|document|"
            r"liens?|verifi\w+|reference",
        ),
        (
            Aspect.SINCE,
            r"depuis|nouveau|nouvelles?|news|recemment|actualites?|aujourd hui|maintenant|entre temps|"
            r"apres le bilan|suite",
        ),
        (
            Aspect.DATE,
            r"quand|kan|kand|qd|quel jour|dates?|delais?|echeances?|annee|calendrier|when|deadline|mois|prevus?|prevue|"
            r"(?:dans )?combien de temps|periode|duree",
        ),
        (
            Aspect.STATUS,
            r"ou (?:en|ca|c) \w+|statuts?|avancement|avance\w*|fini\w*|faits?|commence\w*|termine\w*|lance\w*|"
            r"demarre\w*|"
            r"realise\w*|status|done|etat|stade|tenue?s?|en cours",
        ),
        (
            Aspect.CONTENT,
            r"details?|detaille\w*|plus|expliqu\w+|precis\w*|concretement|exactement|resume\w*|contenu|savoir|more|"
            r"en quoi|combien|consiste|c est quoi|cest quoi|c koi|texte",
        ),
    )
)
# Words that refer to what was said, and so carry no new topic.
_BACK = frozenset(
    """toujours vraiment actuellement reellement bilan rapport dedans dessus marque trouve trouver voir cree creee
    creation lieu eu dis decision dates final au total et alors donc sinon ok oui ah bon sur ca la celui celle
    lui truc projet chantier engagement mesure action sujet dossier point date delai encore deja prevu prevue
    stp svp tt it this that one so tell info infos information peu combien temps officiel officielle public
    publique exact exacte prochaine prochain premier autre vient sort dit quoi cest estce ya a t il y ce passe
    passee quelle quel ca sur en lance de tout ds cet cette elle ils elles du le les c st""".split()
)


def aspect_of(message: str) -> Aspect | None:
    """The first side that the words of a message name; None when they name none."""
    joined = " ".join(words(message))
    return next((aspect for aspect, sign in _SIGNS if sign.search(joined)), None)


def only_aspect(message: str) -> Aspect | None:
    """The side asked, when a message names a side and nothing else: « et c'est pour quand ? »."""
    joined = " ".join(words(message))
    aspect: Aspect | None = None
    for candidate, sign in _SIGNS:
        if sign.search(joined):
            aspect = aspect or candidate
            joined = sign.sub(" ", joined)
    left = [word for word in joined.split() if word not in STOP_WORDS and word not in _BACK]
    return aspect if not left else None


def refers_back(word: str) -> bool:
    """Whether a folded word points at what was said rather than at something new."""
    return word in _BACK
