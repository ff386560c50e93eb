"""The tables of the open data: their columns, described once for the files, their schemas and the data dictionary."""

from dataclasses import dataclass, field

from knowledge.changes import Field
from knowledge.models import Kind, Origin, Status

_CUT = r"\d{4}(-\d{2}(-\d{2})?)?"
_SEVERAL = "plusieurs valeurs sont séparées par une espace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its Table Schema type, what it holds in French, and what its values must keep to."""

    name: str
    said: str
    type: str = "string"
    required: bool = False
    pattern: str | None = None
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One CSV file; ``key`` names the columns that tell its lines apart, where some do."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = field(default=())

    @property
    def file(self) -> str:
        """Name of the CSV file."""
        return f"{self.name}.csv"

    @property
    def schema_file(self) -> str:
        """Name of its schema."""
        return f"{self.name}.schema.json"


def _date(name: str, said: str, *, required: bool = False) -> Column:
    return Column(name=name, said=said, pattern=_CUT, required=required)


_COMMITMENT = Column(name="commitment", said="identifiant de l’engagement", required=True)
_STATUSES = tuple(each.value for each in Status)
_ORIGINS = tuple(each.value for each in Origin)

COMMITMENTS = Table(
    name="engagements",
    title="une ligne par engagement, dans l’ordre du bilan",
    key=("id",),
    columns=(
        Column(name="id", said="identifiant, jamais modifié ni réutilisé", required=True, pattern=r"p\d{2}|a\d-\d{2}"),
        Column(
            name="kind",
            said="priority : chantier prioritaire numéroté ; action : ligne d’un tableau du bilan ; "
            "interpellation : demande adressée à d’autres",
            required=True,
            enum=tuple(each.value for each in Kind),
        ),
        Column(name="number", said="numéro du chantier prioritaire", type="integer"),
        Column(name="orientation", said="orientation, de o1 à o5", required=True, pattern=r"o\d"),
        Column(name="title", said="titre, tel que le bilan l’imprime", required=True),
        Column(name="summary", said="résumé en langage clair, qui n’est pas du bilan"),
        Column(name="info", said="colonne « infos » du bilan, telle qu’il l’imprime"),
        Column(name="status", said="statut ; vide quand rien ne le dit", enum=_STATUSES),
        Column(name="status_source", said="qui dit le statut : bilan, équipe ou import", enum=_ORIGINS),
        Column(name="status_evidence", said="les mots sur lesquels le statut repose"),
        _date("as_of", "date de ce que dit le bilan", required=True),
        _date("checked_at", "jour de la dernière vérification", required=True),
        Column(name="note", said="précision de l’équipe"),
        Column(name="source_document", said="titre du bilan", required=True),
        Column(name="source_pages", said=f"pages du bilan ; {_SEVERAL}", required=True),
        Column(name="updated_at", said="dernière écriture de la ligne", type="datetime", required=True),
    ),
)
DELIBERATIONS = Table(
    name="deliberations",
    title="une ligne par délibération du conseil métropolitain et par engagement",
    key=("commitment", "date", "label"),
    columns=(
        _COMMITMENT,
        _date("date", "date du vote, coupée à ce qui est connu", required=True),
        Column(name="label", said="date ou intitulé, tel qu’écrit à la source", required=True),
        Column(name="url", said="page de la délibération"),
        Column(name="source", said="qui le dit : bilan, équipe ou import", required=True, enum=_ORIGINS),
    ),
)
MILESTONES = Table(
    name="etapes",
    title="une ligne par fait daté paru depuis le bilan",
    key=("commitment", "date", "summary"),
    columns=(
        _COMMITMENT,
        _date("date", "date du fait, coupée à ce qui est connu", required=True),
        Column(
            name="kind",
            said="deliberation : vote du conseil métropolitain ; milestone : autre étape",
            required=True,
            enum=("deliberation", "milestone"),
        ),
        Column(name="summary", said="ce qui s’est passé", required=True),
        Column(name="source_url", said="page qui l’annonce", required=True),
    ),
)
DUE_DATES = Table(
    name="echeances",
    title="une ligne par échéance en vigueur",
    columns=(
        _COMMITMENT,
        Column(name="label", said="échéance, telle qu’imprimée", required=True),
        _date("from", "premier jour de la période, coupé à ce qui est connu"),
        _date("to", "dernier jour de la période ; vide quand rien ne dit quand elle finit"),
    ),
)
CHANGES = Table(
    name="changements",
    title="une ligne par changement enregistré depuis la première saisie du bilan",
    key=("id",),
    columns=(
        Column(name="id", said="numéro, dans l’ordre d’enregistrement", type="integer", required=True),
        _COMMITMENT,
        Column(name="field", said="ce qui a changé", required=True, enum=tuple(each.value for each in Field)),
        Column(name="old", said="valeur d’avant, en JSON"),
        Column(name="new", said="valeur d’après, en JSON"),
        Column(name="source", said="qui le dit : bilan, équipe ou import", required=True, enum=_ORIGINS),
        Column(name="role", said="rôle de la personne dans l’équipe, jamais son nom"),
        Column(name="evidence", said="raison donnée"),
        _date("event_date", "date du fait, coupée à ce qui est connu"),
        Column(name="url", said="page sur laquelle le changement repose"),
        Column(name="recorded_at", said="instant de l’enregistrement", type="datetime", required=True),
        Column(name="undoes", said="numéro du changement que celui-ci annule", type="integer"),
    ),
)
ALL = (COMMITMENTS, DELIBERATIONS, MILESTONES, DUE_DATES, CHANGES)
LICENCE = (
    "Le texte du bilan (titres, infos, présentations) est de Nantes Métropole. Le bilan n’indique aucune licence de "
    "réutilisation : citez la source, et adressez-vous à Nantes Métropole pour ce qui va au-delà de la citation.",
    "Ce que nous y avons ajouté (résumés, identifiants, lecture des dates et des statuts, liste des étapes) est "
    "distribué avec le programme sous la licence MIT. Les pages citées comme sources sont à leurs auteurs.",
)
