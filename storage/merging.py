"""Cases become one, or two, and the flags go with their posts."""

from collections.abc import Sequence
from datetime import date

from storage import cases, flags, posts, proposals
from storage.engine import Tx
from storage.models import Case, CasePost, CaseState


async def merge(tx: Tx, source: Case, target: Case) -> list[int]:
    """The posts and flags of `source`, which has no verdict, go to `target`.

    Both must be held. Returns who has to hear the verdict that `target` has already.
    """
    if source.verdict_version or source.id == target.id or source.state not in cases.TAKEN:
        raise cases.WrongState(source.state)
    theirs = await flags.people_of(tx, cases.number_of(source))
    both = theirs & await flags.people_of(tx, cases.number_of(target))
    await _move(tx, await posts.of_case(tx, source), target)
    target.flags += source.flags - len(both)
    source.flags = 0
    await proposals.drop(tx, source)
    source.state, source.merged_into = CaseState.MERGED, target.id
    source.officer_id = source.taken_at = source.notice_at = None
    source.closed_at = tx.clock.now()
    await tx.session.flush()
    return await flags.waiting(tx, target, version=target.verdict_version)


async def split(tx: Tx, case: Case, post: CasePost, on: date) -> Case:
    """One of several posts becomes a case of its own, with those who sent it in."""
    number = cases.number_of(case)
    if post.case_id != number or len(await posts.of_case(tx, case)) < 2:
        raise cases.WrongState(case.state)
    theirs = await flags.people_of_posts(tx, [posts.number_of(post)])
    made = await posts.split_off(tx, case.category, on)
    await _move(tx, [post], made)
    made.flags = max(post.flags, len(theirs))
    case.flags -= len(theirs - await flags.people_of(tx, number))
    await tx.session.flush()
    return made


async def _move(tx: Tx, moved: Sequence[CasePost], target: Case) -> None:
    numbers = [posts.number_of(post) for post in moved]
    await posts.move(tx, numbers, target)
    await flags.follow_posts(tx, numbers, target)
    for post in moved:
        await tx.session.refresh(post)
