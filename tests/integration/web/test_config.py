"""Settings: sensible by default, keys made once and kept, faults in one sentence."""

from __future__ import annotations

import importlib.util
import stat
from pathlib import Path

import pytest

from app import create_app
from web.config import ConfigurationError, Settings, flask_config, load_settings
from web.keys import KeysUnavailable, kept_key
from web.redirects import own_address


def test_data_is_in_var_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MARKSCHEME_DATABASE_URL", raising=False)
    assert load_settings().database().database == str(tmp_path / "var" / "markscheme.sqlite3")


def test_the_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = Settings(data_folder=tmp_path / "new" / "var").folder()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARKSCHEME_DATABASE_URL", f"sqlite:///{tmp_path}/élèves.db")
    monkeypatch.setenv("MARKSCHEME_SECRET_KEY", "chosen")
    settings = load_settings(data_folder=tmp_path)
    assert settings.database().database == f"{tmp_path}/élèves.db"
    assert flask_config(settings)["SECRET_KEY"] == "chosen"


def test_a_setting_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKSCHEME_PROXIES", "many")
    with pytest.raises(ConfigurationError, match="MARKSCHEME_PROXIES cannot be read"):
        load_settings()


@pytest.mark.parametrize(
    "url, said",
    [
        ("no address", "is not a database address"),
        ("mysql://localhost/x", "not in mysql"),
        ("sqlite://", "forgets every essay"),
        ("sqlite:////no/such/folder/x.db", "/no/such/folder of the database does not exist"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_a_sentence(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Settings(data_folder=tmp_path, database_url=url).database()


@pytest.mark.skipif(importlib.util.find_spec("psycopg") is not None, reason="psycopg is installed")
def test_postgresql_without_its_package_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"psycopg\[binary\]"):
        create_app(Settings(data_folder=tmp_path, database_url="postgresql://localhost/markscheme"))


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigurationError, match="cannot be written to"):
        Settings(data_folder=tmp_path / "file").folder()


def test_keys_are_made_once_and_kept_to_their_owner(tmp_path: Path) -> None:
    first = kept_key(tmp_path, "secret-key")
    assert kept_key(tmp_path, "secret-key") == first
    assert kept_key(tmp_path, "password-salt") != first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert {file.name for file in tmp_path.iterdir()} == {"secret-key", "password-salt"}


def test_a_key_cut_short_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("abc")
    with pytest.raises(KeysUnavailable, match="cut short"):
        kept_key(tmp_path, "secret-key")


@pytest.mark.parametrize("path", ["/", "/history?x=1", "/questions/a/write#end"])
def test_addresses_of_our_own_are_followed(path: str) -> None:
    assert own_address(path, "/elsewhere") == path


@pytest.mark.parametrize(
    "path",
    [None, "", "history", "//evil", "/\\evil", "https://evil", "/a\tb", "/ x", "/a\\b", "javascript:x"],
)
def test_other_addresses_are_not(path: str | None) -> None:
    assert own_address(path, "/") == "/"
