"""The staff's console: the program as it is run."""

import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.outgoing import Stores
from bot.settings import Settings
from knowledge.authors import Author, Role, Via
from knowledge.changes import list_changes
from knowledge.database import Database
from scheduler.invites import Invites
from scheduler.members import Members, add
from tests.bot.conftest import NOW

ADMIN = 1
OPERATOR = Author(member=None, role=None, via=Via.COMMAND_LINE)


@pytest.fixture
def env(base: Database) -> dict[str, str]:
    return {
        "BOT_DATABASE": str(base.path),
        "BOT_KEY_FILE": str(base.path.parent / "keys" / "bot.key"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PATH": os.environ["PATH"],
    }


@pytest.fixture
def code(env: dict[str, str]) -> str:
    """The personal code of the first admin."""
    stores = Stores.open(Settings.from_env(env))
    members = Members(stores.database, stores.identities)
    members.seed([(77, Role.ADMIN)], NOW)
    return members.new_code(ADMIN, OPERATOR, NOW)


def staff(env: dict[str, str], *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", "staff", *arguments]
    return subprocess.run(command, env=env, input=typed, capture_output=True, text=True, timeout=60, check=False)


def test_a_member_works_at_the_console(env: dict[str, str], code: str) -> None:
    done = staff(env, "--as", "1", "--code", code, "/agent")
    assert done.returncode == 0 and "Vous êtes le membre 1, rôle : administration" in done.stdout.replace("\u00a0", " ")
    assert "essai" not in done.stdout
    piped = staff(env | {"BOT_STAFF_CODE": code}, "--as", "1", typed="/equipe\n2\n")
    assert "Quel rôle pour la personne invitée" in piped.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize("given", ["", "faux"])
def test_without_the_code_nobody_does(env: dict[str, str], code: str, given: str) -> None:
    done = staff(env, "--as", "1", "--code", given, "/agent")
    assert done.returncode == 1 and done.stdout == "" and "code refusé" in done.stderr


def test_one_may_join_without_telegram(env: dict[str, str], code: str) -> None:
    stores = Stores.open(Settings.from_env(env))
    admin = Members(stores.database, stores.identities).get(ADMIN)
    invitation = Invites(stores.database, stores.identities).make(
        Role.EDITOR, "Service eau", admin, NOW - timedelta(days=2)
    )
    late = staff(env, "--join", f"equipe-{invitation}")
    assert late.returncode == 1 and "Cette invitation n'est pas valable" in late.stderr
    fresh = staff(env, "--as", "1", "--code", code, "/equipe inviter redaction")
    payload = re.search(r"equipe-[\w-]+", fresh.stdout)
    assert payload is not None
    joined = staff(env, "--join", payload.group())
    own = re.search(r"fois : (\S+)", joined.stdout)
    assert own is not None and "membre 2" in joined.stdout
    assert "rôle : rédaction" in staff(env, "--as", "2", "--code", own.group(1), "/agent").stdout.replace("\u00a0", " ")


def test_updates_and_files_work_at_the_console(env: dict[str, str], code: str, base: Database, tmp_path: Path) -> None:
    done = staff(env, "--as", "1", "--code", code, "/statut p07 en_cours 2026-03")
    assert "Maintenant : En cours, depuis mars 2026." in done.stdout.replace("\u00a0", " ")
    file = tmp_path / "suivi.csv"
    file.write_text("id,status,source_url\np07,realise,https://nantes.example/pv\n", encoding="utf-8")
    typed = f"/fichier {file}\n1\n1\n"
    shown = staff(env | {"BOT_STAFF_CODE": code}, "--as", "1", typed=typed).stdout.replace("\u00a0", " ")
    assert "en cours → réalisé" in shown and "1 changement est écrit" in shown and "annulé : 1 changement" in shown
    changes = list(list_changes(base.read()))
    assert [each.by and each.by.via for each in changes] == [Via.CONSOLE] * 3
    assert [each.undoes for each in changes] == [None, None, changes[1].id]


def test_what_is_followed_at_a_console_is_a_trial(env: dict[str, str], code: str, base: Database) -> None:
    staff(env, "--as", "1", "--code", code, "/suivre p07")
    assert base.read().execute("SELECT count(*) FROM subscriptions").fetchone()[0] == 0


def test_a_wrong_call_gets_one_line(env: dict[str, str]) -> None:
    done = staff(env)
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1


def test_two_members_announce_from_two_consoles(env: dict[str, str], code: str, base: Database) -> None:
    stores = Stores.open(Settings.from_env(env))
    members = Members(stores.database, stores.identities)
    with base.write() as db:
        other = add(db, Role.APPROVER, "", NOW, cipher=None, index=None, by=None)
    second = members.new_code(other, OPERATOR, NOW)
    wrote = staff(env, "--as", "1", "--code", code, typed="/annonce Réunion le 3\n1\n2\n").stdout.replace("\u00a0", " ")
    assert "Voici le message tel qu'il partira" in wrote and "Annonce 1 : attend une validation" in wrote
    own = staff(env, "--as", "1", "--code", code, typed="/annonces 1\n")
    assert "Approuver" not in own.stdout and "Refuser" not in own.stdout
    approved = staff(env, "--as", str(other), "--code", second, typed="/annonces 1\n2\n2\n1\n").stdout
    assert "validée, à lancer" in approved.replace("\u00a0", " ") and "Il n'y a personne à qui l'envoyer" in approved
    vias = base.read().execute("SELECT DISTINCT via FROM history WHERE kind LIKE 'announcement.%'")
    assert [via for (via,) in vias] == ["console"]


def test_after_a_refusal_the_numbers_still_press_what_was_shown(env: dict[str, str], code: str) -> None:
    # « Soumettre » comes after « Tester »; a day that is none is asked for again, with its buttons.
    typed = "/annonce Bonjour\n2\n4\nhier 9h\n1\n"
    told = staff(env, "--as", "1", "--code", code, typed=typed).stdout.replace("\u00a0", " ")
    assert "D'abord « Tester sur moi »" in told and "Quand doit-elle partir ?" in told
    assert "Je n'ai pas compris « hier 9h »" in told
    assert told.count("Quand : dès que quelqu'un la lance.") == 2


def test_a_file_that_is_not_there_is_said_in_french(env: dict[str, str], code: str) -> None:
    told = staff(env, "--as", "1", "--code", code, typed="/fichier /nulle/part.csv\n/fichier /\n").stdout
    assert "ne peut pas être lu : il n'existe pas." in told and "c'est un dossier." in told
