"""`key new`, `key rotate`, `key drop`: one after the other, and a running bot hears of it."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import init_config, key_rotation
from bot.cli.key_rotation import RotationError
from bot.config import key_file
from bot.config.key_file import KeyRing, KeySettings
from bot.config.settings import Settings, load
from bot.store.key_reload import KeyReloader
from storage import audit_log
from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.members import invites, members
from storage.models import AuditAction, Role
from tests.support import ClubInATest, ManualClock
from tests.support.databases import PostgresqlTestDatabase, SqliteTestDatabase


@pytest.fixture
def settings(
    tmp_path: Path, empty_database: SqliteTestDatabase | PostgresqlTestDatabase
) -> Settings:
    answers = init_config.Answers("Câu lạc bộ", "Sở Văn hóa", "clb@hoaan.example", [], [])
    init_config.write(tmp_path / "config.toml", answers)
    found = load(tmp_path / "config.toml", {})
    return replace(found, database=DatabaseSettings(empty_database.url))


@pytest.fixture
async def running(settings: Settings) -> AsyncIterator[Store]:
    """What a running bot has open."""
    engine = open_engine(settings.database)
    store = Store(engine, key_file.load(settings.key).vault(), SystemClock(), RandomIds())
    yield store
    await store.close()


def was_written_long_ago(path: Path) -> None:
    os.utime(path, (0, 0))


async def test_a_running_club_gets_another_key(settings: Settings, running: Store) -> None:
    lan = await ClubInATest(running, ManualClock()).member("Lan", role=Role.OWNER)
    async with running.write() as tx:
        member = await members.get(tx, lan.member_id)
        await audit_log.record(tx, member, AuditAction.INVITE_MADE, role="member", uses=1)
    watch = KeyReloader(settings.key, running.vault)
    (old,) = key_file.load(settings.key).keys

    key_rotation.add(settings.key)
    watch.reload_if_changed()
    was_written_long_ago(settings.key.file)
    await key_rotation.reseal(settings)
    await key_rotation.forget_older(settings)
    watch.reload_if_changed()

    ring = key_file.load(settings.key)
    assert (len(ring.keys), len(ring.links), old in ring.keys) == (1, 1, False)
    assert (await lan.member()).name_sealed
    async with running.read() as tx:
        assert members.name_of(tx, await members.get(tx, lan.member_id)) == "Lan"
        assert await audit_log.verify(tx) is None


async def test_an_open_invite_ends_with_the_key_it_was_made_under(
    settings: Settings, running: Store
) -> None:
    async with running.write() as tx:
        await invites.create(
            tx, role=Role.MEMBER, area=None, uses=3, valid_for=timedelta(days=1), created_by=None
        )
    key_rotation.add(settings.key)
    was_written_long_ago(settings.key.file)
    await key_rotation.reseal(settings)
    assert await key_rotation.forget_older(settings) == 1


async def test_the_old_key_is_kept_while_anything_needs_it(
    settings: Settings, running: Store
) -> None:
    await ClubInATest(running, ManualClock()).member("Lan")
    key_rotation.add(settings.key)
    with pytest.raises(RotationError, match="key rotate"):
        await key_rotation.forget_older(settings)
    assert len(key_file.load(settings.key).keys) == 2


async def test_what_a_process_wrote_that_had_not_heard_of_the_key_keeps_the_old_one(
    settings: Settings, running: Store
) -> None:
    key_rotation.add(settings.key)
    was_written_long_ago(settings.key.file)
    await key_rotation.reseal(settings)
    await ClubInATest(running, ManualClock()).member("Lan")
    with pytest.raises(RotationError, match="key rotate"):
        await key_rotation.forget_older(settings)


async def test_nothing_is_done_with_one_key(settings: Settings) -> None:
    for change in (key_rotation.reseal, key_rotation.forget_older):
        with pytest.raises(RotationError, match="only one key"):
            await change(settings)


def test_a_second_new_key_waits_for_the_end_of_the_first_change(tmp_path: Path) -> None:
    mine = KeySettings(file=tmp_path / "niemtin.key")
    key_file.create(mine.file)
    key_rotation.add(mine)
    with pytest.raises(RotationError, match="there already"):
        key_rotation.add(mine)


def test_a_key_of_the_environment_is_nobodys_to_change(tmp_path: Path) -> None:
    mine = KeySettings(file=tmp_path / "niemtin.key", value=SecretStr(bytes(32).hex()))
    with pytest.raises(RotationError, match="NIEMTIN_KEY"):
        key_rotation.add(mine)
    assert not mine.file.exists()


def test_a_key_file_that_is_replaced_stays_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "niemtin.key"
    key_file.create(path)
    key_file.replace_file(path, key_file.load(KeySettings(file=path)).with_new())
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["niemtin.key"]


def test_several_keys_of_the_environment_stand_with_commas_between(tmp_path: Path) -> None:
    text = f"{bytes(32).hex()}, {bytes(range(32)).hex()}"
    assert key_file.load(KeySettings(value=SecretStr(text))) == KeyRing(
        (bytes(32), bytes(range(32)))
    )


def test_a_key_file_that_is_of_no_use_changes_nothing_in_a_running_bot(tmp_path: Path) -> None:
    mine = KeySettings(file=tmp_path / "niemtin.key")
    key_file.create(mine.file)
    vault = key_file.load(mine).vault()
    sealed, watch = vault.seal("f", "Lan", 1), KeyReloader(mine, vault)
    mine.file.write_text("hush\n")
    watch.reload_if_changed()
    assert vault.open("f", sealed, 1) == "Lan"
