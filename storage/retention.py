"""Forgetting what has been kept for long enough (refusal 8). Updates and steps purge themselves."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlmodel import SQLModel

from storage.engine import Tx
from storage.models import CaseState, MailingState

_TABLES = SQLModel.metadata.tables
_ATTEMPTS = _TABLES["codeattempts"]
_ALLOWANCE = _TABLES["flagallowance"]
_CASE = _TABLES["case"]
_DELIVERY = _TABLES["delivery"]
_MAILING = _TABLES["mailing"]
_PROOF = _TABLES["proof"]


async def purge_code_attempts(tx: Tx, before: datetime) -> int:
    """Forgets wrong invite codes; a chat that still has to wait goes on waiting."""
    waits_no_more = or_(
        _ATTEMPTS.c.waits_until.is_(None), _ATTEMPTS.c.waits_until <= tx.clock.now()
    )
    return await _delete(tx, "codeattempts", and_(_ATTEMPTS.c.updated_at < before, waits_no_more))


async def purge_flag_allowances(tx: Tx, before: datetime) -> int:
    """Forgets how many posts somebody sent in an hour that ended before `before`."""
    return await _delete(tx, "flagallowance", _ALLOWANCE.c.hour_ends_at <= before)


async def empty_cases(tx: Tx, before: datetime) -> int:
    """Forgets the posts of cases closed before `before`; verdict and what it is known by stay."""
    closed = _CASE.c.state.in_([CaseState.DECIDED, CaseState.OUT_OF_SCOPE])
    connection = await tx.session.connection()
    emptied = await connection.execute(
        update(_CASE)
        .where(closed, _CASE.c.closed_at < before, _CASE.c.content_sealed.is_not(None))
        .values(content_sealed=None)
    )
    return emptied.rowcount


async def purge_proofs(tx: Tx, before: datetime) -> int:
    """Forgets links and pictures; that something was shared stays counted."""
    return await _delete(tx, "proof", _PROOF.c.at < before)


async def purge_mailings(tx: Tx, before: datetime) -> int:
    """Forgets who was sent what in mailings that ended before `before`."""
    over = and_(
        _MAILING.c.state.in_([MailingState.DONE, MailingState.CANCELLED]),
        _MAILING.c.finished_at < before,
    )
    rows = _DELIVERY.c.mailing_id.in_(select(_MAILING.c.id).where(over))
    deliveries = await _delete(tx, "delivery", rows)
    return deliveries + await _delete(tx, "mailing", over)


async def _delete(tx: Tx, table: str, condition: ColumnElement[bool]) -> int:
    connection = await tx.session.connection()
    return (await connection.execute(delete(_TABLES[table]).where(condition))).rowcount
