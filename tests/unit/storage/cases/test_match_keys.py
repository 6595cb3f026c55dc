"""What a post is known by says nothing to whoever has the database and not the key."""

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import select, update
from sqlmodel import SQLModel

from storage.cases import posts
from storage.cases.match_keys import Keys
from storage.cases.posts import Flagged
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import SearchForm
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.database.vault import Vault, link_key
from storage.maintenance import key_rotation
from storage.models import Case, CaseState, Category
from storage.privacy import retention_purge
from tests.conftest import KEY
from tests.support.club import ManualClock

NEW = bytes(range(1, 33))
WORDS = "đi bầu được nhận quà"
DIGEST, PLAIN = sha256(WORDS.encode()).hexdigest(), sha256(b"di bau duoc nhan qua").hexdigest()
KEYS = Keys("facebook:1035862816472149", DIGEST, "AgADAgADq6cxG")


async def flag(tx: Tx, keys: Keys = KEYS) -> int:
    on = tx.clock.now().date()
    flagged = Flagged(keys, Category.RUMOUR, "{}", on, SearchForm(PLAIN, WORDS))
    opened = await posts.open_case(tx, flagged)
    assert opened
    return id_of(opened[1])


async def found_by(tx: Tx, keys: Keys = KEYS) -> list[int | None]:
    """Which post is found by the address alone, by the words, by the picture."""
    alone = (
        Keys(keys.url_key, None, None),
        Keys(None, keys.fingerprint, None),
        Keys(None, None, keys.media_key),
    )
    return [post.id if (post := await posts.find(tx, one)) else None for one in alone]


def other_process(store: Store, *keys: bytes) -> Store:
    return Store(store.engine, Vault(*keys), store.clock, store.ids, batches=store.batches)


async def test_a_stolen_database_does_not_say_whether_a_known_post_was_flagged(
    store: Store,
) -> None:
    async with store.write() as tx:
        await flag(tx)
        kept = [
            value if isinstance(value, bytes) else str(value).encode()
            for table in SQLModel.metadata.sorted_tables
            for row in (await tx.execute(select(table))).all()
            for value in row
        ]
    known = [str(value).encode() for value in (KEYS.url_key, DIGEST, KEYS.media_key, PLAIN)]
    known += [bytes.fromhex(digest)[:16] for digest in (DIGEST, PLAIN)]
    assert [one for one in known if any(one in value for value in kept)] == []


async def test_a_post_is_the_same_before_while_and_after_the_key_is_changed(store: Store) -> None:
    async with store.write() as tx:
        number = await flag(tx)
    for change in (None, [NEW, KEY], "rekey", [NEW]):
        if isinstance(change, list):
            store.vault.hold(*change, links=[link_key(KEY)])
        elif change:
            assert await key_rotation.rekey(store) == 0
        async with store.write() as tx:
            assert await found_by(tx) == [number] * 3
            alike = await similar_posts.same_folded_text(tx, PLAIN)
            assert [(near.post_id, near.fingerprint) for near in alike] == [(number, DIGEST)]


async def test_a_post_whose_content_is_gone_is_known_under_a_new_key(
    store: Store, clock: ManualClock
) -> None:
    async with store.write() as tx:
        number = await flag(tx)
        over = {"state": CaseState.DECIDED, "closed_at": clock.now()}
        await tx.session.exec(update(Case).values(**over))
        assert await retention_purge.empty_cases(tx, clock.now() + timedelta(days=1)) == 1
    store.vault.hold(NEW, KEY)
    assert await key_rotation.rekey(store) == 0
    store.vault.hold(NEW)
    async with store.read() as tx:
        assert await found_by(tx) == [number] * 3


async def test_two_processes_that_know_both_keys_open_one_case(store: Store) -> None:
    for process in (other_process(store, NEW, KEY), other_process(store, NEW, KEY)):
        async with process.write() as tx:
            flagged = Flagged(KEYS, Category.RUMOUR, "{}", tx.clock.now().date())
            opened = await posts.open_case(tx, flagged)
    assert opened is None


async def test_of_a_post_taken_in_twice_before_all_knew_the_key_the_first_to_move_is_known(
    store: Store,
) -> None:
    quick, slow = other_process(store, NEW, KEY), other_process(store, KEY)
    async with quick.write() as tx:
        first = await flag(tx)
    async with slow.write() as tx:
        second = await flag(tx, Keys(KEYS.url_key, "e" * 64, None))
        third = await flag(tx, Keys(None, None, "only-here"))
    assert await key_rotation.rekey(quick) == 0
    async with other_process(store, NEW).read() as tx:
        assert await found_by(tx) == [first] * 3
        assert await found_by(tx, Keys(None, "e" * 64, "only-here")) == [None, second, third]


async def test_two_posts_of_one_old_key_become_one_at_most(store: Store) -> None:
    """Processes with other old keys have kept the same post twice."""
    oldest = bytes(range(2, 34))
    async with other_process(store, oldest).write() as tx:
        first = await flag(tx)
    async with other_process(store, KEY).write() as tx:
        await flag(tx)
    both = other_process(store, NEW, KEY, oldest)
    assert await key_rotation.rekey(both) == 0
    async with other_process(store, NEW).read() as tx:
        assert await found_by(tx) == [first] * 3
