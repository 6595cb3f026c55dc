"""The key is changed while the club goes on: nothing is lost, and nothing stays under the old one."""

from datetime import timedelta

from storage import audit_log
from storage.audit_log import ChainFault, Damage
from storage.cases import posts
from storage.cases.match_keys import Keys
from storage.cases.posts import Flagged
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import SearchForm
from storage.conversation import generated_files, numbered_choices, state
from storage.conversation.numbered_choices import Choice
from storage.database import sealing
from storage.database.engine import Store, Tx
from storage.database.vault import Vault, link_key
from storage.maintenance import key_rotation
from storage.maintenance.key_rotation import SEALED_COLUMNS
from storage.members import invites, members
from storage.models import AuditAction, Category, Role
from storage.privacy.subject_access import DisclosedTable, disclose
from tests.conftest import KEY
from tests.support import ClubInATest, OneRowPerTable, Phone, in_read, in_write

NEW = bytes(range(1, 33))
SCAM = "lừa đảo ngân hàng"


def hears_of_the_new_key(store: Store) -> None:
    store.vault.hold(NEW, KEY)


def drops_the_old_key(store: Store) -> None:
    store.vault.hold(NEW, links=[link_key(KEY)])


def beside(store: Store, *keys: bytes) -> Store:
    """Another process on the same database."""
    return Store(store.engine, Vault(*keys), store.clock, store.ids)


async def flagged(tx: Tx) -> None:
    reading = SearchForm(None, SCAM)
    keys = Keys(None, SCAM, None)
    on = tx.clock.now().date()
    assert await posts.open_case(tx, Flagged(keys, Category.SCAM, "{}", on, reading))


async def disclosed_tables(tx: Tx, member_id: int) -> list[DisclosedTable]:
    """All of it but the count of this hour, which begins anew."""
    found = await disclose(tx, await members.get(tx, member_id))
    return [one for one in found if one.name != "flagallowance"]


async def is_found(tx: Tx) -> bool:
    return [near.words for near in await similar_posts.candidates(tx, SCAM)] == [SCAM]


async def test_after_a_rotation_the_old_key_opens_nothing_and_all_is_there(
    club: ClubInATest,
) -> None:
    lan, binh = await club.officer("Lan"), await club.member("Bình")
    async with club.store.write() as tx:
        await OneRowPerTable(club, lan, binh).write(tx)
        before = await disclosed_tables(tx, lan.member_id)
    hears_of_the_new_key(club.store)
    assert await key_rotation.rekey(club.store) == 0
    drops_the_old_key(club.store)
    async with club.store.read() as tx:
        assert await disclosed_tables(tx, lan.member_id) == before
        assert await audit_log.verify(tx) is None
    async with beside(club.store, KEY).read() as tx:
        assert await key_rotation.count_remaining(tx) >= len(SEALED_COLUMNS)


async def test_a_member_in_the_middle_of_something_notices_nothing(club: ClubInATest) -> None:
    hoa = await club.officer("Hoa")
    await hoa.says("/soan")
    async with club.store.read() as tx:
        step = await state.find(tx, sealing.chat_lookup(tx, "telegram", hoa.address.chat))
    hears_of_the_new_key(club.store)
    await hoa.says("/quyenloi-khong-co-lenh-nay")
    async with club.store.read() as tx:
        chat = sealing.chat_lookup(tx, "telegram", hoa.address.chat)
        assert step is not None
        assert await state.find(tx, chat) == step, "found under the new key already"
    await key_rotation.rekey(club.store)
    drops_the_old_key(club.store)
    async with club.store.read() as tx:
        chat = sealing.chat_lookup(tx, "telegram", hoa.address.chat)
        assert await state.find(tx, chat) == step
        assert await members.find_by_chat(tx, "telegram", hoa.address.chat)


async def test_a_flagged_post_is_found_before_while_and_after(store: Store) -> None:
    await in_write(store, flagged)
    hears_of_the_new_key(store)
    assert await in_read(store, is_found)
    await key_rotation.rekey(store)
    drops_the_old_key(store)
    async with store.write() as tx:
        assert await is_found(tx)
        await similar_posts.remove(tx, [1])
        assert not await is_found(tx)


