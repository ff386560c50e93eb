"""The commands: ``run`` serves Telegram, ``chat`` talks in the terminal, ``preview`` in a browser, ``ask`` answers."""

import argparse
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NoReturn

from bot import asking, logs, terminal
from bot.conversation.recent import Recent
from bot.conversation.talk import Conversation
from bot.errors import BackupError, SettingsError, StoppedByTelegramError
from bot.explaining.operators import operator_line
from bot.explaining.people import is_a_slip, sentence
from bot.keeping import try_out
from bot.operation.backups import back_up
from bot.operation.health import examine
from bot.operation.restoring import line_of, put_back
from bot.settings import Settings
from knowledge import environment
from knowledge.database import Database
from knowledge.errors import KnowledgeError, SettingError
from knowledge.service import Knowledge
from scheduler.errors import SchedulerError

logger = logging.getLogger("bot")

_LAST_PORT = 65535
_started = time.perf_counter()

DONE, FAILED, WRONG_CALL, STOPPED_BY_TELEGRAM = 0, 1, 2, 4


class _Parser(argparse.ArgumentParser):
    """A wrong call is told in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_CALL, f"{self.prog}: {message} (see {self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code (CONTRACT, "Commands of the program").
    """
    terminal.use_utf8()
    called = _parser().parse_args(arguments)
    try:
        return int(called.command(called))
    except KeyboardInterrupt:
        return DONE
    except BrokenPipeError:
        # Whoever read the answers has had enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except SettingsError as error:
        return _failed(error, WRONG_CALL)
    except StoppedByTelegramError as error:
        return _failed(error, STOPPED_BY_TELEGRAM)
    except (KnowledgeError, SchedulerError, BackupError, OSError) as error:
        return _failed(error, FAILED)
    except Exception as error:
        logger.debug("unexpected", exc_info=True)
        return _failed(error, FAILED)


def _failed(error: Exception, code: int) -> int:
    print(f"ERROR: {operator_line(error)}", file=sys.stderr)
    return code


def _parser() -> _Parser:
    parser = _Parser(prog="python -m bot", description="Follow up the commitments of Nantes Métropole.")
    commands = parser.add_subparsers(required=True, metavar="command", parser_class=_Parser)
    run = commands.add_parser("run", help="serve Telegram", description="Serve Telegram until stopped.")
    run.set_defaults(command=_run)
    chat = commands.add_parser("chat", help="chat in the terminal", description="Chat in the terminal, offline.")
    chat.set_defaults(command=_chat)
    ask = commands.add_parser("ask", help="answer one question, or a file", description="Answer, then end.")
    ask.add_argument("question", nargs="?", help="the question, in quotes")
    ask.add_argument("--json", action="store_true", help="the answer as JSON")
    ask.add_argument("--batch", metavar="FILE", help="a JSON object a line, FILE or - for standard input")
    ask.set_defaults(command=_ask, parser=ask)
    back_up = commands.add_parser("backup", help="copy the base while the bot runs", description="Copy the base.")
    back_up.add_argument("file", type=Path, metavar="FILE", help="where the copy goes; the key is not in it")
    back_up.set_defaults(command=_backup)
    restore = commands.add_parser(
        "restore", help="put a copy back", description="Put a copy back; erasures made since are made again."
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="a copy that backup made; the bot must be stopped")
    restore.set_defaults(command=_restore)
    staff = commands.add_parser(
        "staff", help="what staff do on Telegram, from a shell", description="L'espace des agents, à la console."
    )
    staff.add_argument("--as", dest="member", type=int, metavar="MEMBER", help="votre numéro de membre")
    staff.add_argument("--code", help="votre code personnel ; sinon BOT_STAFF_CODE, sinon il est demandé")
    staff.add_argument("--file", type=Path, metavar="FILE", help="envoyer un fichier, puis les mots ou l'entrée")
    staff.add_argument("--join", metavar="INVITATION", help="rejoindre l'équipe, sans Telegram")
    staff.add_argument("words", nargs="*", help="une commande (/statut p07 realise) ; sinon l'entrée est lue")
    staff.set_defaults(command=_staff, parser=staff)
    preview = commands.add_parser(
        "preview", help="chat in a browser, no token", description="A chat page on 127.0.0.1 with the real bot."
    )
    preview.add_argument("--port", type=_port, default=8080, help="of the page, 8080 unless given; 0 for any free one")
    preview.set_defaults(command=_preview)
    health = commands.add_parser("health", help="how it is, in one line", description="0 when all is well, else 1.")
    health.set_defaults(command=_health)
    return parser


