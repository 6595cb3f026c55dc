"""Leases: rights that one process at a time has, each a row with a holder, an end and a term.

The term grows with every new holder and is checked in the transaction of each write (a fencing
token). A holder that was paused past the end of its lease therefore writes nothing, although it does
not know yet that another process has taken over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, or_, select, update

from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.models import Lease

_LEASE = SQLModel.metadata.tables["lease"]


class LeaseLost(Exception):
    """Another process has the lease now; the transaction must not write."""


@dataclass(frozen=True)
class LeaseTerm:
    """One holder's term of a lease."""

    name: str
    holder: str
    number: int


async def take(tx: Tx, name: str, holder: str, length: timedelta) -> LeaseTerm | None:
    """Takes the lease when it is free, or renews it; None while another process has it."""
    now = tx.clock.now()
    renewed = await _write(tx, name, _LEASE.c.holder == holder, holder=holder, until=now + length)
    if renewed is not None:
        return LeaseTerm(name, holder, renewed)
    await _make_sure_it_exists(tx, name, now)
    new_term = await _write(
        tx,
        name,
        is_over(_LEASE.c.until, now, length),
        holder=holder,
        term=_LEASE.c.term + 1,
        until=now + length,
    )
    return LeaseTerm(name, holder, new_term) if new_term is not None else None


async def check(tx: Tx, term: LeaseTerm) -> None:
    """Checks that this term is the present one, and that it stays so until `tx` ends.

    On PostgreSQL the row is locked (shared), so that a new holder waits for what is written under
    this term. SQLite has one writer anyway.

    Raises:
        LeaseLost: another process has taken the lease.
    """
    query = select(Lease.name).where(
        Lease.name == term.name, Lease.holder == term.holder, Lease.term == term.number
    )
    if await tx.first(query.with_for_update(read=True)) is None:
        raise LeaseLost(term.name)


async def give_back(tx: Tx, term: LeaseTerm) -> None:
    """Ends the lease now, so that the next holder need not wait until it expires."""
    is_holder = (_LEASE.c.holder == term.holder) & (_LEASE.c.term == term.number)
    await _write(tx, term.name, is_holder, holder="", until=tx.clock.now())


def is_over(
    until: ColumnElement[datetime], now: datetime, length: timedelta
) -> ColumnElement[bool]:
    """Whether a lease of this length has expired.

    One that ends far later than `now + length` was written before the clock was set back. It counts as
    expired, or a crash at that moment would block the others for as long as the clock went back. One
    that ends only a little later is valid: another process wrote it whose clock is ahead, or while this
    transaction, which had read its own clock already, waited for the row.
    """
    return is_over_at(until, now, now + 2 * length)


def is_over_at(until: ColumnElement[datetime], now: Any, too_late: Any) -> ColumnElement[bool]:
    """As `is_over`, with values or expressions: now, and the moment after which no lease can end."""
    return or_(until <= now, until > too_late)


async def _make_sure_it_exists(tx: Tx, name: str, now: datetime) -> None:
    free = {"name": name, "holder": "", "term": 0, "until": now}
    await tx.execute(insert(tx, _LEASE).values(free).on_conflict_do_nothing())


async def _write(tx: Tx, name: str, only_if: ColumnElement[bool], **values: object) -> int | None:
    statement = update(_LEASE).where(_LEASE.c.name == name, only_if).values(**values)
    term: int | None = (await tx.execute(statement.returning(_LEASE.c.term))).scalar_one_or_none()
    return term
