"""After an erasure nothing is left of the member: not in the rows, not in the files' bytes."""

import random
from collections.abc import Iterable
from pathlib import Path

import sqlmodel
from sqlalchemy import make_url, select
from sqlmodel import SQLModel

from storage import audit_log
from storage.announcements import references, statistics
from storage.conversation import state
from storage.database import sealing
from storage.database.engine import Store, Tx
from storage.members import members
from storage.models import (
    AnnouncementState,
    DeliveryState,
    Erasure,
    Member,
    MemberState,
    Role,
)
from storage.privacy import erasure
from storage.privacy.data_inventory import INVENTORY
from storage.privacy.data_inventory_types import ErasureAction, InventoryEntry
from storage.privacy.subject_access import disclose
from tests.support import LINK, NAME, WORDS, ClubInATest, Phone, add_one_row_per_table

TABLES = SQLModel.metadata.tables


async def everything(store: Store) -> list[object]:
    """Every value in every table."""
    async with store.read() as tx:
        return [
            value
            for table in TABLES.values()
            for row in (await tx.execute(select(table))).all()
            for value in row
        ]


async def traces(store: Store, member_id: int) -> list[bytes]:
    """What identifies the member in the database as it is now: words, sealed values and hashes."""
    found: list[bytes] = [text.encode() for text in (NAME, WORDS, LINK)]
    async with store.read() as tx:
        person = await erasure.person_of(tx, await members.get(tx, member_id))
        for holding in INVENTORY:
            columns = [holding.table.c[name] for name in theirs(holding)]
            if columns:
                rows = await tx.execute(select(*columns).where(holding.row_filter(person)))
                found += [value for row in rows for value in row if isinstance(value, bytes)]
    return found


def theirs(holding: InventoryEntry) -> list[str]:
    """Of a row that stays, only what ties it to them and what is emptied; else all of it."""
    if holding.action is ErasureAction.DELETED:
        return list(holding.table.c.keys())
    return [*holding.link_columns, *holding.blank_on_erase]


def files_of(store: Store) -> bytes:
    path = Path(make_url(str(store.engine.url)).database or "")
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


async def erase(store: Store, member_id: int) -> None:
    async with store.write() as tx:
        await erasure.erase(tx, await members.get(tx, member_id))


