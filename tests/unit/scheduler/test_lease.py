"""A process that leads, stands by, or cannot know."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import SQLModel

from scheduler.lease import Leadership
from storage.database.clock import SystemClock
from storage.database.engine import DatabaseSettings, Store, open_engine
from storage.database.ids import RandomIds
from storage.database.vault import Vault

KEY = bytes(range(32))


async def test_a_process_that_cannot_ask_the_database_does_not_take_itself_for_one_that_stands_by(
    tmp_path: Path,
) -> None:
    engine = open_engine(DatabaseSettings(url=f"sqlite:///{tmp_path}/club.sqlite3"))
    store = Store(engine, Vault(KEY), SystemClock(), RandomIds())
    leadership = Leadership(store, "timetable", timedelta(seconds=9))
    await leadership.renew()
    cut_off_before = leadership.is_cut_off
    async with engine.begin() as connection:
        await connection.run_sync(SQLModel.metadata.tables["lease"].create)
    await leadership.renew()
    assert leadership.term
    assert (cut_off_before, leadership.is_cut_off) == (True, False)
    await store.close()


async def test_what_was_due_while_nobody_led_is_looked_at_when_somebody_does(store: Store) -> None:
    changes: list[str] = []
    store.changes.listen(lambda: changes.append("told"))
    leadership = Leadership(store, "timetable", timedelta(seconds=9))
    await leadership.renew()
    assert changes == ["told"]
    await leadership.renew()
    assert changes == ["told"]
