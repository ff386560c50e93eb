"""What staff teach acts at the next question: on itself, on what is near it, and on nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.database import Database
from knowledge.matching.decision import Calibration, Judge
from knowledge.matching.meaning import Aspect, Meaning, Outcome
from knowledge.matching.model import Model
from knowledge.matching.taught import Taught
from knowledge.matching.understanding import Understanding
from knowledge.models import Refusal, Sample
from knowledge.store import load_samples
from tests.conftest import NOW

Ask = Callable[[str], Meaning]

WORMS = ("a5-03", "Comment avoir un lombricomposteur chez soi ?")
DOGS = ("a2-11", "Mon chien pourra-t-il courir sans laisse dans un parc ?")
LAMPS = ("a4-06", "Allez-vous éteindre les lampadaires la nuit ?")
PARAPHRASES = {
    WORMS: [
        *("le lombricomposteur gratuit", "je voudrais un lombricomposteur pour mon appartement"),
        *("la métropole donne des lombricomposteurs ?", "cmt avoir un lombricomposteure"),
        *("ou recuperer un lombri composteur", "un lombricomposteur pour mon balcon, à qui le demander"),
        *("est-il possible d obtenir un lombricomposteur", "lombricomposteur"),
        *("distribution de lombricomposteurs aux habitants", "lombricomposteur aide achat"),
    ],
    DOGS: [
        *("mon chien peut-il courir sans laisse quelque part", "un parc où les chiens courent sans laisse"),
        *("parc a chien sans laisse", "mes chiens peuvent courir sans laisse dans les parcs ?"),
        *("un espace sans laisse pour nos chiens", "ou lacher mon chien sans laisse"),
        *("chien sans laisse au parc", "est ce que les chiens auront un parc sans laisse"),
        *("y aura t il un endroit pour faire courir son chien sans laisse", "promener un chien sans laisse"),
    ],
    LAMPS: [
        *("éteindre les lampadaires la nuit", "les lampadaires seront ils eteints la nuit"),
        *("lampadaires allumés toute la nuit", "pourquoi les lampadaires restent allumés la nuit ?"),
        *("extinction des lampadaires la nuit", "on eteint quand les lampadaires de ma rue"),
        *("les lampadère la nuit vous les éteigné ?", "moins de lampadaires allumés la nuit, c est prevu ?"),
        *("couper les lampadaires à minuit", "une ville sans lampadaires la nuit"),
    ],
}
OTHERS = [
    *("tarif du bac à compost en déchetterie", "où acheter un composteur", "ma poubelle jaune n'est pas passée"),
    *("mon chien a disparu", "vétérinaire de garde la nuit", "combien coûte la fourrière pour un chien"),
    *("panne de courant cette nuit", "le tram de nuit", "parc de procé horaires", "où jeter mes lampes"),
    *("où en est le plan pleine terre ?", "combien d'engagements sont réalisés ?", "merci", "et à Rezé ?"),
    *("c'est quoi la convention citoyenne", "les engagements sur le logement", "les travaux de ma rue"),
]


@pytest.fixture
def asking(catalogue: Catalogue, model: Model) -> Callable[..., Ask]:
    def taught(*samples: Sample) -> Ask:
        judge = Judge(model, Calibration.load())
        understanding = Understanding(catalogue, judge, Taught(samples, model.features))
        return lambda message: understanding.understand(message, None, NOW)[0]

    return taught


def question(about: str, text: str) -> Sample:
    return Sample(text=text, about=about, by_staff=True)


def word(commitment: str, text: str) -> Sample:
    return Sample(text=text, about=f"commitment:{commitment}", is_word=True, by_staff=True)


def is_right(meaning: Meaning, commitment: str) -> bool:
    return meaning.outcome is Outcome.ANSWER and meaning.commitments[0] == commitment


@pytest.mark.parametrize("lesson", PARAPHRASES)
def test_a_question_is_answered_as_taught_and_so_are_eight_of_ten_paraphrases(
    asking: Callable[..., Ask], lesson: tuple[str, str]
) -> None:
    commitment, text = lesson
    before, after = asking(), asking(question(f"commitment:{commitment}", text))
    assert not is_right(before(text), commitment) and is_right(after(text), commitment)
    assert not any(is_right(before(each), commitment) for each in PARAPHRASES[lesson])
    assert sum(is_right(after(each), commitment) for each in PARAPHRASES[lesson]) >= 8


def test_what_is_not_near_is_answered_as_before(asking: Callable[..., Ask]) -> None:
    before = asking()
    after = asking(*(question(f"commitment:{commitment}", text) for commitment, text in PARAPHRASES))
    assert [after(each) for each in OTHERS] == [before(each) for each in OTHERS]


def test_samples_of_the_data_files_do_not_act_twice(asking: Callable[..., Ask]) -> None:
    learned = Sample(text=LAMPS[1], about="commitment:a4-06")
    assert asking(learned)(LAMPS[1]) == asking()(LAMPS[1])


@pytest.mark.parametrize(
    "typed", ["COMMENT AVOIR UN LOMBRICOMPOSTEUR CHEZ SOI", "coment avoir 1 lombricomposteur, chez soi"]
)
def test_slips_accents_and_marks_do_not_hide_it(asking: Callable[..., Ask], typed: str) -> None:
    assert is_right(asking(question("commitment:a5-03", WORMS[1]))(typed), "a5-03")


def test_one_place_is_not_another_however_alike_their_names(asking: Callable[..., Ask]) -> None:
    ask = asking(question("refusal:other_town", "la colocation des seniors de Vannes"))
    assert ask("la colocation des seniors de vannes ?").reason is Refusal.OTHER_TOWN
    assert ask("la colocation des seniors de Nantes ?").outcome is Outcome.CHOICES


def test_what_is_asked_of_it_is_told_first(asking: Callable[..., Ask]) -> None:
    ask = asking(question("commitment:a5-03", "le lombricomposteur, c'est pour quand ?"))
    assert ask("le lombricomposteur c'est pour quand").aspect is Aspect.DATE


def test_an_out_of_scope_sample_means_that_refusal(asking: Callable[..., Ask]) -> None:
    typed = "composter ses épluchures en immeuble"
    assert asking()(typed).outcome is Outcome.ANSWER
    meaning = asking(question("refusal:other_service", "Composter les épluchures en immeuble"))(typed)
    assert (meaning.outcome, meaning.reason) == (Outcome.REFUSAL, Refusal.OTHER_SERVICE)


def test_somebody_in_danger_is_heard_whatever_was_taught(asking: Callable[..., Ask]) -> None:
    typed = "au secours, il y a le feu chez moi"
    assert asking(question("commitment:p06", typed))(typed).reason is Refusal.EMERGENCY


def test_a_word_leads_to_its_commitment_alone_or_in_a_question(asking: Callable[..., Ask]) -> None:
    before, after = asking(), asking(word("a5-03", "lombricomposteur"))
    for typed in ("lombricomposteur", "où trouver un lombricomposteur ?", "LOMBRICOMPOSTEURS"):
        assert not is_right(before(typed), "a5-03")
        assert "a5-03" in after(typed).commitments[:3]
    assert after("où en est le plan pleine terre ?") == before("où en est le plan pleine terre ?")


def test_a_word_that_stands_for_several_weighs_less(model: Model) -> None:
    shared = Sample(text="Tramway", about="commitment:a4-24", is_word=True)
    alone = Taught([word("a5-02", "tramway")], model.features).pull("tramway ?")
    among = Taught([word("a5-02", "tramway"), shared], model.features).pull("tramway ?")
    assert alone and among and alone.strength == 2 * among.strength


def test_an_id_and_a_list_are_still_themselves(asking: Callable[..., Ask]) -> None:
    before, after = asking(), asking(question("commitment:a5-03", "les chantiers prioritaires du lombricomposteur"))
    for typed in ("p07", "les chantiers prioritaires", "a5-03", "engagements réalisés"):
        assert replace(after(typed), score=1) == replace(before(typed), score=1)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("où en est le plan ?", ["le plan vélo", "où en est le plan vélo ?", "plan climat"]),
        ("les logements, ça avance ?", ["les logements des seniors", "logement et handicap"]),
    ],
)
def test_a_careless_lesson_of_common_words_answers_no_other_topic(
    asking: Callable[..., Ask], database: Path, text: str, asked: list[str]
) -> None:
    learned = load_samples(Database(database))
    before, after = asking(*learned), asking(*learned, question("commitment:p12", text))
    assert is_right(after(text), "p12")
    assert [after(each).commitments for each in asked] == [before(each).commitments for each in asked]
