"""The index finds few posts among many by their rarest terms, and can forget."""

from sqlalchemy import text

from storage import posts, postterms, wordings
from storage.engine import Store, Tx
from storage.models import Category
from storage.posts import Flagged, Keys
from storage.wordings import RAREST, SHORT_LIST, Reading


async def entered(tx: Tx, name: str, *terms: str) -> int:
    """A post that stands under these terms."""
    reading = Reading(None, name, [terms])
    keys = Keys(None, name, None)
    flagged = Flagged(keys, Category.SCAM, "{}", tx.clock.now().date(), reading)
    opened = await posts.open_case(tx, flagged)
    assert opened
    return posts.number_of(opened[1])


async def found(tx: Tx, *terms: str) -> list[str]:
    return [near.words for near in await wordings.near(tx, [terms])]


async def test_who_shares_the_most_rare_terms_comes_first(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "one", "luadao", "nganhang")
        await entered(tx, "two", "luadao", "nganhang", "vneid")
        await entered(tx, "three", "nganhang")
        assert await found(tx, "luadao", "vneid", "nganhang") == ["two", "one", "three"]
        assert await found(tx, "thoitiet") == []


async def test_a_rare_term_outweighs_a_common_one(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "rare", "vneid")
        for number in range(4):
            await entered(tx, f"common {number}", "nganhang")
        assert (await found(tx, "nganhang", "vneid"))[0] == "rare"


async def test_no_more_than_the_short_list_is_looked_at(store: Store) -> None:
    async with store.write() as tx:
        for number in range(SHORT_LIST + 1):
            await entered(tx, str(number), "nganhang")
        assert len(await found(tx, "nganhang")) == SHORT_LIST


async def test_only_the_rarest_terms_of_a_piece_are_looked_for(store: Store) -> None:
    rare = [f"rare{number}" for number in range(RAREST)]
    async with store.write() as tx:
        await entered(tx, "rare", *rare)
        await entered(tx, "common", "nganhang")
        await entered(tx, "common too", "nganhang")
        assert await found(tx, *rare, "nganhang") == ["rare"]
        assert len(await found(tx, *rare[1:], "nganhang")) == 3


async def test_what_is_forgotten_is_found_no_more_and_counts_no_more(store: Store) -> None:
    async with store.write() as tx:
        one = await entered(tx, "one", "luadao", "nganhang")
        await entered(tx, "two", "nganhang")
        await wordings.forget(tx, [one])
        assert await found(tx, "luadao", "nganhang") == ["two"]
        numbers = wordings.numbers_of(tx, ["luadao", "nganhang"])
        assert list((await postterms.counts(tx, numbers)).values()) == [1]


async def test_a_forgotten_post_can_be_remembered_again(store: Store) -> None:
    async with store.write() as tx:
        one = await entered(tx, "one", "luadao")
        await wordings.forget(tx, [one])
        await wordings.remember(tx, one, Reading(None, "again", [["vneid"]]))
        assert await found(tx, "luadao", "vneid") == ["again"]


async def test_the_index_holds_no_word_that_can_be_read(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "one", "luadao")
        await postterms.tidy(tx)
        table = "wording" if tx.on_postgresql else "postterms_data"
        column = "terms" if tx.on_postgresql else "block"
        rows = await (await tx.session.connection()).execute(text(f"SELECT {column} FROM {table}"))
        assert all(b"luadao" not in bytes(value) for (value,) in rows)


async def test_what_reads_alike_without_diacritics_is_found_by_that(store: Store) -> None:
    async with store.write() as tx:
        one = await entered(tx, "one")
        await wordings.forget(tx, [one])
        await wordings.remember(tx, one, Reading("ab" * 32, "một", []))
        assert [near.words for near in await wordings.reading_alike(tx, "ab" * 32)] == ["một"]
        assert await wordings.reading_alike(tx, "cd" * 32) == []
