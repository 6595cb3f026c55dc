"""Announcements in the database: versions, approvals and changes of state."""

import pytest

from storage.announcements import announcements
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.database.state_machine import WrongState
from storage.members import members
from storage.models import Announcement, AnnouncementState, Role
from tests.support import ManualClock, in_read


async def a_member(tx: Tx, chat: str) -> int:
    member = await members.add(
        tx, messenger="telegram", chat=chat, name="M", role=Role.OFFICER, language="vi", area=None
    )
    return id_of(member)


async def a_draft(tx: Tx) -> Announcement:
    return await announcements.start(tx, await a_member(tx, "1"))


async def test_a_draft_is_rewritten_in_place(store: Store) -> None:
    async with store.write() as tx:
        draft = await a_draft(tx)
        await announcements.rewrite(tx, draft, {"title": "a"})
        await announcements.rewrite(tx, draft, {"title": "b"})
    version = await in_read(store, announcements.version_of, draft)
    assert (version.number, version.content) == (1, {"title": "b"})


async def test_what_was_submitted_is_never_rewritten(store: Store) -> None:
    async with store.write() as tx:
        draft = await a_draft(tx)
        await announcements.rewrite(tx, draft, {"title": "a"})
        await announcements.submit(tx, draft, due_at=None)
        submitted = await announcements.version_of(tx, draft)
        await announcements.rewrite(tx, draft, {"title": "b"})
        now = await announcements.version_of(tx, draft)
    assert submitted.content == {"title": "a"}
    assert (now.number, now.content, now.submitted_at) == (2, {"title": "b"}, None)
    assert draft.state is AnnouncementState.DRAFT


async def test_an_officer_counts_once_for_a_version_and_not_for_the_next(store: Store) -> None:
    async with store.write() as tx:
        draft = await a_draft(tx)
        officer = await a_member(tx, "2")
        await announcements.submit(tx, draft, due_at=None)
        version = await announcements.version_of(tx, draft)
        assert await announcements.decide(tx, version, officer)
        assert not await announcements.decide(tx, version, officer)
        assert await announcements.count_approvals(tx, version) == 1
        await announcements.reopen(tx, draft)
        newer = await announcements.version_of(tx, draft)
        assert await announcements.count_approvals(tx, newer) == 0


async def test_a_no_is_not_an_approval(store: Store) -> None:
    async with store.write() as tx:
        version = await announcements.version_of(tx, await a_draft(tx))
        await announcements.decide(tx, version, await a_member(tx, "2"), reason="sai giờ")
        assert await announcements.count_approvals(tx, version) == 0


@pytest.mark.parametrize("over", [AnnouncementState.WITHDRAWN, AnnouncementState.EXPIRED])
async def test_what_was_given_up_stays_given_up(store: Store, over: AnnouncementState) -> None:
    async with store.write() as tx:
        draft = await a_draft(tx)
        draft.state = over
        for state in AnnouncementState:
            with pytest.raises(WrongState):
                announcements.transition(draft, state)


async def test_a_draft_cannot_be_sent_without_being_submitted(store: Store) -> None:
    async with store.write() as tx:
        draft = await a_draft(tx)
        with pytest.raises(WrongState):
            announcements.transition(draft, AnnouncementState.SENDING)


async def test_only_what_waits_becomes_due_and_at_its_moment(
    store: Store, clock: ManualClock
) -> None:
    async with store.write() as tx:
        draft = await a_draft(tx)
        draft.due_at = tx.clock.now()
        await tx.session.flush()
        assert await announcements.due(tx) == []
        await announcements.submit(tx, draft, due_at=tx.clock.now())
        assert await announcements.due(tx) == [draft]
        clock.advance(seconds=-1)
        assert await announcements.due(tx) == []
