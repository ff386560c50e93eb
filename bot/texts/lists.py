"""Lists: complete, in the order of the report, a number to type before each line, the status in words."""

from collections.abc import Sequence

from bot.texts import statuses
from bot.texts.filters import in_words
from bot.texts.markup import bold, escape, pack, plain, typeset
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter
from knowledge.models import Commitment, Orientation, TagKind


def header(wanted: Filter, catalogue: Catalogue, count: int) -> str:
    """What the list holds, in words, and how many."""
    words = in_words(wanted, catalogue)
    return f"<b>{numbered(count)}</b>{f' : {words}' if words else ' en tout'}."


def as_label(wanted: Filter, catalogue: Catalogue) -> str:
    """A filter as a button says it, without markup."""
    words = plain(in_words(wanted, catalogue))
    return words[:1].upper() + words[1:]


def numbered(count: int) -> str:
    """« 1 engagement », « 4 engagements »."""
    return f"{count} engagement{'s' if count > 1 else ''}"


def page(head: str, shown: Sequence[Commitment], *, number: int, pages: int) -> str:
    """One page; its lines are numbered from 1, as its buttons are."""
    place = f"Page {number} sur {pages}. " if pages > 1 else ""
    how = f"{place}Tapez un numéro pour ouvrir la fiche."
    return typeset(f"{head}\n\n{_lines(shown)}\n\n{how}")


def whole(head: str, shown: Sequence[Commitment]) -> str:
    """The complete list in one text, of any length."""
    return typeset(f"{head}\n\n{_lines(shown)}")


def empty(wanted: Filter, catalogue: Catalogue, *, neighbours: bool) -> str:
    """Why there is nothing, and what to try."""
    then = "Essayez une liste voisine :" if neighbours else "Essayez /orientations ou /statuts."
    words = in_words(wanted, catalogue)
    unknown = sum(1 for each in catalogue.commitments if each.status is None)
    if wanted.status and unknown:
        # Nothing known is not nothing done.
        said = (
            f"Je n'en reconnais aucun pour : {words}. Le statut de {numbered(unknown)} n'est pas lisible dans le bilan."
        )
    elif any(tag.kind is TagKind.PLACE for tag in wanted.tags):
        said = f"Le bilan ne cite rien pour : {words}. Les engagements concernent pourtant toute la métropole."
    else:
        said = f"Aucun des {len(catalogue.commitments)} engagements ne correspond à : {words}."
    return typeset(f"{said}\n\n{then}")


def orientation(its: Orientation, catalogue: Catalogue, count: int) -> str:
    """Head of an orientation's list."""
    return f"Orientation {its.id[1:]} : {bold(its.title)}\n{numbered(count)}, dans l'ordre du bilan."


def related(commitment: Commitment, shown: Sequence[Commitment]) -> str:
    """Commitments close to one."""
    if not shown:
        return typeset("Je n'ai pas trouvé d'engagement proche de celui-ci.")
    return typeset(f"Proches de {bold(commitment.title)} :\n\n{_lines(shown)}")


def found(words: str, shown: Sequence[Commitment]) -> str:
    """Best matches of a search."""
    return typeset(
        f"Pour « {escape(words)} », les engagements les plus proches, le meilleur d'abord :\n\n{_lines(shown)}"
        "\n\nTapez un numéro pour ouvrir la fiche."
    )


def nothing_found(words: str) -> str:
    """A search without a match."""
    return typeset(f"Je n'ai rien trouvé pour « {escape(words)} ». Essayez d'autres mots, ou /orientations.")


def search_for_what() -> str:
    """The search command alone."""
    return typeset("Que cherchez-vous ? Tapez par exemple : /chercher pistes cyclables")


def which(shown: Sequence[Commitment]) -> str:
    """Several commitments fit: the person is asked which."""
    return typeset(f"Plusieurs engagements peuvent répondre. Duquel parlez-vous ?\n\n{_lines(shown)}")


def next_candidates(shown: Sequence[Commitment]) -> str:
    """After « Ce n'est pas ça »."""
    return typeset(f"Désolé. C'était peut-être l'un de ceux-ci :\n\n{_lines(shown)}")


def no_other_candidate() -> tuple[str, ...]:
    """After « Ce n'est pas ça », when nothing else comes close."""
    return pack(
        [
            "Désolé, je n'ai pas d'autre engagement proche de votre question.",
            "Reformulez-la avec d'autres mots, ou parcourez /orientations.",
        ]
    )


def question_forgotten() -> tuple[str, ...]:
    """« Ce n'est pas ça », but the question is no longer in memory."""
    return pack(["Je n'ai plus votre question en mémoire. Posez-la encore, avec d'autres mots."])


def none_of_these() -> tuple[str, ...]:
    """« Aucun de ceux-là »."""
    return pack(
        [
            "Entendu, ce n'est aucun de ceux-là.",
            "Dites-le avec d'autres mots : le sujet, un lieu, pour qui. Ou parcourez /orientations.",
            "Votre sujet n'est peut-être pas dans ces engagements.",
        ]
    )


def _lines(shown: Sequence[Commitment]) -> str:
    return "\n".join(
        f"{rank}. {escape(commitment.title)} – {statuses.word(commitment)}"
        for rank, commitment in enumerate(shown, start=1)
    )
