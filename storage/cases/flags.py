"""Flags: members who sent a post in and wait for its verdict; never shown to officers.

Refusal: no-disclosure-of-flaggers.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date
from sqlmodel import and_, col, exists, func, or_, select, update

from storage.cases import posts
from storage.cases.cases import OPEN
from storage.cases.queue import Deadlines, late, late_now
from storage.database import Tx, batch_clock, id_of, sealing
from storage.database.due import Due, earliest, live
from storage.database.sealing import opened
from storage.models import (
    Case,
    CasePost,
    Category,
    Delivery,
    DeliveryState,
    Flag,
    Mailing,
    MailingKind,
)

TOGETHER = timedelta(hours=1)
"""Verdicts for one member within this time are sent as one message."""
_OPENING = "flag.opening"
_CLAIMED_MEMBERS_MAX = 500
_NOT_DELIVERED = (DeliveryState.CANCELLED, DeliveryState.FAILED, DeliveryState.GONE)


@dataclass(frozen=True)
class OwnFlag:
    """What a member knows a case by."""

    code: str
    opening: str = field(repr=False)
    """The beginning of what they sent in themselves; empty where that is not kept."""


async def join(tx: Tx, post: CasePost, member_id: int, on: date, *, opening: str = "") -> bool:
    """Adds the member to those who wait for the verdict of the post's case; False if they are already.

    A member counts once for a case. A new flag after a stop restores `wants_answer`.
    `opening` is the beginning of their own post, which may differ from the post that is kept.
    """
    case = await posts.case_of(tx, post)
    flags_of_member = await of_member(tx, case, member_id)
    for flag in flags_of_member:
        flag.wants_answer = True
    if any(flag.post_id == post.id for flag in flags_of_member):
        return False
    flag = Flag(
        case_id=id_of(case),
        post_id=id_of(post),
        member_id=member_id,
        category=flags_of_member[0].category if flags_of_member else Category.UNKNOWN,
        notified_version=case.verdict_version,
        original_code=case.code,
        flagged_on=on,
    )
    await sealing.add(tx, flag, **({"opening": opening} if opening else {}))
    await _count(tx, case, post, people=0 if flags_of_member else 1)
    return not flags_of_member


async def _count(tx: Tx, case: Case, post: CasePost, *, people: int) -> None:
    await tx.session.exec(
        update(CasePost)
        .where(col(CasePost.id) == post.id)
        .values(flags=col(CasePost.flags) + 1, **batch_clock.withheld_columns(tx, CasePost, 1))
    )
    if people:
        await tx.session.exec(
            update(Case)
            .where(col(Case.id) == case.id)
            .values(
                flags=col(Case.flags) + people, **batch_clock.withheld_columns(tx, Case, people)
            )
        )
    await tx.session.refresh(case)
    await tx.session.refresh(post)


async def of_member(tx: Tx, case: Case, member_id: int) -> Sequence[Flag]:
    """This member's flags of this case: one for each of its posts that they sent in."""
    return await tx.all(select(Flag).where(Flag.case_id == case.id, Flag.member_id == member_id))


async def known_as(
    tx: Tx, flagged: Collection[Case], members: Collection[int]
) -> dict[tuple[int, int], OwnFlag]:
    """What members know cases by, for each id of a case and member: the newest flag, if any with words."""
    codes = {id_of(case): case.code for case in flagged}
    query = select(Flag).where(col(Flag.case_id).in_(codes), col(Flag.member_id).in_(members))
    known: dict[tuple[int, int], OwnFlag] = {}
    for flag in await tx.all(query.order_by(col(Flag.id))):
        opening = opened(tx, _OPENING, flag.opening_sealed, flag) if flag.opening_sealed else ""
        key = flag.case_id, flag.member_id
        if opening or key not in known or not known[key].opening:
            known[key] = OwnFlag(flag.original_code or codes[flag.case_id], opening)
    return known


async def own_flag(tx: Tx, case: Case, member_id: int) -> OwnFlag:
    """What this member knows a case by: the code they were told; without a flag, the case's code."""
    known = await known_as(tx, [case], [member_id])
    return known.get((id_of(case), member_id), OwnFlag(case.code, ""))


