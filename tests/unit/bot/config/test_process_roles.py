"""Only a club that is set up for it is split over processes."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import init_config
from bot.config.key_file import create
from bot.config.process_roles import ProcessRole, only
from bot.config.settings import ConfigWrong, Settings, load
from storage.database.engine import DatabaseSettings

SHARED = DatabaseSettings("postgresql://club@127.0.0.1/club")
ADDRESS = "https://club.example"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "config.toml").write_text(init_config.example().read_text("utf-8"), "utf-8")
    create(tmp_path / "niemtin.key")
    return load(tmp_path / "config.toml", {})


@pytest.mark.parametrize("role", ProcessRole)
def test_a_file_is_not_shared_by_processes(settings: Settings, role: ProcessRole) -> None:
    with pytest.raises(ConfigWrong, match="postgresql"):
        only(role, settings)


def test_several_that_listen_need_a_webhook(settings: Settings) -> None:
    shared = replace(settings, database=SHARED)
    with pytest.raises(ConfigWrong, match=r"web\.public_url"):
        only(ProcessRole.WEB, shared)
    listening = replace(shared, web=replace(shared.web, public_url=ADDRESS))
    assert only(ProcessRole.WEB, listening) == {ProcessRole.WEB}


@pytest.mark.parametrize("role", [ProcessRole.DELIVERY, ProcessRole.TIMETABLE])
def test_the_others_need_no_address(settings: Settings, role: ProcessRole) -> None:
    assert only(role, replace(settings, database=SHARED)) == {role}
