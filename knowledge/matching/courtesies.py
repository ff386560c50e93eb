"""Greetings, thanks, good-byes and calls for help: answered with the menu."""

import re

from knowledge.matching.decision import Verdict
from knowledge.matching.meaning import Meaning, Menu, Outcome
from knowledge.matching.wording import words
from knowledge.models import Refusal

_LIKELY = 0.4
_ABOUT_NOTHING = 0.3
_POSSIBLE = 0.15
_NO_REASON = -0.6
_FEW = 7
# Reasons to refuse that the menu answers better than a refusal.
_IDLE = (Refusal.VAGUE, Refusal.CHITCHAT, Refusal.OPINION, Refusal.GIBBERISH)
_SIGNS: tuple[tuple[Menu, re.Pattern[str]], ...] = tuple(
    (menu, re.compile(rf"(?<!\S)(?:{pattern})(?!\S)"))
    for menu, pattern in (
        (
            Menu.THANKS,
            r"merci\w*|mrc|mci|mercii*|thanks?|thx|gracias|danke|obrigad[oa]|shukran|parfait|super|genial|top|nickel",
        ),
        (
            Menu.GOODBYE,
            r"au revoir|revoir|a bientot|a plus|a\+|bye|ciao|adieu|bonne (?:journee|soiree|nuit|fin)|tchao|tchuss",
        ),
        (
            Menu.HELLO,
            r"bonjour\w*|bonsoir|salut\w*|slt|bjr|bsr|coucou|cc|hello|hi|hey|yo|wesh|hola|hallo|salam|salaam|ola",
        ),
        (
            Menu.HELP,
            r"aide\w*|help|menu|(?:comment )?(?:ca|vous|tu|t) (?:marche\w*|utilis\w+|fonctionn\w+)|servez|sers|"
            r"sert|servir|utilis\w+|mode d emploi|tuto\w*|options?|commandes?|savez faire",
        ),
    )
)
# What may stand around a greeting without making it a question.
_AROUND = frozenset(
    """a tous toutes tout le monde beaucoup bien bcp pour vous votre reponse infos info mille fois ca va l la les de du
    et le au monsieur madame robot bot cher chers dear there you so much very infiniment encore grand d un une
    bonne aide moi quelles quel quels sont que peux peut puis je tu t te dire comment on serait bienvenue
    bienvenu voudrais besoin ai j faut me il suis perdu perdue montre montrez affiche avec ici ca marche
    demander poser questions question quoi cordialement journee soiree oki ok c est cest parfait super sa toute
    equipe coup main pour se sert s en ce machin truc svp stp help please un peu""".split()
)


def courtesy(message: str, verdict: Verdict) -> Meaning | None:
    """The menu, for a message that is a courtesy and nothing else, or that the model takes for a call for help."""
    tokens = words(message)
    joined = " ".join(tokens)
    likely = verdict.kinds["menu"]
    found = next((menu for menu, sign in _SIGNS if sign.search(joined)), None)
    if found and len(tokens) <= _FEW:
        rest = joined
        for menu, sign in _SIGNS:
            if menu is not Menu.HELP or found is Menu.HELP:
                rest = sign.sub(" ", rest)
        about_nothing = verdict.scope < _ABOUT_NOTHING and likely >= _POSSIBLE
        if all(word in _AROUND for word in rest.split()) or (found is not Menu.HELP and about_nothing):
            return Meaning(outcome=Outcome.MENU, menu=found)
    idle = verdict.refusal in _IDLE or verdict.against < _NO_REASON
    idle = idle and verdict.scope < _ABOUT_NOTHING and verdict.kinds["fact"] < likely
    if likely >= _LIKELY or (idle and likely >= _POSSIBLE):
        return Meaning(outcome=Outcome.MENU, menu=found or Menu.HELP, score=likely)
    return None
