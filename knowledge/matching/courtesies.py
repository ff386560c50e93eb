"""Greetings, thanks, good-byes and calls for help: answered with the menu."""

import re

from knowledge.matching.meaning import Meaning, Menu, Outcome
from knowledge.matching.wording import words

_LIKELY = 0.4
_ABOUT_NOTHING = 0.3
_POSSIBLE = 0.15
_FEW = 7
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
            r"aide\w*|help|menu|(?:comment )?(?:ca|vous|tu|t) (?:marche\w*|utilis\w+|fonctionn\w+)|servez|sers|options?|commandes?|savez faire",
        ),
    )
)
# What may stand around a greeting without making it a question.
_AROUND = frozenset(
    """a tous toutes tout le monde beaucoup bien bcp pour vous votre reponse infos info mille fois ca va l la les de du et
    le au monsieur madame robot bot cher chers dear there you so much very infiniment encore grand d un une bonne aide
    moi cordialement journee soiree oki ok c est cest parfait super sa toute equipe coup main pour se sert s en ce machin truc svp stp help please un peu""".split()
)


def courtesy(message: str, likely: float, scope: float) -> Meaning | None:
    """The menu, for a message that is a courtesy and nothing else, or that the model takes for a call for help.

    Args:
        message: As typed.
        likely: The model's probability that it is a courtesy.
        scope: Its probability that it is about a commitment.
    """
    tokens = words(message)
    joined = " ".join(tokens)
    found = next((menu for menu, sign in _SIGNS if sign.search(joined)), None)
    if found and len(tokens) <= _FEW:
        rest = joined
        for menu, sign in _SIGNS:
            if menu is not Menu.HELP or found is Menu.HELP:
                rest = sign.sub(" ", rest)
        known = all(word in _AROUND for word in rest.split())
        if known or (found is not Menu.HELP and scope < _ABOUT_NOTHING and likely >= _POSSIBLE):
            return Meaning(outcome=Outcome.MENU, menu=found)
    if likely >= _LIKELY:
        return Meaning(outcome=Outcome.MENU, menu=found or Menu.HELP, score=likely)
    return None
