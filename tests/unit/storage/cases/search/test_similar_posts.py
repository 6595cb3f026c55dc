"""The index finds few posts among many by their rarest terms, and can forget."""

from sqlalchemy import text

from storage.cases import posts
from storage.cases.match_keys import Keys
from storage.cases.posts import Flagged
from storage.cases.search import inverted_index, similar_posts
from storage.cases.search.similar_posts import (
    CANDIDATES,
    SearchForm,
    common_terms,
    rarest_within_budget,
)
from storage.cases.search.terms import pieces_of, terms_of
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.models import Category
from storage.privacy import erasure


async def entered(tx: Tx, words: str) -> int:
    """A post that says this."""
    keys = Keys(None, words, None)
    on = tx.clock.now().date()
    opened = await posts.open_case(
        tx, Flagged(keys, Category.SCAM, "{}", on, SearchForm(None, words))
    )
    assert opened
    return id_of(opened[1])


async def found(tx: Tx, words: str) -> list[str]:
    return [near.words for near in await similar_posts.candidates(tx, words)]


async def test_who_shares_the_most_comes_first(store: Store) -> None:
    async with store.write() as tx:
        for words in ("lừa đảo", "lừa đảo ngân hàng", "ngân hàng"):
            await entered(tx, words)
        assert (await found(tx, "lừa đảo ngân hàng"))[0] == "lừa đảo ngân hàng"
        assert await found(tx, "dự báo thời tiết") == []


async def test_a_rare_term_outweighs_a_common_one(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "vneid")
        for number in range(4):
            await entered(tx, f"{number} bank")
        assert (await found(tx, "bank vneid"))[0] == "vneid"


async def test_no_more_than_the_short_list_is_looked_at(store: Store) -> None:
    async with store.write() as tx:
        for number in range(CANDIDATES + 1):
            await entered(tx, f"{number} bank")
        assert len(await found(tx, "bank")) == CANDIDATES


async def test_what_is_forgotten_is_found_no_more_and_counts_no_more(store: Store) -> None:
    async with store.write() as tx:
        one = await entered(tx, "lừa bank")
        await entered(tx, "bank")
        await similar_posts.remove(tx, [one])
        assert await found(tx, "lừa bank") == ["bank"]
        numbers = similar_posts.term_ids(tx, ["lua", "luabank", "bank"])
        assert list((await inverted_index.counts(tx, numbers, 9)).values()) == [1]


async def test_a_list_is_counted_no_further_than_asked(store: Store) -> None:
    async with store.write() as tx:
        for number in range(3):
            await entered(tx, f"{number} bank")
        (bank,) = similar_posts.term_ids(tx, ["bank"])
        assert await inverted_index.counts(tx, [bank], 2) == {bank: 2}
        assert await inverted_index.counts(tx, [bank], 4) == {bank: 3}


def test_a_common_term_is_looked_for_only_where_four_rarer_ones_are_missing() -> None:
    rare = {1: 1, 2: 1, 3: 1, 4: 1}
    assert list(rarest_within_budget([*rare, 5], rare | {5: 499})) == [1, 2, 3, 4, 5]
    assert list(rarest_within_budget([*rare, 5], rare | {5: 500})) == [1, 2, 3, 4]
    assert list(rarest_within_budget([1, 2, 3, 5], rare | {5: 500})) == [1, 2, 3, 5]


def test_the_lists_that_are_read_are_no_longer_than_two_thousand_posts() -> None:
    lists = dict.fromkeys(range(5), 400)
    assert list(rarest_within_budget(list(lists), lists)) == [0, 1, 2, 3, 4]
    assert list(rarest_within_budget(list(lists), lists | {0: 401})) == [1, 2, 3, 4]


def test_common_terms_are_counted_out_only_where_one_of_them_is_needed() -> None:
    counts = {1: 1, 2: 1, 3: 1, 4: 1, 5: 500, 6: 500}
    assert common_terms([[1, 2, 3, 4, 5, 6]], counts) == set()
    assert common_terms([[1, 2, 3, 5, 6], [1, 2, 3, 4]], counts) == {5, 6}


async def test_a_forgotten_post_can_be_remembered_again(store: Store) -> None:
    async with store.write() as tx:
        one = await entered(tx, "bank")
        await similar_posts.remove(tx, [one])
        await similar_posts.add(tx, one, SearchForm(None, "vneid"))
        assert await found(tx, "bank vneid") == ["vneid"]


async def test_the_index_holds_no_word_that_can_be_read(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "bank vneid")
        await inverted_index.optimize(tx)
        what = "terms FROM postterms" if tx.on_postgresql else "block FROM postterms_data"
        rows = await tx.execute(text(f"SELECT {what}"))
        assert all(b"bank" not in bytes(str(value), "latin-1") for (value,) in rows)


async def test_of_a_forgotten_post_no_term_stays_in_the_index(store: Store) -> None:
    """Struck out is not gone: FTS5 keeps the terms until it is tidied up."""
    async with store.write() as tx:
        one = await entered(tx, "vneid")
        (number,) = similar_posts.term_ids(tx, ["vneid"])
    async with store.write() as tx:
        assert await index_holds(tx, number)
        await similar_posts.remove(tx, [one])
    await erasure.wipe(store)
    async with store.read() as tx:
        assert not await index_holds(tx, number)


async def index_holds(tx: Tx, term: int) -> bool:
    """Whether the index's own tables say anything of a term; SQLite writes its first digit apart."""
    if tx.on_postgresql:
        return bool((await tx.execute(text("SELECT count(*) FROM termcounts"))).scalar_one())
    blocks = await tx.execute(text("SELECT block FROM postterms_data"))
    digits = f"{term & 0xFFFFFFFF:x}"[1:].encode()
    return any(digits in block for (block,) in blocks)


async def test_what_reads_alike_without_diacritics_is_found_by_that(store: Store) -> None:
    async with store.write() as tx:
        one = await entered(tx, "bank")
        await similar_posts.remove(tx, [one])
        await similar_posts.add(tx, one, SearchForm("ab" * 32, "một"))
        assert [near.words for near in await similar_posts.same_folded_text(tx, "ab" * 32)] == [
            "một"
        ]
        assert await similar_posts.same_folded_text(tx, "cd" * 32) == []


def test_a_long_text_is_looked_for_in_pieces() -> None:
    assert len(pieces_of("một " * 60)) == 1
    assert len(pieces_of("một " * 61)) == 2


def test_single_words_are_looked_for_in_short_texts_only() -> None:
    assert "tien" in terms_of(" ".join(["tiền", *"bcdghklmnpqrst"]))
    assert "tien" not in terms_of(" ".join(["tiền", *"bcdghklmnpqrstv"]))


def test_terms_leave_diacritics_aside() -> None:
    assert terms_of("đảo chiều") == terms_of("dao chieu") == {"daochieu", "dao", "chieu"}