async def test_lan_s_life_is_in_every_holding(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    async with club.store.read() as tx:
        tables = await disclose(tx, await members.get(tx, lan.member_id))
    assert [one.name for one in tables] == [holding.name for holding in INVENTORY]


async def test_no_row_says_anything_of_who_was_erased(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    known = await traces(club.store, lan.member_id)
    actor = (await club.in_read(members.get, lan.member_id)).actor
    await erase(club.store, lan.member_id)
    assert await erasure.finish(club.store) == 1
    values = await everything(club.store)
    assert not {part for part in known if part in values}
    assert not any(WORDS in str(value) or NAME in str(value) for value in values)
    async with club.store.read() as tx:
        assert await tx.session.get(Member, lan.member_id) is None
        mine = select(TABLES["member"]).where(TABLES["member"].c.actor == actor)
        assert (await tx.execute(mine)).all() == []


async def test_what_others_did_and_what_is_counted_stays(club: ClubInATest) -> None:
    lan, binh = await add_one_row_per_table(club)
    async with club.store.read() as tx:
        before = await disclose(tx, await members.get(tx, binh.member_id))
        shared = await references.with_number(tx, label_of_shared(before))
        assert shared is not None
        number = shared.id
        counted = (await statistics.totals(tx, [number]))[number]
    await erase(club.store, lan.member_id)
    await erasure.finish(club.store)
    async with club.store.read() as tx:
        after = await disclose(tx, await members.get(tx, binh.member_id))
        totals = (await statistics.totals(tx, [number]))[number]
        assert await audit_log.verify(tx) is None
    assert totals.sharers == counted.sharers == 2
    assert totals.copies(DeliveryState.SENT) == counted.copies(DeliveryState.SENT)
    lost = {one.name for one in before} - {one.name for one in after}
    about_lan = {"roleoffer_made", "suspension_made", "appeal_decided", "datarequest_answered"}
    about_lan |= {"proof_asked"}
    assert lost == {"roleoffer", *about_lan}, "what Lan offered, and what was about Lan"


def label_of_shared(tables: Iterable[object]) -> int:
    shares = next(one for one in tables if getattr(one, "name", "") == "share")
    return int(shares.rows[0]["announcement"])  # type: ignore[attr-defined]


async def test_a_draft_of_the_erased_is_given_up_and_empty(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    await erase(club.store, lan.member_id)
    async with club.store.read() as tx:
        announcements, versions = TABLES["announcement"].c, TABLES["announcementversion"].c
        states = (await tx.execute(select(announcements.state))).scalars().all()
        contents = (await tx.execute(select(versions.content))).scalars().all()
    assert AnnouncementState.DRAFT not in states
    assert sorted(map(str, contents)) == [
        "{'title': 'Giờ mở cửa'}",
        "{'title': 'Ngày bầu cử'}",
        "{}",
    ]


async def test_an_erasure_that_was_interrupted_is_finished_later(club: ClubInATest) -> None:
    lan, _ = await add_one_row_per_table(club)
    await erase(club.store, lan.member_id)
    async with club.store.read() as tx:
        shell = await members.get(tx, lan.member_id)
        assert (shell.state, shell.role, shell.name_sealed) == (
            MemberState.LEFT,
            Role.MEMBER,
            None,
        )
        assert len((await tx.session.exec(sqlmodel.select(Erasure))).all()) == 1
    assert await erasure.finish(club.store) == 1
    assert await erasure.finish(club.store) == 0


async def test_the_number_of_an_erased_member_is_never_given_out_again(
    club: ClubInATest, lan: Phone
) -> None:
    await erase(club.store, lan.member_id)
    await erasure.finish(club.store)
    assert (await club.member("Hà")).member_id > lan.member_id


async def test_no_byte_of_the_files_holds_what_was_erased(club: ClubInATest) -> None:
    if club.store.engine.dialect.name != "sqlite":
        return  # what holds for PostgreSQL is said in PRIVACY.md
    lan, _ = await add_one_row_per_table(club)
    known = await traces(club.store, lan.member_id)
    assert any(part in files_of(club.store) for part in known)
    await erase(club.store, lan.member_id)
    await erasure.finish(club.store)
    left = files_of(club.store)
    assert [part for part in known if part in left] == []


async def test_no_byte_is_left_where_rows_have_moved_within_the_file(club: ClubInATest) -> None:
    """Rows that grow are moved to other pages, and what they were stays behind in the old ones."""
    if club.store.engine.dialect.name != "sqlite":
        return
    chance = random.Random(7)
    many = [await club.member(f"Người {number}") for number in range(150)]
    known: set[bytes] = set()
    for _ in range(60):
        known |= {
            await club.in_write(grow_step, chance.choice(many), chance.randrange(1, 600))
            for _ in range(20)
        }
    for phone in many[::2]:
        await erase(club.store, phone.member_id)
    await erasure.finish(club.store)
    left, stands = files_of(club.store), await standing(club)
    gone = {people_lookup(club, phone) for phone in many[::2]} | (known - stands)
    assert [part for part in gone if part in left] == []


async def grow_step(tx: Tx, phone: Phone, length: int) -> bytes:
    """Writes a step of this length; gives its sealed bytes."""
    lookup = sealing.chat_lookup(tx, phone.address.messenger, phone.address.chat)
    await state.put(tx, lookup, "compose.text", {"text": "x" * length})
    await tx.session.flush()
    step = TABLES["step"].c
    mine = select(step.data_sealed).where(step.lookup == lookup)
    return bytes((await tx.execute(mine)).scalar_one())


async def standing(club: ClubInATest) -> set[bytes]:
    async with club.store.read() as tx:
        return set((await tx.execute(select(TABLES["step"].c.data_sealed))).scalars())


def people_lookup(club: ClubInATest, phone: Phone) -> bytes:
    return club.store.vault.lookup("contact", phone.address.messenger, phone.address.chat)
