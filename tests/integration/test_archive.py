"""`export`, `backup` and `audit`, typed as people type them: each is a process of its own."""

import json
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.cli import init_config
from bot.config import key_file
from bot.config.settings import Settings, load
from storage import audit_log
from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds, id_of
from storage.database.schema import upgrade
from storage.members import members
from storage.models import (
    AnnouncementState,
    AuditAction,
    Case,
    CaseState,
    Category,
    Rating,
    Role,
    Verdict,
)
from tests.support import VOTING_DAY, ClubInATest, ManualClock, publish
from tests.support.bot_process import run_command

NAME = "Đặng Thị Tuyết Lan"


@dataclass
class Desk:
    """A club's folder in which commands are run."""

    folder: Path
    settings: Settings

    @property
    def database(self) -> Path:
        return self.folder / "data/niemtin.sqlite3"

    def types(self, *words: str) -> tuple[int, str]:
        """Runs `python -m bot …`; returns how it ended and what was to be read."""
        config = str(self.folder / "config.toml")
        code, said = run_command(self.folder, *words, "--config", config)
        assert "Traceback" not in said
        return code, said

    def tampers(self, *statements: str) -> None:
        """As somebody would who owns the machine."""
        with closing(sqlite3.connect(self.database)) as database:
            database.execute("DROP TRIGGER IF EXISTS auditentry_no_update")
            database.execute("DROP TRIGGER IF EXISTS auditentry_no_delete")
            for statement in statements:
                database.execute(statement)
            database.commit()


@pytest.fixture
def bare(tmp_path: Path) -> Desk:
    """A club that was set up and has never run."""
    answers = init_config.Answers("Câu lạc bộ", "Sở Văn hóa", "clb@hoaan.example", [], [])
    init_config.write(tmp_path / "config.toml", answers)
    return Desk(tmp_path, load(tmp_path / "config.toml", {}))


@pytest.fixture
async def store(bare: Desk) -> AsyncIterator[Store]:
    engine = open_engine(DatabaseSettings(bare.settings.database.url))
    opened = Store(engine, key_file.load(bare.settings.key).vault(), SystemClock(), RandomIds())
    await upgrade(engine)
    yield opened
    await opened.close()


@pytest.fixture
async def desk(bare: Desk, store: Store) -> Desk:
    """A club with a member, an announcement behind one that was given up, and three entries in its log."""
    club = ClubInATest(store, ManualClock())
    lan = await club.member(NAME, role=Role.OWNER)
    await publish(club, replace(VOTING_DAY, title="Bỏ dở"), state=AnnouncementState.WITHDRAWN)
    await publish(club, VOTING_DAY)
    for uses in range(1, 4):
        async with store.write() as tx:
            member = await members.get(tx, lan.member_id)
            await audit_log.record(tx, member, AuditAction.INVITE_MADE, role="member", uses=uses)
    return bare


def test_a_head_from_before_tells_that_the_end_was_cut_off(desk: Desk, tmp_path: Path) -> None:
    code, head = desk.types("audit", "head")
    assert code == 0
    assert json.loads(head)["entry"] == 3
    (tmp_path / "head.json").write_text(head)
    assert desk.types("audit", "verify", "--head", str(tmp_path / "head.json"))[0] == 0
    desk.tampers("DELETE FROM auditentry WHERE id = 3")
    assert desk.types("audit", "verify")[0] == 0, "what is left is a chain"
    code, said = desk.types("audit", "verify", "--head", str(tmp_path / "head.json"))
    assert (code, said) == (1, "The log has been cut short: it does not hold entry 3 any more.\n")
    code, said = desk.types("audit", "verify", "--head", json.loads(head)["link"])
    assert (code, "the entry of that head" in said) == (1, True)


def test_an_entry_that_was_changed_is_named(desk: Desk) -> None:
    desk.tampers("UPDATE auditentry SET action = 'nothing' WHERE id = 2")
    code, said = desk.types("audit", "verify")
    assert code == 1
    assert "entry 2 does not follow" in said


