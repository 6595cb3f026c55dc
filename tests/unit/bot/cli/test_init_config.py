"""`init` writes a configuration that works, and replaces nothing."""

from pathlib import Path

import pytest

from bot.cli import init_config
from bot.cli.init_config import AlreadyThere, Answers
from bot.config.settings import load

ANSWERS = Answers(
    name='Câu lạc bộ "Niềm Tin" \\ 1',
    operator="Sở Văn hóa",
    contact="clb@hoaan.example",
    issuers=["Công an tỉnh", "Sở Y tế"],
    areas=["Xã Sông Ngọc", "Xã  Sông-Ngọc", "Phường số 1 rất là dài dòng", "…"],
    token="123456789:AAF-secret_secret_secret_secret_1234",
)


def test_what_was_answered_is_what_the_bot_reads(tmp_path: Path) -> None:
    init_config.write(tmp_path / "config.toml", ANSWERS)
    settings = load(tmp_path / "config.toml", {})
    assert settings.club.name == ANSWERS.name
    assert list(settings.club.issuers) == ANSWERS.issuers
    assert [area.name for area in settings.club.areas] == ANSWERS.areas
    assert settings.telegram.token.get_secret_value() == ANSWERS.token


def test_areas_whose_names_look_alike_get_ids_of_their_own(tmp_path: Path) -> None:
    init_config.write(tmp_path / "config.toml", ANSWERS)
    ids = [area.id for area in load(tmp_path / "config.toml", {}).club.areas]
    assert ids == ["xa-song-ngoc", "xa-song-ngoc-2", "phuong-so-1-rat-la-d", "area-2"]


def test_a_club_without_areas_or_issuers_is_fine(tmp_path: Path) -> None:
    init_config.write(tmp_path / "config.toml", Answers("Câu lạc bộ", "Sở", "0123", [], []))
    assert load(tmp_path / "config.toml", {}).club.areas == ()


def test_only_its_owner_can_read_what_holds_the_token(tmp_path: Path) -> None:
    key = init_config.write(tmp_path / "config.toml", ANSWERS)
    for path in (tmp_path / "config.toml", key):
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["config.toml", "data/niemtin.key"])
def test_nothing_that_is_there_is_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / name).write_text("mine")
    with pytest.raises(AlreadyThere):
        init_config.write(tmp_path / "config.toml", ANSWERS)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files == [tmp_path / name]
    assert files[0].read_text() == "mine"


def test_the_token_is_not_in_what_the_answers_show_of_themselves() -> None:
    assert ANSWERS.token not in repr(ANSWERS)
