"""Why no answer is given: one sentence for the reason, one for the next step."""

from bot.texts.markup import escape, pack
from knowledge.catalogue import Catalogue
from knowledge.models import Refusal

EXAMPLES = ("Où en est le plan Pleine terre ?", "Combien d'engagements sont réalisés ?", "Que prévoyez-vous à Rezé ?")

_TRY = "Écrivez par exemple :\n" + "\n".join(f"– {example}" for example in EXAMPLES)


# The reason, then the next step.
_SAID: dict[Refusal, tuple[str, str]] = {
    Refusal.NEAR_MISS: (
        "Ce sujet n'est pas un {scope} : je n'ai pas d'information sûre à vous donner.",
        "Pour ce sujet, voyez le site metropole.nantes.fr.",
    ),
    Refusal.OTHER_SERVICE: (
        "Je ne traite pas les démarches ni les services du quotidien : je ne parle que {scope}.",
        "Demandez à votre mairie, à Nantes Métropole (metropole.nantes.fr), ou voyez service-public.fr.",
    ),
    Refusal.OTHER_TOWN: (
        "Votre question semble porter sur un autre territoire : je ne parle que {scope}.",
        "Demandez à la mairie ou à l'intercommunalité de ce territoire.",
    ),
    Refusal.NATIONAL: (
        "Cette question relève de l'État ou de la vie nationale : je ne parle que {scope}.",
        "Pour les services de l'État, voyez service-public.fr.",
    ),
    Refusal.OTHER_CONVENTION: (
        "Il s'agit d'une autre convention ou d'une autre consultation que la Convention citoyenne de Nantes.",
        "Je ne parle que {scope}. Pour l'autre, voyez le site de l'organisme qui l'a réunie.",
    ),
    Refusal.EMERGENCY: (
        "Je suis un robot et je ne peux pas vous aider dans une urgence. Appelez tout de suite :",
        "{numbers}",
    ),
    Refusal.PERSONAL_DATA: (
        "N'envoyez pas de données personnelles ici, et n'en demandez pas : je n'ai accès à aucun dossier"
        " et je ne garde pas votre message.",
        "Pour un dossier, adressez-vous au service qui le suit ou à votre mairie.",
    ),
    Refusal.ABUSE: (
        "Je suis un robot et je ne réponds pas à ce genre de message.",
        "Je peux vous dire où en est chacun {scope}. {examples}",
    ),
    Refusal.INJECTION: (
        "Je ne change pas de rôle et je n'exécute pas d'instructions : je ne parle que {scope}.",
        "{examples}",
    ),
    Refusal.GIBBERISH: ("Je n'ai pas pu lire votre message.", "{examples}"),
    Refusal.CHITCHAT: ("Je suis un robot : je ne sais parler que {scope}.", "{examples}"),
    Refusal.OPINION: (
        "Je n'ai pas d'avis et je n'en donne pas : je dis ce qui est écrit, avec la date et la source.",
        "Demandez-moi où en est un engagement, ou tapez /bilan pour les chiffres.",
    ),
    Refusal.VAGUE: ("Votre message est trop court ou trop général pour que je trouve l'engagement.", "{examples}"),
    Refusal.OTHER_GENERAL: ("Cette question sort de mon sujet : je ne parle que {scope}.", "{examples}"),
    Refusal.NOT_UNDERSTOOD: (
        "Je ne suis pas sûr d'avoir compris, et je préfère ne rien inventer.",
        "Essayez avec d'autres mots (le sujet, le lieu, pour qui), ou parcourez /orientations.",
    ),
    Refusal.TOO_LONG: (
        "Votre message est trop long pour moi.",
        "Posez une question à la fois, en une ou deux phrases.",
    ),
    Refusal.BAD_INPUT: ("Je n'ai pas reçu de question lisible.", "{examples}"),
}


def refusal(reason: Refusal, catalogue: Catalogue, *, suggestions: tuple[str, ...]) -> tuple[str, ...]:
    """The refusal with its next step, and the titles of the nearest commitments when there are some."""
    publisher = escape(catalogue.document.publisher)
    scope = f"des {len(catalogue.commitments)} engagements de {publisher} après sa Convention citoyenne"
    numbers = "\n".join(f"– {escape(each.number)} : {escape(each.who)}" for each in catalogue.emergency_numbers)
    blocks = [part.format(scope=scope, examples=_TRY, numbers=numbers) for part in _SAID[reason]]
    return pack([*blocks, _nearest(suggestions)])


def _nearest(titles: tuple[str, ...]) -> str:
    if not titles:
        return ""
    lines = "\n".join(f"{rank}. {escape(title)}" for rank, title in enumerate(titles, start=1))
    return f"Les engagements les plus proches :\n{lines}"
