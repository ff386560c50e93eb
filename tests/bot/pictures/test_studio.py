"""Pictures as they are drawn, by the real process, and kept."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.errors import PictureError
from bot.pictures.sheets import Bar, BarsSheet, Heading, Pattern, Section, Share
from bot.pictures.studio import Studio
from knowledge.catalogue import Catalogue
from tests.bot.pictures.sheets import every_kind, picture_of

LARGEST, WIDTH, TALLEST = 150_000, 1080, 2.2
STARTING = "starting the process that draws"


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    studio = Studio(tmp_path / "pictures")
    yield studio
    await studio.close()


def a_sheet(title: str, count: int = 3) -> BarsSheet:
    bar = Bar(label=title, shares=(Share(pattern=Pattern.DONE, count=count, words="faits"),), said=title)
    heading = Heading(title=title, dated="Aujourd'hui", source="Source")
    return BarsSheet(heading=heading, sections=(Section(head="Tête", bars=(bar,)),), legend=(), note="")


async def test_every_picture_is_small_and_fits_a_phone(studio: Studio, catalogue: Catalogue) -> None:
    for reply in every_kind(catalogue):
        png = await studio.picture(picture_of(reply).sheet)
        assert len(png) < LARGEST
        with Image.open(io.BytesIO(png)) as image:
            assert image.format == "PNG" and image.width == WIDTH
            assert WIDTH * 0.9 < image.height < WIDTH * TALLEST


async def test_no_pattern_depends_on_colour(studio: Studio) -> None:
    seen = {}
    for pattern in Pattern:
        bar = Bar(label="x", shares=(Share(pattern=pattern, count=1, words="x" * 99),), said="x")
        sheet = replace(a_sheet("x"), sections=(Section(head="x", bars=(bar,)),))
        with Image.open(io.BytesIO(await studio.picture(sheet))) as image:
            grey = image.convert("L").crop((100, 320, 440, 350))
            seen[pattern] = tuple(value // 16 for value in grey.tobytes())
    assert len(set(seen.values())) == len(Pattern)


async def test_a_picture_is_drawn_once(studio: Studio, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    first = await studio.picture(a_sheet("Une"))
    assert STARTING in caplog.text
    await studio.close()
    caplog.clear()
    again = Studio(tmp_path / "pictures")
    assert await again.picture(a_sheet("Une")) == first
    assert STARTING not in caplog.text


async def test_other_data_is_another_picture(studio: Studio) -> None:
    keys = {studio.key_of(a_sheet("Une")), studio.key_of(a_sheet("Une", 4)), studio.key_of(a_sheet("Deux"))}
    assert len(keys) == 3
    assert studio.key_of(a_sheet("Une")) in keys


async def test_what_cannot_be_drawn_is_told_and_the_next_one_is_drawn(studio: Studio) -> None:
    empty = replace(a_sheet("Une"), sections=(Section(head="Rien", bars=()),))
    with pytest.raises(PictureError, match="ValueError"):
        await studio.picture(empty)
    assert await studio.picture(a_sheet("Une"))


async def test_a_folder_that_cannot_be_written_only_means_drawing_again(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("in the way")
    studio = Studio(tmp_path / "pictures")
    try:
        assert await studio.picture(a_sheet("Une"))
        assert await studio.find(a_sheet("Une")) is None
        studio.sent.remember(1, "key", "name")
    finally:
        await studio.close()


async def test_old_pictures_make_room(studio: Studio, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(250):
        (folder / f"{number}.png").write_bytes(b"old")
    await studio.picture(a_sheet("Une"))
    assert len(list(folder.glob("*.png"))) == 200
    assert await studio.find(a_sheet("Une")) is not None


async def test_names_of_sent_pictures_are_kept_for_each_bot(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    studio = Studio(folder)
    studio.sent.remember(1, "key", "name")
    assert (studio.sent.find(1, "key"), studio.sent.find(2, "key")) == ("name", None)
    assert Studio(folder).sent.find(1, "key") == "name"
    Studio(folder).sent.forget(1, "key")
    assert Studio(folder).sent.find(1, "key") is None
    for number in range(600):
        studio.sent.remember(1, str(number), "name")
    assert len(json.loads((folder / "sent.json").read_text())) == 500


@pytest.mark.parametrize("content", ["", "[1]", "{", "\x00"])
async def test_unreadable_names_are_begun_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / "sent.json").write_text(content)
    assert Studio(tmp_path).sent.find(1, "key") is None