async def mark_rated(tx: Tx, case: Case, member_id: int, version: int) -> bool:
    """This member has said whether this version helped; False when they said so before."""
    marked = (
        update(Flag)
        .where(
            col(Flag.case_id) == case.id,
            col(Flag.member_id) == member_id,
            col(Flag.rated_version) < version,
        )
        .values(rated_version=version)
    )
    return bool(await tx.count_changed(marked))


async def flagged_by(tx: Tx, member_id: int, *, limit: int, offset: int) -> list[tuple[Flag, Case]]:
    """The cases that a member flagged, each once, newest first; for that member only."""
    newest = (
        select(func.max(Flag.id).label("id"))
        .where(Flag.member_id == member_id)
        .group_by(col(Flag.case_id))
        .subquery()
    )
    rows = await tx.session.exec(
        select(Flag, Case)
        .join(Case, col(Case.id) == Flag.case_id)
        .where(col(Flag.id).in_(select(newest.c.id)))
        .order_by(col(Flag.id).desc())
        .limit(limit)
        .offset(offset)
    )
    return [(row[0], row[1]) for row in rows.all()]


async def under_code(tx: Tx, member_id: int, code: str) -> tuple[Flag, Case] | None:
    """What this member flagged in the case of this code, or under this code before it was merged."""
    row = await tx.first(
        select(Flag, Case)
        .join(Case, col(Case.id) == Flag.case_id)
        .where(Flag.member_id == member_id, or_(Flag.original_code == code, Case.code == code))
        .order_by((col(Flag.original_code) == code).desc(), col(Flag.id).desc())
        .limit(1)
    )
    return (row[0], row[1]) if row else None


async def wanting_answer(tx: Tx, case: Case) -> list[int]:
    """Members who flagged a case and want to hear of it; for writing to them."""
    query = select(Flag.member_id).where(Flag.case_id == case.id, col(Flag.wants_answer))
    return sorted(set(await tx.all(query)))


async def waiting(tx: Tx, case: Case, *, version: int = 1) -> list[int]:
    """Members who want the verdict of a case and were not notified of its present version."""
    query = select(Flag.member_id).where(
        Flag.case_id == case.id, col(Flag.wants_answer), Flag.notified_version < version
    )
    return sorted(set(await tx.all(query)))


async def mark_notified(tx: Tx, case: Case, version: int, members: Collection[int]) -> None:
    """Records that this version is queued for these members."""
    await tx.session.exec(
        update(Flag)
        .where(col(Flag.case_id) == case.id, col(Flag.member_id).in_(members))
        .values(notified_version=version, notify_at=None)
    )


@dataclass(frozen=True)
class Readers:
    """The members who want a version of a verdict, by when and how they are notified."""

    known: list[int]
    """They know an earlier version, and are notified of a change at once."""
    new: list[int]
    """They are notified at once."""
    later: list[int]
    """They were sent another verdict within `TOGETHER`: this one waits for the end of that time."""


async def claim_readers(tx: Tx, case: Case, version: int) -> Readers:
    """Who is to be notified of this version of the verdict; recorded, so that it happens once."""
    wanting = await waiting(tx, case, version=version)
    notified = select(Flag.member_id).where(Flag.case_id == case.id, Flag.notified_version > 0)
    known = sorted({*wanting} & {*await tx.all(notified)})
    unknown = [member for member in wanting if member not in known]
    recent = await _recently_notified(tx, unknown)
    new = [member for member in unknown if member not in recent]
    await mark_notified(tx, case, version, [*known, *new])
    for member, last in recent.items():
        await tx.session.exec(
            update(Flag)
            .where(col(Flag.case_id) == case.id, col(Flag.member_id) == member)
            .values(notify_at=last + TOGETHER)
        )
    return Readers(known, new, list(recent))


async def _recently_notified(tx: Tx, members: Collection[int]) -> dict[int, datetime]:
    """The members who were sent a verdict within `TOGETHER`, and when the last one was sent."""
    rows = await tx.all(
        select(Delivery.member_id, func.max(Mailing.created_at))
        .join(Mailing, col(Mailing.id) == Delivery.mailing_id)
        .where(
            Mailing.kind == MailingKind.VERDICT,
            Mailing.created_at > tx.clock.now() - TOGETHER,
            col(Delivery.state).not_in(_NOT_DELIVERED),
        )
        .group_by(col(Delivery.member_id))
    )
    wanted = set(members)
    return {member: at for member, at in rows if member in wanted}


