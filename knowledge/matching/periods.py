"""Years, months and seasons in a message: when a vote was held, when something is due."""

from knowledge.matching.typed import Typed

_MONTHS = {
    spelling: number
    for number, spellings in enumerate(
        (
            "janvier janv january",
            "fevrier fev february",
            "mars march",
            "avril avr april",
            "mai may",
            "juin june",
            "juillet juil july",
            "aout august",
            "septembre sept september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for spelling in spellings.split()
}
_MONTH = "|".join(_MONTHS)
_SEASON = r"ete|automne|hiver|printemps|rentree|fin|courant|summer|autumn"
_SEASONS = {"summer": "ete", "autumn": "automne"}
_YEAR = r"20[0-4]\d"
_VOTE = r"vot(?:e|es|ee|ees|er|ed|ations?|ait)|delib\w*|adopte\w*|approuve\w*|conseil metropolitain"
_DUE = (
    r"prevue?s?|attendue?s?|echeances?|echus?|due|planned|annoncee?s?|devaient|devait|doivent|doit|demarrer|"
    r"sortir|livrer|arriver|aboutir|horizon|ici"
)


def vote_period(text: Typed) -> str | None:
    """The year or month of a vote, ISO; empty for any vote; None when no vote is spoken of."""
    if not text.take(_VOTE):
        return None
    while text.take(_VOTE):
        pass
    if found := text.take(rf"({_MONTH})(?: de)?(?: l annee)? ({_YEAR})"):
        return f"{found.group(2)}-{_MONTHS[found.group(1)]:02d}"
    found = text.take(_YEAR)
    return found.group() if found else ""


def due_period(text: Typed) -> tuple[str | None, bool]:
    """When something is due, and whether words say that it is (« prévu », « échéance »).

    The period is an ISO year or month, or a season as the report prints it, folded (« ete 2022 »).
    """
    period: str | None = None
    if found := text.take(rf"({_SEASON})(?: de)?(?: l annee)? ({_YEAR})"):
        period = f"{_SEASONS.get(found.group(1), found.group(1))} {found.group(2)}"
    elif found := text.take(rf"({_MONTH}) ({_YEAR})"):
        period = f"{found.group(2)}-{_MONTHS[found.group(1)]:02d}"
    elif found := text.take(_YEAR):
        period = found.group()
    says_due = False
    while period and text.take(_DUE):
        says_due = True
    return period, says_due
