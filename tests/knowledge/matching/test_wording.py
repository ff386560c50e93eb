"""Words as people type them come to the same few forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.matching.wording import by_ear, content_words, fold, stem, words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Rezé, l’ÉTÉ", "reze ete"),
        ("L'eau", "eau"),
        ("l’eau d'ici qu'on boit", "eau ici on boit"),
        ("jusqu’à Nantes", "a nantes"),
        ("aujourd'hui", "aujourd hui"),
        ("cœur, œuvre, Ægir, Straße", "coeur oeuvre aegir strasse"),
        ("habitant·e·s", "habitants"),
        ("habitant.e.s habitant-e-s", "habitants habitants"),
        ("habitant(e)s", "habitants"),
        ("agriculteur·rice·s", "agriculteurs"),
        ("citoyen·ne·s", "citoyens"),
        ("Saint-Sébastien-sur-Loire", "saint sebastien sur loire"),
        ("donnez-moi", "donnez moi"),
        ("100 000 €, 15 %", "100 000 15"),
        ("2022-2023", "2022 2023"),
        ("c koi", "c koi"),
        ("ﬁn ２０２３", "fin 2023"),
        ("e\u0301te\u0301", "ete"),
        ("a_b", "a b"),
        ("😀 !!! …", ""),
        ("", ""),
    ],
)
def test_words(typed: str, expected: str) -> None:
    assert words(typed) == expected.split()


def test_sms_digits_stay_within_their_words() -> None:
    assert words("koi 2 9 2m1 a b1to") == ["koi", "2", "9", "2m1", "a", "b1to"]


def test_function_words_carry_no_topic() -> None:
    assert content_words("Bonjour, où en est le plan Pleine terre svp ?") == ["plan", "pleine", "terre"]
    assert content_words("what is the status of it") == ["status"]


@pytest.mark.parametrize(
    "forms",
    [
        "vélo vélos",
        "logement logements",
        "planter plante plantes",
        "végétaliser végétalisation",
        "habitant habitants habitante",
        "réaliser réalise réalisera",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(fold(form)) for form in forms.split()}) == 1


def test_other_words_keep_their_own_stem() -> None:
    assert len({stem(word) for word in ("velo", "logement", "medecin", "arbre", "dechet")}) == 5


@pytest.mark.parametrize(
    "spellings",
    [
        "eau o au",
        "velo velos",
        "photo foto",
        "quartier kartier cartier",
        "sante santer",
        "logement lojement",
        "dechet deche",
        "maison meson mezon",
        "bottiere botiere",
    ],
)
def test_spellings_by_ear_share_a_key(spellings: str) -> None:
    assert len({by_ear(spelling) for spelling in spellings.split()}) == 1


def test_words_that_sound_unlike_do_not_share_a_key() -> None:
    assert len({by_ear(word) for word in ("velo", "logement", "medecin", "arbre", "dechet", "tram")}) == 6


@given(st.text(max_size=80))
def test_any_text_becomes_plain_words(text: str) -> None:
    found = words(text)
    assert all(word and word.isalnum() for word in found)
    assert words(" ".join(found)) == found or any(not word.isascii() for word in found)


@given(st.text(max_size=80))
def test_capitals_never_matter(text: str) -> None:
    if text.isascii():
        assert words(text.upper()) == words(text)
