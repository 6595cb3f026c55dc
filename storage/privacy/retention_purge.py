"""Retention purge: deletes rows past their retention time (refusal: no-unlimited-retention)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlmodel import SQLModel

from storage import questions, schedules
from storage.accounts import authorizations
from storage.cases import flag_rate_limit
from storage.cases.search import similar_posts
from storage.conversation import file_links, generated_files, state
from storage.database import Tx
from storage.members import suspensions
from storage.models import CaseState, MailingState, MemberState
from storage.outbox import missed, uncertain
from storage.privacy import erasure, leaving

_TABLES = SQLModel.metadata.tables
_ATTEMPTS = _TABLES["codeattempts"]
_CASE = _TABLES["case"]
_CASE_ANSWER = _TABLES["caseanswer"]
_CASE_NOTE = _TABLES["casenote"]
_CASE_POST = _TABLES["casepost"]
_CASE_QUESTION = _TABLES["casequestion"]
_DELIVERY = _TABLES["delivery"]
_FLAG = _TABLES["flag"]
_INVITE = _TABLES["invite"]
_MAILING = _TABLES["mailing"]
_MEMBER = _TABLES["member"]
_SHARE = _TABLES["share"]
_CLOSED = (CaseState.DECIDED, CaseState.OUT_OF_SCOPE, CaseState.MERGED)

Purge = Callable[[Tx, datetime], Awaitable[int]]
"""Deletes or empties rows older than a time; returns their number."""


async def purge_code_attempts(tx: Tx, before: datetime) -> int:
    """Deletes counts of wrong codes; those of chats that still have to wait stay."""
    waits_no_more = or_(
        _ATTEMPTS.c.waits_until.is_(None), _ATTEMPTS.c.waits_until <= tx.clock.now()
    )
    tickets = _TABLES["ticketattempts"].c
    await _delete(tx, "ticketattempts", tickets.updated_at < before)
    return await _delete(tx, "codeattempts", and_(_ATTEMPTS.c.updated_at < before, waits_no_more))


async def forget_attendance(tx: Tx, before: datetime) -> int:
    """Deletes answers, tickets and feedback of meetings that ended before `before`; totals stay.

    Returns the number of answers.
    """
    meeting = _TABLES["meeting"].c
    over = select(meeting.id).where(meeting.ends_at < before)
    for table in ("ticket", "meetingfeedback"):
        await _delete(tx, table, _TABLES[table].c.meeting_id.in_(over))
    return await _delete(tx, "rsvp", _TABLES["rsvp"].c.meeting_id.in_(over))


async def purge_expired(tx: Tx) -> None:
    """Deletes rows with an expiry of their own.

    Flag limits, role offers, transfer codes, chat changes, generated files, grants of access under way,
    stops that cannot be undone any more, uncertain deliveries that nobody decided about, and messages
    that waited too long for their member's next message.
    """
    await flag_rate_limit.purge_past_hours(tx)
    for table in ("roleoffer", "movecode", "chatchange"):
        await _delete(tx, table, _TABLES[table].c.expires_at <= tx.clock.now())
    await generated_files.purge(tx, tx.clock.now())
    await file_links.purge(tx, tx.clock.now())
    await authorizations.purge(tx)
    await leaving.purge_stops(tx)
    await uncertain.dismiss_old_uncertain(tx)
    await missed.cancel_old(tx)


async def empty_cases(tx: Tx, before: datetime) -> int:
    """Empties the posts of cases closed before `before`; deletes officers' notes and questions, and answers.

    The verdict and the match keys stay. Returns the number of posts, notes, questions and answers.
    """
    closed = select(_CASE.c.id).where(_CASE.c.state.in_(_CLOSED), _CASE.c.closed_at < before)
    old = select(_CASE_POST.c.id).where(_CASE_POST.c.case_id.in_(closed))
    await similar_posts.remove(tx, (await tx.execute(old)).scalars().all())
    emptied = await tx.execute(
        update(_CASE_POST)
        .where(_CASE_POST.c.case_id.in_(closed), _CASE_POST.c.content_sealed.is_not(None))
        .values(content_sealed=None)
    )
    await tx.execute(
        update(_FLAG)
        .where(_FLAG.c.case_id.in_(closed), _FLAG.c.opening_sealed.is_not(None))
        .values(opening_sealed=None)
    )
    questions = select(_CASE_QUESTION.c.id).where(_CASE_QUESTION.c.case_id.in_(closed))
    return (
        emptied.rowcount
        + await _delete(tx, "casenote", _CASE_NOTE.c.case_id.in_(closed))
        + await _delete(tx, "caseanswer", _CASE_ANSWER.c.question_id.in_(questions))
        + await _delete(tx, "casequestion", _CASE_QUESTION.c.case_id.in_(closed))
    )


async def purge_flags(tx: Tx, before: datetime) -> int:
    """Deletes flags of cases closed before `before`, and older daily counters.

    The number of flags of a case stays. Returns the number of deleted flags.
    """
    closed = and_(_CASE.c.state.in_(_CLOSED), _CASE.c.closed_at < before)
    await _delete(tx, "dailycounter", _TABLES["dailycounter"].c.day < before.date())
    return await _delete(tx, "flag", _FLAG.c.case_id.in_(select(_CASE.c.id).where(closed)))


async def unlink_shares(tx: Tx, before: datetime) -> int:
    """Unlinks older shares from their members; the shares still count."""
    old = and_(_SHARE.c.at < before, _SHARE.c.member_id.is_not(None))
    return (await tx.execute(update(_SHARE).where(old).values(member_id=None))).rowcount


async def remove_left_members(tx: Tx, before: datetime) -> int:
    """Deletes the rows of members who left before `before`."""
    has_left = and_(_MEMBER.c.state == MemberState.LEFT, _MEMBER.c.left_at < before)
    numbers = (await tx.execute(select(_MEMBER.c.id).where(has_left))).scalars().all()
    for number in numbers:
        await erasure.remove(tx, number)
    return len(numbers)


async def purge_invites(tx: Tx, before: datetime) -> int:
    """Deletes invites that expired or were revoked before `before`."""
    return await _delete(
        tx, "invite", or_(_INVITE.c.expires_at < before, _INVITE.c.revoked_at < before)
    )


async def purge_mailings(tx: Tx, before: datetime) -> int:
    """Deletes mailings that ended before `before`, with their deliveries."""
    over = and_(
        _MAILING.c.state.in_([MailingState.DONE, MailingState.CANCELLED]),
        _MAILING.c.finished_at < before,
    )
    return await _delete(
        tx, "delivery", _DELIVERY.c.mailing_id.in_(select(_MAILING.c.id).where(over))
    ) + await _delete(tx, "mailing", over)


def _older(table: str, column: str) -> Purge:
    """Deletes the rows whose `column` is before a time; rows where it is NULL stay."""

    async def purge(tx: Tx, before: datetime) -> int:
        return await _delete(tx, table, _TABLES[table].c[column] < before)

    return purge


async def _delete(tx: Tx, table: str, condition: ColumnElement[bool]) -> int:
    return (await tx.execute(delete(_TABLES[table]).where(condition))).rowcount


PURGES: Mapping[str, Purge] = MappingProxyType(
    {
        "inbox_keys": _older("inboxupdate", "handled_at"),
        "steps": state.purge,
        "code_attempts": purge_code_attempts,
        "invites": purge_invites,
        "case_content": empty_cases,
        "flags": purge_flags,
        "proofs": _older("proof", "at"),
        "attendance": forget_attendance,
        "shares": unlink_shares,
        "deliveries": purge_mailings,
        "questions": questions.purge,
        "requests": _older("datarequest", "answered_at"),
        "suspensions": suspensions.purge,
        "consents": _older("consent", "withdrawn_at"),
        "left_members": remove_left_members,
        "slots": schedules.purge,
    }
)
"""Field of `RetentionSettings` to its purge; housekeeping runs them in this order."""
