"""The key is made once, kept from others, and never shown."""

import base64
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import key_file
from bot.config.key_file import KeyRing, KeySettings, KeyWrong

KEY = bytes(range(32))


def test_a_key_that_was_made_can_be_loaded(tmp_path: Path) -> None:
    key_file.create(tmp_path / "made" / "niemtin.key")
    (key,) = key_file.load(KeySettings(file=tmp_path / "made" / "niemtin.key")).keys
    assert len(key) == 32


def test_a_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    key_file.create(tmp_path / "niemtin.key")
    assert (tmp_path / "niemtin.key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    key_file.create(tmp_path / "niemtin.key")
    before = (tmp_path / "niemtin.key").read_bytes()
    with pytest.raises(FileExistsError):
        key_file.create(tmp_path / "niemtin.key")
    assert (tmp_path / "niemtin.key").read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_refused_with_the_fix(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "niemtin.key"
    key_file.create(path)
    path.chmod(mode)
    with pytest.raises(KeyWrong, match="chmod 600"):
        key_file.load(KeySettings(file=path))


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyWrong, match="there is no key file"):
        key_file.load(KeySettings(file=tmp_path / "niemtin.key"))


@pytest.mark.parametrize("text", [KEY.hex(), KEY.hex().upper(), base64.b64encode(KEY).decode()])
def test_a_key_from_the_environment_may_be_written_either_way(text: str) -> None:
    assert key_file.load(KeySettings(value=SecretStr(f" {text}\n"))) == KeyRing((KEY,))


@pytest.mark.parametrize("text", ["hush", KEY[:31].hex(), base64.b64encode(KEY + b"!").decode()])
def test_what_is_no_key_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(KeyWrong) as wrong:
        key_file.load(KeySettings(value=SecretStr(text)))
    assert text not in str(wrong.value)
