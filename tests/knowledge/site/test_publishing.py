import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.errors import NotASiteError, SiteFolderError
from knowledge.site import paths
from knowledge.site.edition import Material
from knowledge.site.publishing import built
from knowledge.site.swapping import MARKER, swap_in
from tests.knowledge.site.conftest import EDITION
from tests.test_architecture import ROOT


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_publishing_twice_gives_the_same_bytes(material: Material, files: dict[str, bytes]) -> None:
    assert built(material, EDITION) == files


def test_another_day_only_changes_what_has_passed(material: Material, files: dict[str, bytes]) -> None:
    earlier = built(material, replace(EDITION, today=EDITION.today - timedelta(days=3)))
    assert {path for path in files if files[path] != earlier[path]} == set()
    long_ago = built(material, replace(EDITION, today=EDITION.today - timedelta(days=2000)))
    assert all(path.endswith(".html") for path in files if files[path] != long_ago[path])
    assert "(date passée)" not in long_ago[paths.commitment("p02")].decode()


def test_the_folder_is_made_and_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "site"
    swap_in({"old.html": b"1", "kept/page.html": b"1"}, folder)
    swap_in({"kept/page.html": b"2"}, folder)
    assert names(folder) == {"kept", MARKER} and (folder / "kept/page.html").read_bytes() == b"2"
    assert names(folder.parent) == {"site"}


def test_an_empty_folder_is_taken_and_a_link_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    swap_in({"page.html": b"1"}, tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and names(tmp_path / "real") == {"page.html", MARKER}


def test_a_web_server_may_read_what_is_published(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        swap_in({"a/page.html": b"1"}, tmp_path / "site")
    finally:
        os.umask(before)
    modes = [
        each.stat().st_mode & 0o777 for each in (tmp_path / "site", tmp_path / "site/a", tmp_path / "site/a/page.html")
    ]
    assert modes == [0o755, 0o755, 0o644]


def test_what_is_no_published_site_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "thesis", tmp_path / "file"):
        with pytest.raises(NotASiteError):
            swap_in({"page.html": b"1"}, folder)
    assert names(tmp_path / "thesis") == {"chapter.txt"} and names(tmp_path) == {"thesis", "file"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(SiteFolderError):
        swap_in({"page.html": b"1"}, tmp_path / "file" / "site")


def test_a_reader_never_sees_half_a_site(tmp_path: Path) -> None:
    """Whenever a page can be opened, every page of the same folder is of the same publication."""
    folder, stop, mixed = tmp_path / "site", threading.Event(), []
    swap_in({f"{n}.html": b"0" for n in range(50)}, folder)

    def read() -> None:
        while not stop.is_set():
            try:
                handle = os.open(folder, os.O_RDONLY)
            except FileNotFoundError:
                continue  # between two renames
            try:
                found = {_content(handle, f"{n}.html") for n in range(50)}
            except FileNotFoundError:
                continue  # the folder that was open has been taken away
            finally:
                os.close(handle)
            mixed.extend([found] if len(found) > 1 else [])

    reader = threading.Thread(target=read)
    reader.start()
    for publication in range(1, 40):
        swap_in({f"{n}.html": b"%d" % publication for n in range(50)}, folder)
    stop.set()
    reader.join()
    assert mixed == []


def _content(folder: int, name: str) -> bytes:
    handle = os.open(name, os.O_RDONLY, dir_fd=folder)
    try:
        return os.read(handle, 100)
    finally:
        os.close(handle)


def called(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    command = [sys.executable, "-m", "knowledge", "publish", *arguments]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=cwd,
        env=env | {"PYTHONPATH": str(ROOT)} | settings,
    )


def settings_of(base: Path) -> dict[str, str]:
    return {"BOT_DATABASE": str(base), "BOT_KEY_FILE": str(base.parent / "keys" / "bot.key")}


def test_the_command_publishes_and_reads_its_settings(changed: Path, tmp_path: Path) -> None:
    settings = {"BOT_SITE_URL": "https://suivi.example.org/", "BOT_OPERATOR": "Ville X"}
    done = called("site", "--bot", "@suivi_bot", cwd=tmp_path, **settings_of(changed), **settings)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("published: site, ")
    assert b"https://suivi.example.org/flux/tout.xml" in (tmp_path / "site/flux/tout.xml").read_bytes()
    home = (tmp_path / "site/index.html").read_text()
    assert "Ville X" in home and "https://t.me/suivi_bot" in home


def test_the_command_refuses_in_one_line(changed: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = called(str(tmp_path), cwd=tmp_path, **settings_of(changed))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "not a published site" in done.stderr


def test_a_wrong_setting_is_named(changed: Path, tmp_path: Path) -> None:
    done = called("site", cwd=tmp_path, **settings_of(changed), BOT_SITE_URL="example.org")
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("BOT_SITE_URL ")


@pytest.mark.parametrize(
    "arguments",
    [[], ["site", "--url", "example.org"], ["site", "--bot", "no"]],
)
def test_a_wrong_call_is_told_in_one_line(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["publish", *arguments])
    told = capsys.readouterr()
    assert (ended.value.code, told.out, told.err.count("\n")) == (2, "", 1)
