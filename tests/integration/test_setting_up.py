"""`init` and `doctor`, typed as people type them: bad answers are asked again, in a sentence."""

import os
from pathlib import Path

import pytest

from bot.config.settings import load
from tests.support.bot_process import run_command

TOKEN = "123456789:AAF-secret_secret_secret_secret_1234"
ENOUGH = ("--name", "CLB Niềm Tin", "--operator", "Sở Văn hóa", "--contact", "0200 555 0199")


def types(
    folder: Path, *words: str, answers: str = "", language: str = "C.UTF-8"
) -> tuple[int, str]:
    """Types `python -m bot …` in a folder; no secret and no traceback is ever to be read."""
    code, said = run_command(folder, *words, stdin=answers, LANG=language)
    assert "Traceback" not in said
    assert TOKEN not in said
    return code, said


def test_answers_that_will_not_do_are_asked_again(tmp_path: Path) -> None:
    answers = ["", "x" * 65, "CLB", "Sở", "0123", "Công an; Sở Y tế", "Xã A;Xã B"]
    answers += ["Mars/Nowhere", "", "my token", TOKEN]
    code, said = types(tmp_path, "init", answers="\n".join(answers) + "\n")
    assert code == 0, said
    for sentence in (
        "at most 64 characters, and this has 65",
        "no such time zone",
        "a token looks",
    ):
        assert sentence in said
    settings = load(tmp_path / "config.toml", {})
    assert (settings.club.name, settings.club.issuers) == ("CLB", ("Công an", "Sở Y tế"))
    assert settings.telegram.token.get_secret_value() == TOKEN
    assert "# The body that runs the bot" in (tmp_path / "config.toml").read_text("utf-8")


def test_a_script_is_asked_nothing(tmp_path: Path) -> None:
    code, said = types(tmp_path, "init", *ENOUGH, "--timezone", "Asia/Bangkok")
    assert code == 0, said
    assert load(tmp_path / "config.toml", {}).club.timezone.key == "Asia/Bangkok"
    assert (tmp_path / "config.toml").stat().st_mode & 0o777 == 0o600


def test_a_script_that_answers_badly_writes_nothing(tmp_path: Path) -> None:
    code, said = types(tmp_path, "init", *ENOUGH, "--timezone", "Mars/Nowhere")
    assert code == 2
    assert "no such time zone" in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["config.toml", "data/niemtin.key"])
def test_what_is_there_is_said_before_anything_is_asked(tmp_path: Path, there: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / there).write_text("mine")
    code, said = types(tmp_path, "init")
    assert code == 1
    assert "is there already" in said
    assert "called?" not in said


def test_the_doctor_speaks_the_language_of_the_machine_or_the_one_asked_for(
    tmp_path: Path,
) -> None:
    types(tmp_path, "init", *ENOUGH)
    code, said = types(tmp_path, "doctor", language="vi_VN.UTF-8")
    assert code == 1
    assert "✓ Khoá: ổn" in said
    assert "Chạy `niemtin migrate`" in said
    assert "Đặt NIEMTIN_TELEGRAM_TOKEN" in said
    code, said = types(tmp_path, "doctor", "--lang", "en", language="vi_VN.UTF-8")
    assert "✓ Key: in order" in said
    assert not (tmp_path / "data/niemtin.sqlite3").exists(), "looking makes nothing"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[club", "this is not TOML"),
        ("[clbu]\n", "no such table"),
        ("\0", "this is not TOML"),
        (None, "there is no such file"),
    ],
)
def test_a_broken_configuration_is_the_first_thing_the_doctor_says(
    tmp_path: Path, text: str | None, says: str
) -> None:
    if text is not None:
        (tmp_path / "config.toml").write_text(text)
    code, said = types(tmp_path, "doctor", "--lang", "vi")
    assert code == 2
    assert said.startswith("✗ Cấu hình: config.toml: ")
    assert says in said


@pytest.mark.parametrize(
    ("key", "says"),
    [(b"not a key\n", "is no key"), (b"\xff\xfe", "is no key"), (b"", "is no key")],
)
def test_a_key_file_that_holds_no_key_is_named(tmp_path: Path, key: bytes, says: str) -> None:
    types(tmp_path, "init", *ENOUGH)
    (tmp_path / "data/niemtin.key").write_bytes(key)
    code, said = types(tmp_path, "doctor", "--lang", "en")
    assert code == 1
    assert f"niemtin.key {says}" in said


@pytest.mark.parametrize(
    ("environment", "line", "is_told"),
    [
        ({}, f'token = "{TOKEN}"', True),
        ({"NIEMTIN_TELEGRAM_TOKEN": TOKEN}, "", False),
    ],
)
def test_the_doctor_tells_that_others_can_read_a_secret(
    tmp_path: Path, environment: dict[str, str], line: str, is_told: bool
) -> None:
    types(tmp_path, "init", *ENOUGH)
    config = tmp_path / "config.toml"
    config.write_text(config.read_text("utf-8").replace("[telegram]\n", f"[telegram]\n{line}\n"))
    config.chmod(0o644)
    # No network is needed to look at a file.
    environment |= {"NIEMTIN_DATABASE_URL": "sqlite:///nowhere.sqlite3"}
    _, said = run_command(tmp_path, "doctor", "--lang", "en", **environment)
    assert (f"chmod 600 {config.name}" in said) is is_told
    config.chmod(0o600)
    _, said = run_command(tmp_path, "doctor", "--lang", "en", **environment)
    assert said.startswith("✓ Configuration: in order")


def test_everything_a_new_club_has_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        types(tmp_path, "init", *ENOUGH)
        types(tmp_path, "migrate")
        types(tmp_path, "backup", "club.backup")
    finally:
        os.umask(before)
    found = {p.name: p.stat().st_mode & 0o777 for p in tmp_path.rglob("*") if p.is_file()}
    assert found.keys() >= {"config.toml", "niemtin.key", "niemtin.sqlite3", "club.backup"}
    assert set(found.values()) == {0o600}
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