@pytest.mark.parametrize("words", [("audit", "head"), ("audit", "verify"), ("export",)])
def test_looking_makes_no_club_where_there_is_none(bare: Desk, words: tuple[str, ...]) -> None:
    code, said = bare.types(*words)
    assert code == 1
    assert "there is no database yet" in said
    assert not bare.database.exists()


@pytest.mark.parametrize("content", ["", "[]", '{"entry": "x"}', "\0", '{"entry":1,"link":"zz"}'])
def test_a_head_that_is_none_is_refused_in_words(desk: Desk, tmp_path: Path, content: str) -> None:
    (tmp_path / "head").write_text(content)
    code, said = desk.types("audit", "verify", "--head", str(tmp_path / "head"))
    assert code == 1
    assert "does not hold what `niemtin audit head` printed" in said


async def test_an_export_holds_what_is_public_and_nothing_of_a_member(
    desk: Desk, store: Store
) -> None:
    async with store.write() as tx:
        case = Case(
            code="A1",
            category=Category.SCAM,
            state=CaseState.DECIDED,
            opened_on=tx.clock.now().date(),
        )
        tx.session.add(case)
        await tx.session.flush()
        verdict = Verdict(
            case_id=id_of(case),
            version=1,
            rating=Rating.SCAM,
            claim="Có tin nói phải nộp tiền.",
            explanation="Không phải nộp.",
            sources=["https://bocongan.gov.vn"],
            decided_at=tx.clock.now(),
        )
        tx.session.add(verdict)
    code, said = desk.types("export")
    announcement, decided = map(json.loads, said.splitlines())
    assert code == 0
    assert (announcement["number"], announcement["title"]) == (1, VOTING_DAY.title)
    assert "shared" not in announcement["totals"], "of fewer than five people nobody is told apart"
    assert (decided["case"], decided["rating"]) == ("A1", "scam")
    assert not {"author_id", "decided_by", "checked", "answered"} & {*announcement, *decided}
    assert NAME not in said


def test_a_backup_of_a_club_at_work_is_whole_and_its_owners_alone(
    desk: Desk, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(desk.database, isolation_level=None)) as club:
        club.execute("BEGIN IMMEDIATE")  # the bot is writing
        code, said = desk.types("backup", str(tmp_path / "copy.sqlite3"))
    assert code == 0, said
    assert "whole up to entry 3" in said
    copy = tmp_path / "copy.sqlite3"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not [
        path for path in tmp_path.iterdir() if path.name.startswith((".niemtin-", "copy.sqlite3-"))
    ]
    assert NAME.encode() not in copy.read_bytes()
    copy.replace(desk.database)
    assert desk.types("audit", "verify")[0] == 0


def test_a_backup_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    code, said = desk.types("backup", str(tmp_path / "mine"))
    assert code == 1
    assert "is there already" in said
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_backup_that_the_key_does_not_open_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    desk.settings.key.file.write_text("00" * 32)
    code, said = desk.types("backup", str(tmp_path / "copy"))
    assert code == 1
    assert "key does not open this database" in said
    assert not (tmp_path / "copy").exists()


def test_a_folder_that_is_not_there_is_named(desk: Desk, tmp_path: Path) -> None:
    code, said = desk.types("backup", str(tmp_path / "nowhere" / "copy"))
    assert code == 1
    assert "cannot be written (No such file or directory)" in said


def test_a_file_that_is_no_database_is_named(bare: Desk, tmp_path: Path) -> None:
    bare.database.write_bytes(b"this is a letter to my aunt" * 100)
    code, said = bare.types("backup", str(tmp_path / "copy"))
    assert code == 1
    assert "cannot be read" in said
    assert not (tmp_path / "copy").exists()


def test_postgresql_is_left_to_its_own_tool_without_the_password(
    bare: Desk, tmp_path: Path
) -> None:
    config = bare.folder / "config.toml"
    url = "postgresql://bot:s3cret@db.example/club"
    config.write_text(config.read_text().replace("sqlite:///data/niemtin.sqlite3", url))
    code, said = bare.types("backup", str(tmp_path / "copy.dump"))
    assert code == 1
    assert (
        f"pg_dump --format=custom --file={tmp_path}/copy.dump postgresql://bot@db.example/club"
        in said
    )
    assert "s3cret" not in said
