"""A club comes back from its backup, and nothing is sent a second time by itself."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.backup import backup, restore
from bot.backup.open_existing import ArchiveError
from bot.cli import init_config
from bot.config import key_file
from bot.config.settings import Settings, load
from storage import audit_log
from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine, sqlite_file
from storage.database.ids import RandomIds
from storage.database.schema import SchemaTooNew, upgrade
from storage.database.vault import SealBroken
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.maintenance import after_restore
from storage.members import members
from storage.models import (
    Announcement,
    AnnouncementState,
    AuditAction,
    Mailing,
    MailingKind,
    MailingState,
    Role,
)
from tests.support import VOTING_DAY, ClubInATest, ManualClock, Outbox, Phone, publish


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    answers = init_config.Answers("Câu lạc bộ", "Sở Văn hóa", "clb@hoaan.example", [], [])
    init_config.write(tmp_path / "config.toml", answers)
    return load(tmp_path / "config.toml", {})


def opened(settings: Settings) -> Store:
    engine = open_engine(settings.database)
    return Store(engine, key_file.load(settings.key).vault(), SystemClock(), RandomIds())


async def lives(settings: Settings) -> int:
    """A club with one member who has the announcement of the voting day."""
    restore._tidy(database_of(settings))
    database_of(settings).parent.mkdir(exist_ok=True)
    store = opened(settings)
    await upgrade(store.engine)
    club = ClubInATest(store, ManualClock())
    lan = await club.member("Lan", role=Role.OWNER)
    await publish(club, VOTING_DAY)
    async with store.write() as tx:
        member = await members.get(tx, lan.member_id)
        await audit_log.record(tx, member, AuditAction.INVITE_MADE, role="member", uses=1)
    await store.close()
    return lan.member_id


def database_of(settings: Settings) -> Path:
    file = sqlite_file(settings.database)
    assert file is not None
    return file


async def backed_up(settings: Settings, tmp_path: Path) -> Path:
    """A backup, after which the machine burnt down."""
    kept = tmp_path / "kept.sqlite3"
    await backup.back_up(settings, kept)
    restore._tidy(database_of(settings))
    return kept


async def test_a_club_comes_back_from_its_backup(settings: Settings, tmp_path: Path) -> None:
    lan = await lives(settings)
    await restore.restore(settings, await backed_up(settings, tmp_path))
    store = opened(settings)
    async with store.read() as tx:
        assert members.name_of(tx, await members.get(tx, lan)) == "Lan"
        assert await audit_log.verify(tx) is None
        assert [e.action for e in await audit_log.newest(tx, limit=1, offset=0)] == [
            "club restored"
        ]
    await store.close()
    assert database_of(settings).stat().st_mode & 0o777 == 0o600
    assert [one.name for one in database_of(settings).parent.glob(".*")] == []


async def test_a_database_that_is_there_is_never_replaced(
    settings: Settings, tmp_path: Path
) -> None:
    await lives(settings)
    kept = await backed_up(settings, tmp_path)
    database_of(settings).write_bytes(b"another club")
    with pytest.raises(ArchiveError, match="move it away first"):
        await restore.restore(settings, kept)
    assert database_of(settings).read_bytes() == b"another club"


async def test_a_backup_does_not_come_back_with_another_clubs_key(
    settings: Settings, tmp_path: Path
) -> None:
    await lives(settings)
    kept = await backed_up(settings, tmp_path)
    settings.key.file.unlink()
    key_file.create(settings.key.file)
    with pytest.raises((ArchiveError, SealBroken)):
        await restore.restore(settings, kept)
    assert not database_of(settings).exists()


async def test_a_damaged_backup_does_not_come_back(settings: Settings, tmp_path: Path) -> None:
    await lives(settings)
    kept = await backed_up(settings, tmp_path)
    kept.write_bytes(kept.read_bytes()[:5000])
    with pytest.raises(ArchiveError):
        await restore.restore(settings, kept)
    assert not database_of(settings).exists()


async def test_a_backup_of_a_newer_release_does_not_come_back(
    settings: Settings, tmp_path: Path
) -> None:
    await lives(settings)
    store = opened(settings)
    kept = await backed_up(settings, tmp_path)
    await store.close()
    store = opened(replace(settings, database=DatabaseSettings(f"sqlite:///{kept}")))
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    with pytest.raises(SchemaTooNew):
        await restore.restore(settings, kept)
    assert not database_of(settings).exists()


async def test_postgresql_is_restored_by_its_own_tool_first(
    settings: Settings, tmp_path: Path
) -> None:
    there = replace(settings, database=DatabaseSettings("postgresql://niemtin:s3cret@db/club"))
    with pytest.raises(ArchiveError, match="pg_restore") as told:
        await restore.restore(there, tmp_path / "kept.dump")
    assert not re.search("s3cret", str(told.value))


async def test_what_came_back_sends_nothing_a_second_time(club: ClubInATest, lan: Phone) -> None:
    """On both databases: this is what `restore` without a file does after `pg_restore`."""
    await Outbox(club.store).mail(lan.member_id, kind=MailingKind.ANNOUNCEMENT)
    await Outbox(club.store).mail(lan.member_id, kind=MailingKind.VERDICT)
    number = await publish(club, VOTING_DAY)
    async with club.store.write() as tx:
        announcement = await tx.session.get_one(Announcement, number)
        announcement.state = AnnouncementState.SCHEDULED
        announcement.due_at = tx.clock.now()
        await updates.put(tx, [NewUpdate("telegram", "1", "7", "{}")])
    held_back = await club.in_write(after_restore.hold_back)
    assert (held_back.reopened, held_back.updates) == (1, 1)
    async with club.store.read() as tx:
        mailings = (await tx.session.exec(select(Mailing.kind, Mailing.state))).all()
        assert MailingState.SENDING not in {s for k, s in mailings if k is MailingKind.ANNOUNCEMENT}
        assert (MailingKind.VERDICT, MailingState.SENDING) in mailings
        back = await tx.session.get_one(Announcement, number)
        assert (back.state, back.due_at) == (AnnouncementState.DRAFT, None)
        assert await updates.oldest(tx) is None


async def test_what_is_scheduled_for_later_stays_scheduled(club: ClubInATest) -> None:
    number = await publish(club, VOTING_DAY)
    async with club.store.write() as tx:
        announcement = await tx.session.get_one(Announcement, number)
        announcement.state = AnnouncementState.SCHEDULED
        announcement.due_at = tx.clock.now() + timedelta(seconds=1)
    assert (await club.in_write(after_restore.hold_back)).reopened == 0