def _run(called: argparse.Namespace) -> int:
    settings = Settings.from_env(_environment(), serving=True)
    logs.configure(settings.log_level, settings.secrets)
    knowledge = _open(settings)
    # Only here: the terminal must not wait for the Telegram library.
    from bot.app import serve

    serve(settings, knowledge)
    return DONE


def _chat(called: argparse.Namespace) -> int:
    conversation, _ = _trial()
    typing = sys.stdin.isatty()
    lines = terminal.typed_lines(sys.stdin.buffer, prompt=sys.stderr if typing else None)
    terminal.chat(conversation, lines, sys.stdout, _now, greet=typing)
    return DONE


def _ask(called: argparse.Namespace) -> int:
    if (called.question is None) == (called.batch is None):
        called.parser.error("give a question, or --batch FILE")
    if called.batch is None:
        conversation, _ = _trial()
        turn = conversation.answer(0, asking.clean(called.question), _now())
        print(asking.as_json(turn) if called.json else asking.text_of(turn))
        return DONE
    with _opened(called.batch, called.parser) as lines:
        conversation, knowledge = _trial()
        for line in asking.batch(lines, conversation, knowledge.catalogue, _now):
            print(line, flush=True)
    return DONE


def _backup(called: argparse.Namespace) -> int:
    settings = _quiet_settings()
    size = back_up(settings.database, called.file, _now())
    print(f"backup written: {called.file}, {size} bytes")
    return DONE


def _restore(called: argparse.Namespace) -> int:
    settings = _quiet_settings()
    erased = put_back(called.file, settings.database, settings.key_file, settings.timezone, _now())
    print(line_of(called.file, erased))
    return DONE


def _health(called: argparse.Namespace) -> int:
    settings = _quiet_settings()
    found = examine(settings.database, _now(), tick_seconds=settings.tick_seconds)
    print(found.line)
    return DONE if found.is_well else FAILED


def _staff(called: argparse.Namespace) -> int:
    if (called.member is None) == (called.join is None):
        called.parser.error("give --as MEMBER, or --join INVITATION")
    settings = _quiet_settings()
    # Only here: the other commands need none of it.
    from bot import console

    if called.join is not None:
        return _join(settings, called.join)
    typing = sys.stdin.isatty() and not called.words
    code = called.code or settings.staff_code or (console.ask_for_code() if typing else "")
    opened = console.open_console(settings, _open(settings), called.member, code, _now)
    if opened is None:
        print(console.REFUSED, file=sys.stderr)
        return FAILED
    if called.file is not None:
        print(f"{opened.send(called.file)}\n")
    if called.words:
        print(opened.answer(" ".join(called.words)))
        return DONE
    lines = terminal.typed_lines(sys.stdin.buffer, prompt=sys.stderr if typing else None)
    console.talk(opened, lines, sys.stdout, greet=typing)
    return DONE


def _join(settings: Settings, invitation: str) -> int:
    from bot import console

    _open(settings).close()  # the base may be new
    try:
        print(console.join(settings, invitation, _now()))
    except SchedulerError as error:
        if not is_a_slip(error):
            raise
        print(sentence(error, reference=""), file=sys.stderr)
        return FAILED
    return DONE


def _preview(called: argparse.Namespace) -> int:
    environment = {"BOT_LOG_LEVEL": "WARNING"} | dict(_environment())
    settings = Settings.from_env(environment)
    logs.configure(settings.log_level)
    # Only here: the terminal must not wait for the Telegram library.
    from bot.preview.command import show

    show(settings, environment, called.port, _started)
    return DONE


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"not a port: {text}")
    return int(text)


def _quiet_settings() -> Settings:
    settings = Settings.from_env(_environment())
    logs.configure(settings.log_level)
    return settings


@contextmanager
def _opened(name: str, parser: _Parser) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as stream:
            yield stream
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        parser.error(f"cannot read {name}: {error.strerror}")


def _trial() -> tuple[Conversation, Knowledge]:
    """A conversation that records nothing."""
    settings = Settings.from_env(_environment())
    logs.configure(settings.log_level)
    knowledge = _open(settings)
    copy, kept = try_out(Database(settings.database, settings.key_file), settings.quiet)
    recent = Recent(copy)
    recent.read(_now())
    return Conversation(knowledge, settings.identity, settings.timezone, kept, recent), knowledge


def _open(settings: Settings) -> Knowledge:
    return Knowledge.open(
        settings.database, _now(), lambda line: print(line, file=sys.stderr, flush=True), key_file=settings.key_file
    )


def _environment() -> Mapping[str, str]:
    """Environment variables, over those of a ``.env`` file in the working directory."""
    try:
        return environment.variables()
    except SettingError as error:
        raise SettingsError([str(error)]) from None


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
