"""The posts of a case: each text, picture or URL in which its claim was sent in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import col, func, select, update

from storage.cases import match_keys
from storage.cases.match_keys import Keys
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import Candidate, SearchForm
from storage.database import Tx, batch_clock, id_of, insert
from storage.database.sealing import opened, seal
from storage.models import Case, CasePost, CaseState, Category, Flag

_CONTENT = "casepost.content"
CODE_LENGTH = 6
_MARK_BITS = 2**31 - 1


@dataclass(frozen=True)
class Flagged:
    """A post as a member sends it in."""

    keys: Keys
    category: Category
    content: str
    """The post as JSON; stored sealed."""
    on: date
    reading: SearchForm | None = None
    """What the similarity search indexes; None for a post that is not indexed."""


@dataclass(frozen=True)
class PossibleMatches:
    """The stored posts that a new post may be the same as."""

    same_text: CasePost | None = None
    """The post with the same fingerprint; it decides, so the rest is empty then."""
    same_without_diacritics: Sequence[Candidate] = ()
    """Posts with the same text but for diacritics, the oldest first."""
    same_source: CasePost | None = None
    """The post with the same address, else the one with the same picture."""
    source_reading: Candidate | None = None
    """The text of `same_source`; None where one of the two posts has no text to compare."""


async def numbered(tx: Tx, number: int) -> CasePost:
    """The post of this id, which must exist."""
    return await tx.session.get_one(CasePost, number)


async def find(tx: Tx, keys: Keys) -> CasePost | None:
    """The post these keys belong to: its address decides, then its picture, its words."""
    for condition in match_keys.conditions(tx, keys):
        query = select(CasePost).where(condition).order_by(col(CasePost.id))
        query = query.execution_options(populate_existing=True)
        if found := await tx.first(query):
            return found
    return None


async def possible_matches(tx: Tx, keys: Keys, plain: str | None) -> PossibleMatches:
    """The stored posts that share the text, the address or the picture of a new post.

    `plain` is the hash of its text without diacritics, None for a post without text.
    """
    if same_text := await find(tx, Keys(None, keys.fingerprint, None)):
        return PossibleMatches(same_text)
    without_diacritics = await similar_posts.same_folded_text(tx, plain)
    source = await find(tx, replace(keys, fingerprint=None))
    readings = await similar_posts.with_numbers(tx, [id_of(source)] if source and plain else [])
    return PossibleMatches(None, without_diacritics, source, next(iter(readings), None))


async def with_cases(tx: Tx, numbers: Sequence[int]) -> list[tuple[CasePost, Case]]:
    """The posts with these ids, each with the case it belongs to now, in the order of the ids."""
    if not numbers:
        return []
    query = select(CasePost, Case).join(Case, col(CasePost.case_id) == Case.id)
    query = query.where(col(CasePost.id).in_(numbers)).execution_options(populate_existing=True)
    found = {post.id: (post, case) for post, case in await tx.all(query)}
    return [found[number] for number in numbers if number in found]


async def at_addresses(tx: Tx, addresses: Iterable[str]) -> list[tuple[CasePost, Case]]:
    """The post at each of these addresses that has one, with its case."""
    posts = [await find(tx, Keys(address, None, None)) for address in addresses]
    return await with_cases(tx, [id_of(post) for post in posts if post])


async def oldest_of_cases(tx: Tx, case_ids: Sequence[int]) -> list[tuple[CasePost, Case]]:
    """The oldest post of each of these cases that has any, with the case, in the order of the ids."""
    query = select(CasePost.case_id, func.min(CasePost.id)).where(
        col(CasePost.case_id).in_(case_ids)
    )
    oldest = dict(await tx.all(query.group_by(col(CasePost.case_id))))
    return await with_cases(tx, [post_id for one in case_ids if (post_id := oldest.get(one))])


async def case_of(tx: Tx, post: CasePost, *, lock: bool = False) -> Case:
    """The case a post belongs to now.

    `lock` locks its row until the end of the transaction: no other transaction can decide it.
    """
    return await tx.session.get_one(
        Case, post.case_id, with_for_update=lock or None, populate_existing=True
    )


async def lock(tx: Tx, post: CasePost) -> tuple[Case, CasePost]:
    """The post and its case, both locked.

    Repeats when the post was moved to another case between reading and locking.
    """
    while True:
        case = await case_of(tx, post, lock=True)
        await tx.session.refresh(post)
        if post.case_id == case.id:
            return case, post


async def open_case(
    tx: Tx, flagged: Flagged, *, distinct_from_id: int | None = None
) -> tuple[Case, CasePost] | None:
    """Opens a case with this post; None when another transaction stored the post first."""
    case = await _new_case(
        tx, flagged.category, flagged.on, tx.batches.end(tx.clock.now()), distinct_from_id
    )
    if post := await add(tx, case, flagged):
        return case, post
    await tx.session.delete(case)
    await tx.session.flush()
    return None


async def split_off(tx: Tx, category: Category, on: date) -> Case:
    """Opens a case without posts; an officer makes it, so officers see it at once."""
    return await _new_case(tx, category, on, tx.clock.now(), None)


async def _new_case(
    tx: Tx, category: Category, on: date, shown_from: datetime, distinct_from_id: int | None
) -> Case:
    case = Case(
        code=await _unused_code(tx),
        state=CaseState.NEW,
        category=category,
        opened_on=on,
        distinct_from_id=distinct_from_id,
        shown_from=shown_from,
    )
    tx.session.add(case)
    await tx.session.flush()
    return case


async def _unused_code(tx: Tx) -> str:
    """A code that no case has. Among 100,000 cases, one random code in 600 is taken already."""
    while True:
        code = tx.ids.code(CODE_LENGTH)
        if await tx.first(select(Case.id).where(Case.code == code)) is None:
            return code


async def add(tx: Tx, case: Case, flagged: Flagged) -> CasePost | None:
    """Adds a post to this case; None when it belongs to a case already."""
    row = insert(tx, CasePost).values(
        case_id=case.id,
        **match_keys.hashed(tx, flagged.keys),
        flags=0,
        withheld_until=tx.batches.end(tx.clock.now()),
        mark=tx.ids.number() & _MARK_BITS,
        first_on=flagged.on,
    )
    post_id = (
        await tx.execute(row.on_conflict_do_nothing().returning(col(CasePost.id)))
    ).scalar_one_or_none()
    if not post_id:
        return None
    post = await numbered(tx, post_id)
    post.content_sealed = seal(tx, _CONTENT, flagged.content, post)
    await match_keys.replace(tx, post, flagged.keys)
    if flagged.reading:
        await similar_posts.add(tx, post_id, flagged.reading)
    return post


async def of_case(tx: Tx, case: Case) -> Sequence[CasePost]:
    """All posts of a case, including those that officers do not see yet."""
    return await tx.all(
        select(CasePost).where(CasePost.case_id == case.id).order_by(col(CasePost.id))
    )


async def shown_of(tx: Tx, case: Case) -> Sequence[CasePost]:
    """The posts of a case that officers see now: most flagged first, then by day.

    Posts of one day are in random order, which does not reveal the time of day.
    """
    query = select(CasePost).where(CasePost.case_id == case.id, batch_clock.shown_posts(tx))
    most = batch_clock.shown_count_column(tx, CasePost).desc()
    return await tx.all(
        query.order_by(most, col(CasePost.first_on), col(CasePost.mark), col(CasePost.id))
    )


def content_of(tx: Tx, post: CasePost) -> str | None:
    """The content of a post as JSON; None when it is erased."""
    return opened(tx, _CONTENT, post.content_sealed, post) if post.content_sealed else None


async def replace_content(tx: Tx, post: CasePost, content: str) -> None:
    """Stores the post in other words than it was stored in, as after a change of its category."""
    post.content_sealed = seal(tx, _CONTENT, content, post)
    await tx.session.flush()


async def first_content(tx: Tx, case: Case) -> str | None:
    """The content of the most flagged post of a case, as officers see it now."""
    contents = [content for post in await shown_of(tx, case) if (content := content_of(tx, post))]
    return contents[0] if contents else None


async def move(tx: Tx, post_ids: Sequence[int], target: Case) -> None:
    """Moves posts to another case."""
    await tx.session.exec(
        update(CasePost).where(col(CasePost.id).in_(post_ids)).values(case_id=target.id)
    )


async def erase(tx: Tx, case: Case) -> None:
    """Erases the content and the match keys of a case's posts, and what quotes them."""
    await similar_posts.remove(tx, [id_of(post) for post in await of_case(tx, case)])
    await tx.session.exec(
        update(CasePost)
        .where(col(CasePost.case_id) == case.id)
        .values(content_sealed=None, **match_keys.NOTHING_KEPT)
    )
    await tx.session.exec(
        update(Flag).where(col(Flag.case_id) == case.id).values(opening_sealed=None)
    )
