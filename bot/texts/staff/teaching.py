"""What staff teach the bot from the questions it did not answer."""

from collections.abc import Sequence

from bot.texts.markup import bold, escape, pack, quoted, typeset
from bot.texts.staff.questioning import KINDS, SETTLED
from knowledge.models import Commitment, Refusal
from knowledge.questions.teaching import LONGEST_QUESTION, LONGEST_WORD, Lesson

ADD_SAMPLE = "Ajouter un exemple"
ADD_WORD = "Ajouter un mot"
OUT_OF_SCOPE = "Hors sujet"
TAKE_BACK = "Retirer"
LESSONS = "Ce que l'équipe a ajouté"
CANCEL = "Annuler"

# The reasons that a question may be filed under, in this order.
FILED_UNDER = (
    *(Refusal.NEAR_MISS, Refusal.OTHER_SERVICE, Refusal.OTHER_TOWN, Refusal.NATIONAL, Refusal.OTHER_CONVENTION),
    *(Refusal.OTHER_GENERAL, Refusal.OPINION, Refusal.VAGUE, Refusal.CHITCHAT),
)


def which_commitment(*, is_word: bool) -> str:
    """Before a sample or a word is added."""
    what = "ce mot" if is_word else "cet exemple"
    return typeset(f"À quel engagement ajouter {what} ? Tapez son numéro (p07, a2-13) ou quelques mots.")


def which_of(shown: Sequence[Commitment]) -> str:
    """The best matches of some words."""
    lines = "\n".join(f"{n}. {escape(each.title)} ({each.id})" for n, each in enumerate(shown, start=1))
    return typeset(f"Lequel ?\n\n{lines}")


def write_sample(its: Commitment) -> str:
    """The sample itself."""
    return typeset(
        f"Engagement {its.id}, {bold(its.title)}.\n\nÉcrivez l'exemple avec vos propres mots, comme un habitant le"
        f" demanderait, en {LONGEST_QUESTION} caractères au plus, sans données personnelles."
    )


def write_word(its: Commitment) -> str:
    """The word itself."""
    return typeset(
        f"Engagement {its.id}, {bold(its.title)}.\n\nÉcrivez le mot, ou l'expression de quelques mots, que les"
        f" habitants emploient. {LONGEST_WORD} caractères au plus."
    )


def which_reason() -> str:
    """Why it is out of scope."""
    return typeset("Pourquoi est-ce hors sujet ? Le robot donnera cette raison, et la suite à donner.")


def write_refused(reason: Refusal) -> str:
    """A sample of what is out of scope."""
    return typeset(
        f"Raison : {KINDS[reason]}.\n\nÉcrivez avec vos propres mots un exemple de cette question : le robot la"
        f" refusera pour cette raison. Ou touchez « {SETTLED} » pour classer sans exemple."
    )


def taught(lesson: Lesson, title: str | None) -> tuple[str, ...]:
    """Done, and since when it acts."""
    what = "Le mot" if lesson.is_word else "L'exemple"
    where = f"pour {bold(title)} ({_name(lesson)})" if title else f"comme hors sujet : {KINDS[Refusal(_name(lesson))]}"
    return pack(
        [
            f"{what} {quoted(lesson.text)} est ajouté {where}.",
            "Le robot en tient compte dès la prochaine question. C'est inscrit au journal.",
        ]
    )


def label(lesson: Lesson) -> str:
    """A lesson to take back, short enough for a button."""
    return f"{TAKE_BACK} : {lesson.text}"


def lessons(shown: Sequence[Lesson], *, number: int, pages: int) -> str:
    """What staff have added, the newest first."""
    if not shown:
        return typeset("L'équipe n'a encore rien ajouté.")
    lines = "\n".join(f"{n}. {_lesson(each)}" for n, each in enumerate(shown, start=1))
    place = f"Page {number} sur {pages}. " if pages > 1 else ""
    return typeset(f"{bold(LESSONS)}\n\n{lines}\n\n{place}Touchez un numéro pour le retirer.")


def taken_back(lesson: Lesson | None) -> str:
    """A lesson is gone."""
    return typeset(f"Retiré : {_lesson(lesson)}." if lesson else "C'était déjà retiré.")


def empty_sample() -> str:
    """Nothing to learn from."""
    return typeset("Il n'y a rien à apprendre là : écrivez au moins un mot qui dise le sujet.")


def long_sample(length: int, most: int) -> str:
    """Longer than people ask."""
    return typeset(f"C'est trop long : {length} caractères, {most} au plus. Écrivez comme un habitant demanderait.")


def personal_sample() -> str:
    """It points to somebody."""
    return typeset("Retirez ce qui désigne une personne (nom, numéro, adresse, lien), puis écrivez-le encore.")


def taken(about: str, *, is_same: bool) -> str:
    """It stands already, here or elsewhere."""
    room, _, name = about.partition(":")
    place = {
        "commitment": f"sous l'engagement {name}",
        "refusal": f"comme hors sujet ({KINDS.get(name, name)})",
        "fact": f"sous l'explication « {name} »",
    }.get(room, "comme demande générale (menu, liste ou nombre)")
    if is_same:
        return typeset(f"C'est déjà là, {place} : rien n'est ajouté.")
    return typeset(f"Cet exemple est déjà {place}. Une question ne se range qu'à un endroit : rien n'est ajouté.")


def how_to_use() -> str:
    """Words after the command that it does not know."""
    return typeset(
        "Tapez /questions seule, ou bien :\n/questions exemple p07 votre exemple\n/questions mot p07 votre mot\n"
        "/questions hors-sujet vague votre exemple (raisons : "
        + ", ".join(reason.value for reason in FILED_UNDER)
        + ")"
    )


def _name(lesson: Lesson) -> str:
    return lesson.about.partition(":")[2]


def _lesson(lesson: Lesson) -> str:
    room, _, name = lesson.about.partition(":")
    where = f"hors sujet, {KINDS.get(name, name)}" if room == "refusal" else name
    return f"{'mot' if lesson.is_word else 'exemple'} {quoted(lesson.text)} ({where})"