async def test_an_invite_is_good_as_long_as_its_key_is_known(club: ClubInATest) -> None:
    hoa = await club.officer("Hoa")
    async with club.store.write() as tx:
        given = {"role": Role.MEMBER, "area": None, "uses": 1, "created_by": hoa.member_id}
        code = await invites.create(tx, valid_for=timedelta(days=1), **given)  # type: ignore[arg-type]
    hears_of_the_new_key(club.store)
    assert await club.in_read(invites.usable, code)
    drops_the_old_key(club.store)
    assert await club.in_read(invites.usable, code) is None


async def test_nobody_adds_to_the_log_with_the_old_key_once_it_is_closed(store: Store) -> None:
    async with store.write() as tx:
        await audit_log.record(tx, None, AuditAction.INVITE_MADE, uses=1)
    hears_of_the_new_key(store)
    await key_rotation.rekey(store)
    assert await in_read(store, audit_log.verify) is None
    async with beside(store, KEY).write() as tx:
        await audit_log.record(tx, None, AuditAction.INVITE_MADE, uses=2)
    assert await in_read(store, audit_log.verify) == ChainFault(Damage.CHANGED, 3)


async def test_two_processes_of_which_one_has_heard_of_the_key_keep_one_log(store: Store) -> None:
    slow = beside(store, KEY)
    hears_of_the_new_key(store)
    for number, process in enumerate((slow, store, slow)):
        async with process.write() as tx:
            await audit_log.record(tx, None, AuditAction.INVITE_MADE, uses=number)
    assert await in_read(store, audit_log.verify) is None


async def test_a_rotation_that_is_done_twice_is_written_down_once(store: Store) -> None:
    hears_of_the_new_key(store)
    await key_rotation.rekey(store)
    await key_rotation.rekey(store)
    assert [
        entry.action for entry in await in_read(store, audit_log.newest, limit=9, offset=0)
    ] == ["key changed"]


async def test_what_no_key_opens_is_left_and_counted(club: ClubInATest) -> None:
    await club.member("Lan")
    club.store.vault.hold(NEW, bytes(32))
    assert await key_rotation.rekey(club.store) == 2, "a name and a chat"


def test_every_sealed_column_is_reached() -> None:
    fields = {place.field for place in SEALED_COLUMNS}
    assert {"member.name", "contact.chat", "delivery.body", "casepost.content"} <= fields


async def test_what_a_chat_was_offered_and_sent_opens_under_the_new_key(
    club: ClubInATest,
) -> None:
    hoa = await club.member("Hoa", messenger="zalo")
    offer, file = [Choice("Có", "yes")], b"a picture"
    async with club.store.write() as tx:
        await numbered_choices.offer(
            tx, sealing.chat_lookup(tx, "zalo", hoa.address.chat), "Hỏi", offer
        )
        until = club.clock.now() + timedelta(hours=1)
        number = await generated_files.keep(tx, "zalo", hoa.address.chat, file, until)

    async def is_there() -> bool:
        async with club.store.read() as tx:
            lookup = sealing.chat_lookup(tx, "zalo", hoa.address.chat)
            (kept,) = await numbered_choices.offered(tx, lookup)
            return list(kept.choices) == offer and await generated_files.fetch(tx, number) == file

    hears_of_the_new_key(club.store)
    await club.in_write(key_rotation.upgrade_seals, "zalo", hoa.address.chat)
    assert await is_there(), "as soon as the chat is heard of"
    assert await key_rotation.rekey(club.store) == 0
    drops_the_old_key(club.store)
    assert await is_there()


async def test_a_step_begun_anew_under_the_new_key_stays(club: ClubInATest, hoa: Phone) -> None:
    """Another process had not heard of the key when it wrote the earlier one."""
    chat = hoa.address.chat
    async with beside(club.store, KEY).write() as tx:
        await state.put(tx, sealing.chat_lookup(tx, "telegram", chat), "old", {})
    hears_of_the_new_key(club.store)
    async with club.store.write() as tx:
        await state.put(tx, sealing.chat_lookup(tx, "telegram", chat), "new", {})
        await key_rotation.upgrade_seals(tx, "telegram", chat)
    assert await key_rotation.rekey(club.store) == 0
    drops_the_old_key(club.store)
    async with club.store.read() as tx:
        found = await state.find(tx, sealing.chat_lookup(tx, "telegram", chat))
    assert found is not None
    assert found.name == "new"
