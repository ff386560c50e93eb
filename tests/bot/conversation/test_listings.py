import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.listings import Listing, decode, encode, select, tag_token
from bot.errors import StaleButtonError
from bot.keyboards import LONGEST_DATA
from knowledge.catalogue import Catalogue
from knowledge.matching.filters import Filter
from knowledge.models import Kind, Status, Tag, TagKind

_FILTERS = st.builds(
    Filter,
    orientation=st.sampled_from([None, "o1", "o2", "o3", "o4", "o5"]),
    status=st.sampled_from([None, *Status]),
    unknown_status=st.booleans(),
    kind=st.sampled_from([None, *Kind]),
    not_kind=st.sampled_from([None, Kind.PRIORITY]),
    due=st.sampled_from([None, "2022", "2022-06", "ete 2022", "2035"]),
    undated=st.booleans(),
    voted=st.sampled_from([None, "", "2021", "2022-06"]),
)


@given(wanted=_FILTERS, data=st.data())
def test_a_list_is_the_same_after_its_journey_in_a_button(
    catalogue: Catalogue, wanted: Filter, data: st.DataObject
) -> None:
    tags = tuple(data.draw(st.lists(st.sampled_from(catalogue.tags), max_size=9, unique=True)))
    listing = select(catalogue, Filter.over(Filter(tags=tags), wanted))
    token = encode(listing, catalogue)
    assert len(f"l:{token}:99".encode()) <= LONGEST_DATA
    assert decode(token, catalogue).commitments == listing.commitments


@pytest.mark.parametrize(
    ("wanted", "token"),
    [
        (Filter(), "tout"),
        (Filter(orientation="o3", status=Status.EN_COURS), "o3.se"),
        (Filter(kind=Kind.PRIORITY, due="2023"), "kp.y2023"),
        (Filter(unknown_status=True, undated=True), "su.yn"),
        (Filter(due="ete 2022", not_kind=Kind.PRIORITY), "np.yete_2022"),
        (Filter(voted=""), "v"),
        (Filter(voted="2022-06"), "v2022-06"),
    ],
)
def test_simple_filters_read_as_themselves(catalogue: Catalogue, wanted: Filter, token: str) -> None:
    assert encode(select(catalogue, wanted), catalogue) == token
    assert decode(token, catalogue).filters == wanted


def test_what_a_token_cannot_name_travels_as_its_commitments(catalogue: Catalogue) -> None:
    merged = Tag(kind=TagKind.THEME, name="Jeunesse", aliases=(), commitments=("p08", "p19"))
    listing = Listing(
        filters=Filter(tags=(merged,), text=("jeun",)), commitments=(catalogue.get("p08"), catalogue.get("p19"))
    )
    assert decode(encode(listing, catalogue), catalogue).commitments == listing.commitments


def test_every_tag_has_a_token_of_its_own(catalogue: Catalogue) -> None:
    tokens = {tag_token(tag.kind, tag.name) for tag in catalogue.tags}
    assert len(tokens) == len(catalogue.tags)


@given(token=st.text(max_size=60))
def test_any_other_token_is_refused_or_read_but_never_breaks(catalogue: Catalogue, token: str) -> None:
    try:
        decode(token, catalogue)
    except StaleButtonError as error:
        assert error.data in token or token in error.data
