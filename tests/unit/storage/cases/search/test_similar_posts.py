"""The index finds the most similar posts by BM25 among many, and removes posts without a trace."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from storage.cases import posts
from storage.cases.match_keys import Keys
from storage.cases.posts import Flagged
from storage.cases.search import inverted_index, similar_posts
from storage.cases.search.bm25 import K1, OCCURRENCES, B, Totals, saturated, weight
from storage.cases.search.similar_posts import (
    CANDIDATES,
    COMMON,
    TERMS,
    Background,
    SearchForm,
    heaviest_within_budget,
)
from storage.cases.search.terms import terms_of
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
        numbers = similar_posts.term_ids(tx, terms_of("lừa bank"))
        assert list((await inverted_index.counts(tx, numbers, 9)).values()) == [1]
        assert await inverted_index.totals(tx) == Totals(posts=1, words=1)


async def test_of_an_emptied_index_no_count_is_left(store: Store) -> None:
    async with store.write() as tx:
        ids = [await entered(tx, f"{number} bank bank bank vneid") for number in range(3)]
        counted = similar_posts.term_ids(tx, terms_of("0 1 2 bank vneid"))
        occurrences = [inverted_index.occurrence_id(term, 3) for term in counted]
        assert await inverted_index.counts(tx, occurrences, 9)
        await similar_posts.remove(tx, ids)
        assert await inverted_index.totals(tx) == Totals(posts=0, words=0)
        assert await inverted_index.counts(tx, [*counted, *occurrences], 9) == {}
        if tx.on_postgresql:
            assert (await tx.execute(text("SELECT count(*) FROM termcounts"))).scalar_one() == 0


async def test_the_rebuilt_index_begins_without_counts(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "bank")
        await similar_posts.clear(tx)
        assert await inverted_index.totals(tx) == Totals(posts=0, words=0)


async def test_a_list_is_counted_no_further_than_asked(store: Store) -> None:
    async with store.write() as tx:
        for number in range(3):
            await entered(tx, f"{number} bank")
        (bank,) = similar_posts.term_ids(tx, terms_of("bank"))
        assert await inverted_index.counts(tx, [bank], 2) == {bank: 2}
        assert await inverted_index.counts(tx, [bank], 4) == {bank: 3}


def test_the_heaviest_terms_are_searched_for_while_their_lists_fit() -> None:
    weights, posts = {"rare": 9, "less": 5, "often": 1}, {"rare": 10, "less": 20, "often": 30}
    assert heaviest_within_budget(weights, weights, posts, 60) == ["rare", "less", "often"]
    assert heaviest_within_budget(weights, weights, posts, 59) == ["rare", "less"]
    assert heaviest_within_budget(weights, weights, posts | {"less": 50}, 40) == ["rare", "often"]


def test_no_more_terms_of_a_piece_are_searched_for_than_the_limit() -> None:
    weights = {f"{number:03}": 1 for number in range(TERMS + 1)}
    kept = heaviest_within_budget(weights, weights, dict.fromkeys(weights, 1), COMMON)
    assert kept == list(weights)[:TERMS]
    del weights["000"]
    kept = heaviest_within_budget(weights, weights, dict.fromkeys(weights, 1), COMMON)
    assert kept == list(weights)


def test_a_common_term_is_not_searched_for() -> None:
    budget = 3 * COMMON
    assert heaviest_within_budget(["và"], {"và": 1}, {"và": COMMON - 1}, budget) == ["và"]
    assert heaviest_within_budget(["và"], {"và": 1}, {"và": COMMON}, budget) == []


async def test_each_of_several_claims_in_a_long_text_is_found(store: Store) -> None:
    async with store.write() as tx:
        claims = [f"claim{n} says{n} thing{n}" for n in range(3)]
        for claim in claims:
            await entered(tx, claim)
        digest = " ".join(f"{claim} {'một ' * 70}" for claim in claims)
        assert set(await found(tx, digest)) == set(claims)


async def test_a_shorter_post_with_the_same_words_comes_first(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "bank một hai ba bốn năm sáu bảy")
        await entered(tx, "bank một")
        await entered(tx, "chín mười")
        assert (await found(tx, "bank"))[0] == "bank một"


async def test_a_term_that_occurs_more_often_counts_more_up_to_three_times(store: Store) -> None:
    async with store.write() as tx:
        for words in ("bank a b c", "bank b bank d", "bank e bank bank", "bank bank bank bank"):
            await entered(tx, words)
        scores = await scores_of(tx, "bank")
        assert scores[4] == scores[3] > scores[2] > scores[1]


async def test_background_counts_tell_common_words_in_a_young_index(store: Store) -> None:
    async with store.write() as tx:
        await entered(tx, "và")
        await entered(tx, "vneid")
        background = Background.of_words(500, {"va": 400})
        near = await similar_posts.candidates(tx, "và vneid", background)
        assert [one.words for one in near] == ["vneid", "và"]
        assert await found(tx, "và vneid") == ["và", "vneid"], "without them they weigh the same"


def test_background_counts_of_one_stem_are_added_up_to_all_posts() -> None:
    assert Background.of_words(9, {"bank": 4, "banks": 5}).counts == {"bank": 9}
    assert Background.of_words(8, {"bank": 4, "banks": 5}).counts == {"bank": 8}


async def test_a_post_that_says_the_same_is_wholly_like_it(store: Store) -> None:
    words = "vneid vneid ⟨vneid.gov.vn/tin⟩ yêu cầu cập nhật ⟨vneid.gov.vn/a⟩ trước ngày 15/3"
    async with store.write() as tx:
        await entered(tx, words)
        (same,) = await similar_posts.candidates(tx, words)
        assert same.relative_score == 1.0
        (part,) = await similar_posts.candidates(tx, "vneid yêu cầu nộp phí")
        assert 0 < (part.relative_score or 0) < 1


async def test_a_post_that_is_asked_for_besides_has_its_relative_score_too(store: Store) -> None:
    async with store.write() as tx:
        for number in range(CANDIDATES):
            await entered(tx, f"bank {number}")
        late = await entered(tx, "bank một hai ba bốn năm sáu")
        unlike = await entered(tx, "vneid")
        near = await similar_posts.candidates(tx, "bank", also=[late, unlike])
        assert [one.post_id for one in near[CANDIDATES:]] == [late, unlike]
        assert near[CANDIDATES - 1].relative_score > near[CANDIDATES].relative_score > 0  # type: ignore[operator]
        assert near[CANDIDATES + 1].relative_score == 0.0
        (only,) = await similar_posts.candidates(tx, "", also=[late])
        assert only.relative_score is None


_VOCABULARY = ["bank", "vneid", "tiền", "khóa", "thẻ", "xem", "nộp", "phí", "quét", "mã"]


@pytest.mark.parametrize("seed", range(5))
async def test_scores_and_order_are_those_of_bm25_on_either_database(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    texts = [" ".join(chance.choices(_VOCABULARY, k=chance.randint(1, 9))) for _ in range(30)]
    asked = " ".join(chance.choices(_VOCABULARY, k=4))
    async with store.write() as tx:
        for number in range(0, len(texts), 2):
            gone = await entered(tx, f"{number} bank vneid")
            await similar_posts.remove(tx, [gone])
        numbers = [await entered(tx, f"{text} {n}") for n, text in enumerate(texts)]
        near = await scores_of(tx, asked)
    expected = textbook_scores([f"{text} {n}" for n, text in enumerate(texts)], asked)
    by_number = dict(zip(numbers, expected, strict=True))
    best = sorted(numbers, key=lambda number: (-round(by_number[number], 9), number))[:CANDIDATES]
    assert list(near) == [number for number in best if by_number[number]]
    assert near == pytest.approx({number: by_number[number] for number in near})


async def scores_of(tx: Tx, words: str) -> dict[int, float]:
    """The score of each candidate, the best first."""
    query = await similar_posts.query_for(tx, words)
    hits = await inverted_index.find(tx, query.weights, query.totals, scored=1_000, many=CANDIDATES)
    return {hit.post_id: hit.score for hit in hits}


def textbook_scores(texts: list[str], asked: str) -> list[float]:
    """BM25 of each text by the textbook formula, with the weights of the index."""
    known, average = [terms_of(text) for text in texts], sum(len(t.split()) for t in texts)
    query, scores = terms_of(asked), []
    for terms in known:
        damped = K1 * (1 - B + B * terms.length / (average / len(texts)))
        score = 0.0
        for term in query.all:
            having = sum(term in other.all for other in known)
            times = min(terms.all[term], OCCURRENCES)
            is_pair = term not in query.words
            score += weight(having, len(texts), is_pair=is_pair) * times / (times + damped)
        scores.append(score)
    return scores


@given(
    st.lists(st.tuples(st.integers(0, 9_000), st.integers(1, 3)), max_size=9),
    st.floats(0.01, 20, allow_nan=False),
)
def test_the_sums_by_occurrence_make_the_score_of_the_textbook(
    terms: list[tuple[int, int]], damped: float
) -> None:
    sums = [sum(weight for weight, times in terms if times >= n) for n in (1, 2, 3)]
    expected = sum(weight * times / (times + damped) for weight, times in terms)
    assert saturated(sums, damped) == pytest.approx(expected)


@given(st.integers(-(2**31), 2**31 - 1))
def test_every_occurrence_of_a_term_has_an_id_of_its_own(term: int) -> None:
    ids = [inverted_index.occurrence_id(term, occurrence) for occurrence in (1, 2, 3)]
    assert ids[0] == term
    assert len(set(ids)) == 3
    assert all(-(2**31) <= one < 2**31 for one in ids)


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
        (number,) = similar_posts.term_ids(tx, terms_of("vneid"))
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


@pytest.mark.parametrize("empty_database", ["postgresql"], indirect=True)
async def test_postgresql_plans_each_search_for_its_terms(store: Store) -> None:
    """A plan for any terms would read all posts for each of them."""
    async with store.write() as tx:
        await entered(tx, "vneid")
        for _ in range(7):  # the server prefers such a plan from the sixth run on
            await similar_posts.candidates(tx, "vneid")
        plans = text(
            "SELECT SUM(custom_plans), SUM(generic_plans) FROM pg_prepared_statements "
            "WHERE statement LIKE '%hit AS%' AND statement NOT LIKE '%generic_plans%'"
        )
        custom, generic = (await tx.execute(plans)).one()
    assert (custom >= 7, generic) == (True, 0)
