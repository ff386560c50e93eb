"""Following: what is offered, confirmed, listed, paused and stopped."""

from collections.abc import Sequence
from datetime import date

from bot.texts.dates import in_french
from bot.texts.markup import bold, escape, pack, typeset

WHAT_IS_TOLD = "Je vous écris quand un statut, une délibération, une échéance ou une étape change."
_HOW = (
    "– /suivre p07 : un engagement, par son numéro de fiche",
    "– /suivre o3 : une orientation",
    "– /suivre prioritaires : les chantiers prioritaires",
    "– /suivre tout : tous les engagements",
    '– /suivre "pistes cyclables" : des mots',
)
_FREQUENCIES = "immediat, jour, semaine ou mois"


def offer(name: str, recent: int, rhythm: str, *, many: bool) -> str:
    """Before following: what it would have told in the last six months.

    Args:
        name: What would be followed, as HTML.
        recent: Changes of the last six months.
        rhythm: How often, in words.
        many: Whether it reaches more than one commitment.
    """
    over = " C'est beaucoup : chaque mois suffit peut-être." if many and recent > _A_LOT else ""
    return typeset(f"Suivre {name} ?\n\n{would_have_told(recent)}{over}\n\n{WHAT_IS_TOLD} Rythme proposé : {rhythm}.")


def what_to_follow() -> tuple[str, ...]:
    """The command alone: what can be followed, by button or typed."""
    return pack(
        [
            bold("Que voulez-vous suivre ?"),
            "Touchez un bouton, ou tapez :\n" + escape("\n".join(_HOW)),
            f"Ajoutez si vous voulez le rythme : {_FREQUENCIES} (sans rien : chaque semaine).",
            "Chaque fiche a aussi son bouton « Suivre ».",
        ]
    )


def followed(name: str, rhythm: str, recent: int, state: str, *, is_new: bool) -> tuple[str, ...]:
    """The confirmation, with the state of today."""
    head = f"C'est noté : vous suivez {name}." if is_new else f"Vous suivez déjà {name}."
    return pack([head, f"Rythme : {rhythm}.", state, would_have_told(recent), "Tous vos abonnements : /abonnements."])


def would_have_told(recent: int) -> str:
    """How many changes six months would have brought."""
    if recent == 0:
        return "Ces 6 derniers mois : aucun changement."
    return f"Ces 6 derniers mois, cela aurait fait {changes(recent)}."


def changes(count: int) -> str:
    """« 1 changement », « 4 changements »."""
    return f"{count} changement{'s' if count > 1 else ''}"


def recent_in_list(counts: Sequence[tuple[int, int]]) -> str:
    """Under a list: which of its lines have changed in the last six months, by their rank on the page."""
    if not counts:
        return typeset("Ces 6 derniers mois : aucun changement pour ces engagements.")
    said = ", ".join(f"n° {rank} ({changes(count)})" for rank, count in counts)
    return typeset(f"Changements de ces 6 derniers mois : {said} ; les autres, aucun.")


def unknown_target(words: str) -> str:
    """Something that cannot be followed."""
    return typeset(
        f"Je ne peux pas suivre « {escape(words)} » : rien n'y correspond. Essayez /suivre p07, /suivre o3,"
        ' /suivre tout, /suivre prioritaires, ou /suivre "vos mots".'
    )


def unknown_frequency(word: str) -> str:
    """A rhythm that there is not."""
    return typeset(f"« {escape(word)} » n'est pas un rythme. Choisissez : {_FREQUENCIES}.")


def too_many(most: int) -> str:
    """The limit of one person."""
    return typeset(
        f"Vous avez déjà {most} abonnements, le plus que je puisse tenir. Arrêtez-en un dans /abonnements, ou suivez"
        " une orientation entière, ou tout."
    )


def subscriptions(lines: Sequence[str], paused: str, *, number: int, pages: int, total: int) -> tuple[str, ...]:
    """What is followed, one numbered line each; one page."""
    place = f"Page {number} sur {pages}. " if pages > 1 else ""
    listed = "\n".join(f"{rank}. {line}" for rank, line in enumerate(lines, start=1))
    return pack(
        [
            bold(f"Vos abonnements ({total})"),
            paused,
            listed,
            f"{place}Tapez un numéro pour régler ou arrêter un abonnement. Heure et silence : /reglages.",
        ]
    )


def nothing_followed() -> str:
    """No subscription."""
    return typeset(
        "Vous ne suivez rien pour l'instant. Ouvrez une fiche et touchez « Suivre », ou tapez /suivre pour voir"
        " les choix."
    )


def one_subscription(name: str, rhythm: str, condition: str, *, with_state: bool) -> tuple[str, ...]:
    """One subscription, to be changed or stopped."""
    state = "Chaque mois, je vous redis où en est ce que vous suivez, même sans changement." if with_state else ""
    return pack([bold("Votre abonnement"), f"{name}.", f"Rythme : {rhythm}.", f"{condition}.", state])


def stopped(name: str, typed: str) -> str:
    """One subscription has ended; ``typed`` is what one types to come back."""
    return typeset(f"C'est arrêté : vous ne suivez plus {name}.\n\nPour y revenir : /suivre {escape(typed)}")


def stopped_all(count: int) -> str:
    """All have ended."""
    ended = "votre abonnement est terminé" if count == 1 else f"vos {count} abonnements sont terminés"
    return typeset(
        f"Tout est arrêté : {ended}. Je ne vous écrirai plus de moi-même.\n\n"
        "Je garde vos réglages 28 jours, au cas où vous reviendriez ; pour tout effacer tout de suite : /supprimer."
    )


def already_stopped() -> str:
    """A button pressed after the subscription ended; short enough for a toast."""
    return typeset("Cet abonnement est déjà terminé. Ceux qui restent : /abonnements.")


def not_followed(name: str) -> str:
    """Asked to stop what is not followed."""
    return typeset(f"Vous ne suivez pas {name}. Vos abonnements : /abonnements.")


def what_to_stop() -> str:
    """The command alone."""
    return typeset("Que voulez-vous arrêter ? Touchez un bouton, ou tapez par exemple /arreter p07 ou /arreter tout.")


def paused_until(day: date | None) -> str:
    """The state of a pause, in one sentence."""
    if day is None:
        return "En pause : je ne vous écris pas, jusqu'à ce que vous tapiez /reprendre."
    return f"En pause : je vous écrirai à nouveau à partir du {in_french(day.isoformat())}. Avant : /reprendre."


def paused(day: date | None) -> str:
    """The confirmation of a pause."""
    return typeset(f"C'est noté. {paused_until(day)}")


def resumed() -> str:
    """The end of a pause."""
    return typeset("C'est noté : la pause est finie, je vous écris à nouveau quand quelque chose change.")


def not_paused() -> str:
    """Resumed without a pause."""
    return typeset("Vous n'étiez pas en pause : je vous écris quand quelque chose change.")


def date_is_past(day: date) -> str:
    """A pause that would end before today."""
    return typeset(f"Le {in_french(day.isoformat())} n'est pas à venir. Donnez une date future, ou /pause sans date.")


def unreadable_date(words: str) -> str:
    """Not a date."""
    return typeset(f"« {escape(words)} » n'est pas une date que je sais lire. Écrivez par exemple : /pause 2027-03-12")


def trial() -> str:
    """The terminal records nothing."""
    return typeset("Ceci est un essai sur cet ordinateur : rien n'est enregistré, et vous ne recevrez pas de message.")


_A_LOT = 40
