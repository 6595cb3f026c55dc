"""Members: sealed, found by their chat, and written to only for what they agreed to."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.members import members
from storage.models import Consent, Contact, Member, MemberState, Purpose, Role
from tests.support import in_write
from tests.support.member_rows import add_member


async def add(tx: Tx, name: str, *, role: Role = Role.MEMBER, area: str | None = None) -> Member:
    return await members.add(
        tx, messenger="telegram", chat=name, name=name, role=role, language="vi", area=area
    )


async def agree(tx: Tx, member: Member, purpose: Purpose = Purpose.ANNOUNCEMENTS) -> None:
    await members.agree(tx, member, purpose, text_version="1", language="vi")


async def test_a_member_is_found_by_their_chat_and_no_other(store: Store) -> None:
    async with store.write() as tx:
        lan = await add(tx, "Lan")
        found = await members.find_by_chat(tx, "telegram", "Lan")
        assert found
        assert found[0] is lan
        assert members.name_of(tx, lan) == "Lan"
        assert members.chat_of(tx, found[1]) == "Lan"
        assert await members.find_by_chat(tx, "zalo", "Lan") is None
        assert await members.find_by_chat(tx, "telegram", "lan") is None


async def test_neither_name_nor_chat_stands_in_the_database(store: Store) -> None:
    await in_write(store, add, "Nguyễn Thị Lan")
    async with store.read() as tx:
        member = (await tx.session.exec(select(Member))).one()
        contact = (await tx.session.exec(select(Contact))).one()
    kept = b"".join((member.name_sealed or b"", contact.lookup, contact.chat_sealed))
    assert b"Lan" not in kept


async def test_one_chat_is_one_member(store: Store) -> None:
    async with store.read() as tx:
        await add(tx, "Lan")
        with pytest.raises(IntegrityError):
            await add(tx, "Lan")


async def test_agreeing_twice_is_one_consent(store: Store) -> None:
    async with store.write() as tx:
        lan = await add(tx, "Lan")
        await agree(tx, lan)
        await agree(tx, lan)
        assert len((await tx.session.exec(select(Consent))).all()) == 1


async def test_the_database_itself_refuses_a_second_standing_consent(store: Store) -> None:
    async with store.write() as tx:
        lan = await add(tx, "Lan")
        await agree(tx, lan)
    with pytest.raises(IntegrityError):
        async with store.write() as tx:
            tx.session.add(
                Consent(
                    member_id=id_of(lan),
                    purpose=Purpose.ANNOUNCEMENTS,
                    text_version="1",
                    language="vi",
                    given_at=tx.clock.now(),
                )
            )


async def test_a_withdrawn_consent_stays_on_record_and_a_new_one_begins(store: Store) -> None:
    async with store.write() as tx:
        lan = await add(tx, "Lan")
        await agree(tx, lan)
        await members.withdraw(tx, id_of(lan))
        assert await members.agreed(tx, id_of(lan)) == set()
        await agree(tx, lan)
        assert await members.agreed(tx, id_of(lan)) == {Purpose.ANNOUNCEMENTS}
        assert len((await tx.session.exec(select(Consent))).all()) == 2


async def test_only_active_members_who_agreed_can_be_reached(store: Store) -> None:
    async with store.write() as tx:
        for name, area in (("Lan", "a"), ("Mai", "b"), ("Bình", None)):
            await agree(tx, await add(tx, name, area=area))
        await add(tx, "Hoà", area="a")
        gone = await add(tx, "Minh", area="a")
        await agree(tx, gone)
        gone.state = MemberState.SUSPENDED
        await tx.session.flush()
        there = await members.count_reachable(tx, Purpose.ANNOUNCEMENTS)
        assert (sum(there.values()), there["a"]) == (3, 1)
        assert await members.count_reachable(tx, Purpose.DIGEST) == {}


async def test_officers_are_active_officers_and_owners(store: Store) -> None:
    async with store.write() as tx:
        await add(tx, "Lan")
        minh = await add(tx, "Minh", role=Role.OFFICER)
        hoa = await add(tx, "Hoà", role=Role.OWNER)
        (await add(tx, "Bình", role=Role.OFFICER)).state = MemberState.SUSPENDED
        await tx.session.flush()
        assert await members.officers(tx) == [minh, hoa]
        assert await members.officers(tx, but=minh.id) == [hoa]
        assert await members.officers(tx, owners_only=True) == [hoa]


async def test_the_last_owner_is_known(store: Store) -> None:
    async with store.write() as tx:
        hoa = await add(tx, "Hoà", role=Role.OWNER)
        minh = await add(tx, "Minh", role=Role.OFFICER)
        assert await members.is_last_owner(tx, hoa)
        assert not await members.is_last_owner(tx, minh)
        await add(tx, "Bình", role=Role.OWNER)
        assert not await members.is_last_owner(tx, hoa)


@pytest.mark.parametrize(("high", "low"), [(Role.OWNER, Role.OFFICER), (Role.OFFICER, Role.MEMBER)])
def test_owners_outrank_officers_and_officers_members(high: Role, low: Role) -> None:
    assert high.outranks(low)
    assert not low.outranks(high)
    assert not high.outranks(high)


async def test_the_members_of_tests_are_the_rows_that_joining_writes(store: Store) -> None:
    async with store.write() as tx:
        await agree(tx, await add(tx, "Lan"))
        hoa = await add_member(
            tx,
            messenger="telegram",
            chat="Hoa",
            name="Hoa",
            role=Role.MEMBER,
            language="vi",
            purposes=[Purpose.ANNOUNCEMENTS],
        )
    of_their_own = {"id", "member_id", "actor", "lookup", "name_sealed", "chat_sealed"}
    async with store.read() as tx:
        for table in (Member, Contact, Consent):
            rows = (await tx.session.exec(select(table).order_by(col(table.id)))).all()
            joined, written = [row.model_dump(exclude=of_their_own) for row in rows]
            assert written == joined
        found = await members.find_by_chat(tx, "telegram", "Hoa")
        assert found
        assert (id_of(found[0]), members.name_of(tx, found[0])) == (hoa, "Hoa")
        assert members.chat_of(tx, found[1]) == "Hoa"
