"""Merge and split of cases; flags move with their posts."""

from collections.abc import Sequence
from datetime import date

from storage.cases import cases, flags, posts, reporter_questions, verdict_proposals
from storage.database import Tx, batch_clock, id_of
from storage.database.state_machine import WrongState, transition
from storage.models import Case, CasePost, CaseState, Category


async def merge(tx: Tx, source: Case, target: Case) -> list[int]:
    """Moves the posts and flags of `source`, which has no verdict, to `target`.

    Both must be locked. Returns the members to notify of the verdict of `target`. Officers see the sum
    of both counts; members who flagged both are subtracted with the next batch.
    """
    if source.verdict_version or source.id == target.id:
        raise WrongState("a case with a verdict, or the target itself, is never merged")
    transition(cases.TRANSITIONS, source, CaseState.MERGED)
    source.merged_into = target.id
    source_people = await flags.people_of(tx, id_of(source))
    in_both = source_people & await flags.people_of(tx, id_of(target))
    await _move(tx, await posts.of_case(tx, source), target)
    total = target.flags + source.flags - len(in_both)
    seen = batch_clock.shown_count(tx, target) + batch_clock.shown_count(tx, source)
    batch_clock.correct(tx, target, total=total, seen=seen)
    batch_clock.correct(tx, source, total=0, seen=0)
    await verdict_proposals.discard(tx, source)
    await reporter_questions.move(tx, source, target)
    if target.category is Category.UNKNOWN:
        target.category = source.category
    # What its members said of the category is counted in the target, when the batch is over.
    source.recount_from, target.recount_from = None, tx.batches.end(tx.clock.now())
    source.officer_id = source.taken_at = source.shown_from = None
    source.closed_at = tx.clock.now()
    await tx.session.flush()
    return await flags.waiting(tx, target, version=target.verdict_version)


async def split(tx: Tx, case: Case, post: CasePost, on: date) -> Case:
    """Moves one of several posts, with its flags, to a new case.

    Officers see the changed count of the old case with the next batch.
    """
    number = id_of(case)
    if post.case_id != number or len(await posts.of_case(tx, case)) < 2:
        raise WrongState("only one of several posts of a case becomes a case")
    people = await flags.people_of_posts(tx, [id_of(post)])
    new_case = await posts.split_off(tx, case.category, on)
    await _move(tx, [post], new_case)
    batch_clock.correct(
        tx, new_case, total=max(post.flags, len(people)), seen=batch_clock.shown_count(tx, post)
    )
    remaining = case.flags - len(people - await flags.people_of(tx, number))
    batch_clock.correct(tx, case, total=remaining, seen=batch_clock.shown_count(tx, case))
    await tx.session.flush()
    return new_case


async def _move(tx: Tx, moved: Sequence[CasePost], target: Case) -> None:
    numbers = [id_of(post) for post in moved]
    await posts.move(tx, numbers, target)
    await flags.move_with_posts(tx, numbers, target)
    for post in moved:
        await tx.session.refresh(post)