def first_pending_notification() -> Due:
    """When the first notification that waits is due."""
    return [earliest(Flag.notify_at)]


async def claim_pending_notifications(tx: Tx) -> dict[int, list[Case]]:
    """Claims due notifications: member to the cases with verdicts they were not notified of.

    Includes all verdicts of such a member, also those scheduled later: they are one message.
    """
    due = select(Flag.member_id).where(col(Flag.notify_at) <= tx.clock.now()).distinct()
    members = await tx.all(due.limit(_CLAIMED_MEMBERS_MAX))
    if not members:
        return {}
    pending = select(Flag).where(col(Flag.member_id).in_(members), col(Flag.notify_at).is_not(None))
    flags = await tx.all(pending.order_by(col(Flag.id)).with_for_update())
    cases = await _cases(tx, {flag.case_id for flag in flags})
    cases_by_member: dict[int, dict[int, Case]] = {}
    for flag in flags:
        case = cases[flag.case_id]
        if flag.wants_answer and flag.notified_version < case.verdict_version:
            cases_by_member.setdefault(flag.member_id, {})[flag.case_id] = case
        flag.notified_version, flag.notify_at = case.verdict_version, None
    await tx.session.flush()
    return {member: list(of_member.values()) for member, of_member in cases_by_member.items()}


def has_delayed(deadlines: Deadlines, today: Callable[[], date]) -> ColumnElement[bool]:
    """Whether a notice of delay is due."""
    late_yesterday = late_now(deadlines, lambda: today() - timedelta(days=1))
    return exists().where(_is_delayed(late_yesterday, live(today, Date())))


def _is_delayed(late_yesterday: ColumnElement[bool], today: Any) -> ColumnElement[bool]:
    overdue = select(Case.id).where(
        and_(col(Case.state).in_(OPEN), col(Case.verdict_version) == 0), late_yesterday
    )
    return and_(
        col(Flag.case_id).in_(overdue),
        col(Flag.wants_answer),
        col(Flag.delay_notified_on).is_(None),
        col(Flag.flagged_on) < today,
    )


async def claim_delayed(tx: Tx, deadlines: Deadlines, today: date) -> dict[int, list[OwnFlag]]:
    """Claims due notices of delay: member to what they flagged in the cases whose deadline has passed.

    A case with a verdict is not delayed. A flag is claimed once, and not on its own day.
    """
    is_due = _is_delayed(late(deadlines, today - timedelta(days=1)), today)
    marked = update(Flag).where(is_due).values(delay_notified_on=today)
    claimed = await tx.execute(marked.returning(col(Flag.member_id), col(Flag.case_id)))
    pairs = {(member_id, case_id) for member_id, case_id in claimed}
    if not pairs:
        return {}
    cases = await _cases(tx, {case_id for _, case_id in pairs})
    known = await known_as(tx, [*cases.values()], {member_id for member_id, _ in pairs})
    delayed: dict[int, list[OwnFlag]] = {}
    for member_id, case_id in sorted(pairs):
        delayed.setdefault(member_id, []).append(known[case_id, member_id])
    return delayed


async def _cases(tx: Tx, numbers: Collection[int]) -> dict[int, Case]:
    return {
        id_of(case): case for case in await tx.all(select(Case).where(col(Case.id).in_(numbers)))
    }


async def move_with_posts(tx: Tx, post_ids: Sequence[int], target: Case) -> None:
    """Moves the flags of these posts to another case; their members wait for its verdict."""
    await tx.session.exec(
        update(Flag)
        .where(col(Flag.post_id).in_(post_ids))
        .values(case_id=target.id, notified_version=0, notify_at=None, rated_version=0)
    )


async def people_of(tx: Tx, *case_ids: int) -> set[int]:
    """Ids of members who flagged any of these cases, for counting."""
    return set(await tx.all(select(Flag.member_id).where(col(Flag.case_id).in_(case_ids))))


async def people_of_posts(tx: Tx, post_ids: Sequence[int]) -> set[int]:
    """Ids of members who flagged any of these posts, for counting."""
    return set(await tx.all(select(Flag.member_id).where(col(Flag.post_id).in_(post_ids))))
