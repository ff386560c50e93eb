"""The command, from its start to its end."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import KEPT_INDEX

ROOT = Path(__file__).parents[3]
MOST_SECONDS = 3.0  # of work, with the libraries installed and the index built: time that others take does not count
_LONGEST_START = 30.0


@contextmanager
def started(folder: Path, *arguments: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    own = {"BOT_DATABASE": str(KEPT_INDEX.with_name("bot.db")), "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "preview", *arguments],
        env=inherited | own | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def worked(process: int) -> float | None:
    """How many seconds a process has worked; None where the system does not say."""
    written = Path(f"/proc/{process}/stat")
    if not written.exists():
        return None
    user, system = written.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def test_it_is_soon_ready_and_leaves_nothing_behind(tmp_path: Path) -> None:
    # What would lead elsewhere is not taken over from a served bot, and a proxy is not asked.
    elsewhere = {
        "BOT_TOKEN": "1:real",
        "BOT_API_URL": "https://api.example.org/bot",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    with started(tmp_path, "--port", "0", **elsewhere) as process:
        assert process.stdout is not None and process.stderr is not None
        line = process.stdout.readline()
        took = worked(process.pid)
        assert "<title>Droit de suite" in httpx.get(line.split()[0], trust_env=False).text
        assert list(tmp_path.iterdir()) != []
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=_LONGEST_START) == 0
        assert process.stderr.read() == ""
    assert list(tmp_path.iterdir()) == []
    assert took is None or took < MOST_SECONDS


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with started(tmp_path, "--port", port) as process:
            said, errors = process.communicate(timeout=_LONGEST_START)
    assert process.returncode == 1 and said == ""
    assert errors == f"ERROR: port {port} cannot be used (Address already in use); choose another one with --port\n"


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", ""])
def test_a_port_that_is_none_is_a_wrong_call(tmp_path: Path, port: str) -> None:
    with started(tmp_path, f"--port={port}") as process:
        said, errors = process.communicate(timeout=_LONGEST_START)
    assert process.returncode == 2 and said == "" and errors.count("\n") == 1


def test_only_this_machine_can_reach_it(tmp_path: Path) -> None:
    with started(tmp_path, "--port", "0") as process:
        assert process.stdout is not None
        port = int(process.stdout.readline().split()[0].rstrip("/").rpartition(":")[2])
        # Bound to 127.0.0.1: the same port is free on another address of this machine.
        with socket.socket() as other:
            other.bind(("127.0.0.2", port))
