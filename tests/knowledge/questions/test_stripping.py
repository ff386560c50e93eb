"""What may point to a person leaves a question; what it is about stays."""

import pytest

from knowledge.questions.stripping import LONGEST, stripped


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Je m'appelle Marie Dupont et je cherche un logement", "Je m'appelle [nom] et je cherche un logement"),
        ("je m appelle marie dupont, où est le plan", "je m appelle [nom], où est le plan"),
        ("je m'appelle jean de la tour et je voudrais un arbre", "je m'appelle [nom] et je voudrais un arbre"),
        ("moi c'est Karim j'habite à Bellevue", "moi c'est [nom] j'habite à Bellevue"),
        ("bonjour je suis Monsieur Le Goff, le tram ?", "bonjour je suis [nom] [nom], le tram ?"),
        ("Mme Durand attend un logement", "Mme [nom] attend un logement"),
        ("M. Petit-Jean mon voisin", "M. [nom] mon voisin"),
        ("ma fille Léa cherche une école", "ma fille [nom] cherche une école"),
        ("et le square ? Cordialement, Anne-Sophie Martin.", "et le square ? Cordialement, [nom]."),
        ("rappelez moi au 06 12 34 56 78", "rappelez moi au [numéro]"),
        ("+33612345678 svp", "[numéro] svp"),
        ("mon dossier 2023-0045871 est perdu", "mon dossier [numéro] est perdu"),
        ("dossier AB12345C", "dossier [numéro]"),
        ("sécu 1 85 03 44 109 123 45", "sécu [numéro]"),
        ("FR76 3000 4000 0312 3456 7890 143", "[numéro]"),
        ("la voiture AB-123-CD", "la voiture [numéro]"),
        ("né le 12 mars 1985 à Nantes", "[date] à Nantes"),
        ("née le 12/03/1985", "[date]"),
        ("le 48 rue des Hauts-Pavés est défoncé", "le [adresse] est défoncé"),
        ("j'habite 12 bis rue jean jaurès à Nantes", "j'habite [adresse] à Nantes"),
        ("12, avenue de la gare et la piste", "[adresse] et la piste"),
        ("appartement 12 bâtiment B", "[adresse] [adresse]"),
        ("écrivez à marie.dupont@example.org", "écrivez à [adresse électronique]"),
        ("marie arobase example point org", "[adresse électronique]"),
        ("répondez à @marie_d", "répondez à [pseudonyme]"),
        ("voir https://example.org/a?b=1 merci", "voir [lien] merci"),
    ],
)
def test_what_points_to_a_person_goes(typed: str, kept: str) -> None:
    assert stripped(typed) == kept


@pytest.mark.parametrize(
    "question",
    [
        "Madame la maire, quand ouvre la maison de santé à Nantes Nord ?",
        "la rue des Hauts-Pavés sera-t-elle refaite ?",
        "22 oasis de nature, 100 000 arbres, 6000 logements : où en est-on ?",
        "entre 2021 et 2026, budget 2021-2026, puis 2022/2023",
        "C6, ligne 8, busway 4, CO2 et p07",
        "je suis handicapée, où sont les toilettes ?",
        "la porte a été refaite",
        "il y a de 102 ou 103 engagements",
        "150000 euros pour l'orientation 4",
    ],
)
def test_what_it_is_about_stays(question: str) -> None:
    assert stripped(question) == question


def test_a_question_is_one_line_and_not_too_long() -> None:
    assert stripped("où\nen\t est   le plan") == "où en est le plan"
    assert len(stripped("arbre " * 400)) <= LONGEST


@pytest.mark.parametrize("typed", ["", " ", "je m'appelle", "12", "@", "a" * 20_000, "0 " * 5_000, "de " * 3_000])
def test_odd_messages_take_no_time_and_raise_nothing(typed: str) -> None:
    assert isinstance(stripped(typed[:1_500]), str)
