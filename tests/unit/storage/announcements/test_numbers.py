"""Numbers of announcements: given when sending begins, without gaps, one at a time."""

import asyncio

import pytest
from sqlalchemy import Table
from sqlmodel import SQLModel, col, select

from storage.announcements import announcements, references
from storage.announcements.references import Reference
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.database.state_machine import WrongState
from storage.members import members
from storage.models import Announcement, AnnouncementState, Role
from tests.support.databases import others_wait


async def author(tx: Tx) -> int:
    member = await members.add(
        tx,
        messenger="telegram",
        chat=f"c{tx.ids.number()}",
        name="Thu",
        role=Role.OFFICER,
        language="vi",
        area=None,
    )
    return id_of(member)


async def scheduled(tx: Tx, *, corrects_id: int | None = None) -> Announcement:
    announcement = await announcements.start(tx, await author(tx), corrects_id=corrects_id)
    announcement.state = AnnouncementState.SCHEDULED
    return announcement


async def begin_sending(tx: Tx, announcement_id: int) -> None:
    announcement = await announcements.lock(tx, announcement_id)
    assert announcement is not None
    await announcements.go_out(tx, announcement)


async def numbers(store: Store) -> list[int | None]:
    async with store.read() as tx:
        query = select(Announcement.number).where(col(Announcement.number).is_not(None))
        return list(await tx.all(query.order_by(col(Announcement.number))))


async def test_what_is_given_up_in_between_takes_no_number(store: Store) -> None:
    async with store.write() as tx:
        first, draft, second = [await scheduled(tx) for _ in range(3)]
        await announcements.go_out(tx, first)
        await announcements.discard(tx, draft)
        await announcements.go_out(tx, second)
    assert (first.number, draft.number, second.number) == (1, None, 2)
    assert second.sent_at == store.clock.now()


async def test_a_correction_has_the_number_of_what_it_corrects(store: Store) -> None:
    async with store.write() as tx:
        sent = await scheduled(tx)
        await announcements.go_out(tx, sent)
        correction = await scheduled(tx, corrects_id=id_of(sent))
        await announcements.go_out(tx, correction)
        assert correction.number is None
        assert await references.of(tx, id_of(correction)) == Reference(id_of(sent), 1)
        assert await references.with_provisional(tx, id_of(correction)) is None
        following = await scheduled(tx)
        await announcements.go_out(tx, following)
    assert following.number == 2


async def test_what_cannot_go_out_takes_no_number(store: Store) -> None:
    async with store.write() as tx:
        draft = await announcements.start(tx, await author(tx))
        with pytest.raises(WrongState):
            await announcements.go_out(tx, draft)
    assert draft.number is None


async def test_what_is_rolled_back_leaves_no_gap(store: Store) -> None:
    async with store.write() as tx:
        both = [id_of(await scheduled(tx)) for _ in range(2)]
    for one, fails in zip(both, (True, False), strict=True):
        try:
            async with store.write() as tx:
                await begin_sending(tx, one)
                if fails:
                    raise LookupError
        except LookupError:
            assert fails
    assert await numbers(store) == [1]


async def test_of_two_that_go_out_at_once_each_has_its_own_number(store: Store) -> None:
    async with store.write() as tx:
        first, second = [id_of(await scheduled(tx)) for _ in range(2)]
    has_number = asyncio.Event()

    async def begin() -> None:
        async with store.write() as tx:
            await begin_sending(tx, first)
            has_number.set()
            await others_wait(tx)

    async def begin_meanwhile() -> None:
        await has_number.wait()
        async with store.write() as tx:
            await begin_sending(tx, second)

    await asyncio.gather(begin(), begin_meanwhile())
    assert await numbers(store) == [1, 2]


async def test_who_waited_for_one_that_failed_gets_its_number(store: Store) -> None:
    async with store.write() as tx:
        first, second = [id_of(await scheduled(tx)) for _ in range(2)]
    has_number = asyncio.Event()

    async def fail() -> None:
        async with store.write() as tx:
            await begin_sending(tx, first)
            has_number.set()
            await others_wait(tx)
            raise LookupError

    async def begin_meanwhile() -> None:
        await has_number.wait()
        async with store.write() as tx:
            await begin_sending(tx, second)

    failed, _ = await asyncio.gather(fail(), begin_meanwhile(), return_exceptions=True)
    assert isinstance(failed, LookupError)
    assert await numbers(store) == [1]


async def test_a_label_is_provisional_until_there_is_a_number(store: Store) -> None:
    async with store.write() as tx:
        await scheduled(tx)
        announcement = await scheduled(tx)
        own_id = id_of(announcement)
        assert references.reference(announcement).label == f"N{own_id}"
        await announcements.go_out(tx, announcement)
        assert references.reference(announcement).label == "1"
        found = Reference(own_id, 1)
        assert await references.with_number(tx, 1) == found
        assert await references.with_provisional(tx, own_id) == found
        assert await references.with_number(tx, own_id) is None
        assert await references.of(tx, 99) == Reference(99)


async def test_labels_of_many_are_found_in_one_query(store: Store) -> None:
    async with store.write() as tx:
        sent, draft = [await scheduled(tx) for _ in range(2)]
        await announcements.go_out(tx, sent)
        correction = await scheduled(tx, corrects_id=id_of(sent))
        ids = [id_of(one) for one in (sent, draft, correction)]
        found = await references.of_all(tx, [*ids, 99])
        assert [found[one].label for one in ids] == ["1", f"N{ids[1]}", "1"]
        assert 99 not in found
        assert await references.of_all(tx, []) == {}


async def test_a_query_of_another_table_has_the_label(store: Store) -> None:
    async with store.write() as tx:
        sent, draft = [await scheduled(tx) for _ in range(2)]
        await announcements.go_out(tx, sent)
        correction = await scheduled(tx, corrects_id=id_of(sent))
        versions: Table = SQLModel.metadata.tables["announcementversion"]
        label = references.label_column(versions.c.announcement_id, versions)
        rows = await tx.execute(select(label, versions.c.id).order_by(versions.c.announcement_id))
        assert [row[0] for row in rows] == ["1", f"N{draft.id}", "1"]
    assert correction.number is None
