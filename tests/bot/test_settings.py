from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings

SERVED = {"BOT_TOKEN": "123:secret-TOKEN", "BOT_OPERATOR": "Association X", "BOT_CONTACT": "x@example.org"}


def faults(env: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(env, serving=True)
    return caught.value.faults


def test_nothing_is_required_to_try() -> None:
    settings = Settings.from_env({})
    assert settings.database == Path("var/bot.db")
    assert settings.timezone.key == "Europe/Paris"
    assert settings.identity.operator is None and not settings.identity.official


def test_what_is_told_by_itself_has_its_settings() -> None:
    settings = Settings.from_env({})
    assert settings.key_file == Path("var/keys/bot.key")
    assert (settings.bulk_rate, settings.quiet) == (25, "20:00-08:00,sunday")
    changed = Settings.from_env({"BOT_KEY_FILE": "/k", "BOT_BULK_RATE": "10", "BOT_QUIET": "None"})
    assert (changed.key_file, changed.bulk_rate, changed.quiet) == (Path("/k"), 10, "none")


def test_the_public_site_is_told_to_who_shows_cards() -> None:
    assert Settings.from_env({}).identity.site is None
    assert Settings.from_env({"BOT_SITE_URL": "https://suivi.example.org"}).identity.site == "https://suivi.example.org"


def test_serving_names_every_missing_setting_at_once() -> None:
    assert faults({"BOT_TOKEN": " "}) == [
        "BOT_OPERATOR is missing",
        "BOT_CONTACT is missing",
        "BOT_TOKEN is missing",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "has a space"),
        ("BOT_TOKEN_FILE", "/nowhere"),
        ("BOT_API_URL", "ftp://example.org"),
        ("BOT_API_URL", "example.org/bot"),
        ("BOT_TIMEZONE", "Europe/Nulle-Part"),
        ("BOT_TIMEZONE", "../../etc/passwd"),
        ("BOT_LOG_LEVEL", "LOUD"),
        ("BOT_SITE_URL", "suivi.example.org"),
        ("BOT_BULK_RATE", "0"),
        ("BOT_BULK_RATE", "many"),
        ("BOT_QUIET", "la nuit"),
        ("BOT_QUIET", "20:00-20:00"),
        ("BOT_QUIET", "25:00-08:00"),
        ("BOT_WEBHOOK_URL", "not an address"),
        ("BOT_WEBHOOK_LISTEN", "8443"),
        ("BOT_WEBHOOK_LISTEN", "127.0.0.1:99999"),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str) -> None:
    env = SERVED | {"BOT_WEBHOOK_SECRET": "s", name: value}
    if name == "BOT_TOKEN_FILE":
        del env["BOT_TOKEN"]
    assert any(fault.startswith(name) for fault in faults(env))


def test_a_webhook_needs_its_secret() -> None:
    assert faults(SERVED | {"BOT_WEBHOOK_URL": "https://example.org/hook"}) == ["BOT_WEBHOOK_SECRET is missing"]


def test_a_webhook() -> None:
    env = SERVED | {"BOT_WEBHOOK_URL": "https://example.org/hook", "BOT_WEBHOOK_SECRET": "s3cret"}
    webhook = Settings.from_env(env | {"BOT_WEBHOOK_LISTEN": "[::1]:9000"}, serving=True).webhook
    assert webhook is not None
    assert (webhook.host, webhook.port, webhook.secret) == ("::1", 9000, "s3cret")


def test_secrets_may_stand_in_files(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:from-file\n")
    env = {name: value for name, value in SERVED.items() if name != "BOT_TOKEN"}
    settings = Settings.from_env(env | {"BOT_TOKEN_FILE": str(tmp_path / "token")}, serving=True)
    assert settings.token == "123:from-file"
    assert faults(SERVED | {"BOT_TOKEN_FILE": str(tmp_path / "token")}) == [
        "BOT_TOKEN and BOT_TOKEN_FILE are both set; keep one"
    ]


def test_no_secret_is_ever_printed() -> None:
    env = SERVED | {"BOT_WEBHOOK_URL": "https://example.org/hook", "BOT_WEBHOOK_SECRET": "s3cret"}
    settings = Settings.from_env(env, serving=True)
    assert "secret-TOKEN" not in repr(settings) and "s3cret" not in repr(settings)
    assert settings.secrets == ("123:secret-TOKEN", "s3cret")
    assert "has a space" not in str(faults(SERVED | {"BOT_TOKEN": "has a space"}))


def test_files_are_at_the_same_host() -> None:
    settings = Settings.from_env(SERVED | {"BOT_API_URL": "http://127.0.0.1:8081/bot"}, serving=True)
    assert settings.file_url == "http://127.0.0.1:8081/file/bot"
    assert Settings.from_env(SERVED, serving=True).file_url == "https://api.telegram.org/file/bot"


@pytest.mark.parametrize(
    ("operator", "official"), [("Nantes Métropole", True), ("nantes métropole", True), ("X", False)]
)
def test_only_the_metropole_is_official(operator: str, official: bool) -> None:
    assert Settings.from_env({"BOT_OPERATOR": operator}).identity.official is official
