"""Who may do what only one process may do at a time: a row with a holder and a growing term."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import SQLModel, select

from storage.database.dialect import insert
from storage.database.engine import Tx
from storage.models import Lease

_LEASE = SQLModel.metadata.tables["lease"]


class LeaseLost(Exception):
    """Another process has taken over; what was about to be written must not be."""


@dataclass(frozen=True)
class LeaseTerm:
    """One holder's time in one place."""

    name: str
    holder: str
    number: int


async def take(tx: Tx, name: str, holder: str, length: timedelta) -> LeaseTerm | None:
    """Takes the place when it is free, or keeps it; None while somebody else has it."""
    now = tx.clock.now()
    await _make_sure_it_exists(tx, name, now)
    kept = await _write(tx, name, _LEASE.c.holder == holder, holder=holder, until=now + length)
    if kept is not None:
        return LeaseTerm(name, holder, kept)
    taken = await _write(
        tx,
        name,
        is_over(_LEASE.c.until, now, length),
        holder=holder,
        term=_LEASE.c.term + 1,
        until=now + length,
    )
    return LeaseTerm(name, holder, taken) if taken is not None else None


async def check(tx: Tx, term: LeaseTerm) -> None:
    """Makes sure that nobody has taken over since, and that nobody does until `tx` ends.

    On PostgreSQL the row is held: whoever wants the place waits for what is written under this term.
    SQLite has one writer anyway.

    Raises:
        LeaseLost: somebody has.
    """
    query = select(Lease.name).where(
        Lease.name == term.name, Lease.holder == term.holder, Lease.term == term.number
    )
    if (await tx.session.exec(query.with_for_update(read=True))).first() is None:
        raise LeaseLost(term.name)


async def give_back(tx: Tx, term: LeaseTerm) -> None:
    """Leaves the place to whoever comes next, who need not wait for the lease to run out."""
    held = (_LEASE.c.holder == term.holder) & (_LEASE.c.term == term.number)
    await _write(tx, term.name, held, holder="", until=tx.clock.now())


def is_over(
    until: ColumnElement[datetime], now: datetime, length: timedelta
) -> ColumnElement[bool]:
    """Whether a lease of this length has run out.

    One that would last longer than it may was given before the clock was set back: it is over too,
    or a crash at that moment would hold things up for as long as the clock went back.
    """
    return or_(until <= now, until > now + length)


async def _make_sure_it_exists(tx: Tx, name: str, now: datetime) -> None:
    free = {"name": name, "holder": "", "term": 0, "until": now}
    await tx.execute(insert(tx, _LEASE).values(free).on_conflict_do_nothing())


async def _write(tx: Tx, name: str, only_if: ColumnElement[bool], **values: object) -> int | None:
    statement = update(_LEASE).where(_LEASE.c.name == name, only_if).values(**values)
    term: int | None = (await tx.execute(statement.returning(_LEASE.c.term))).scalar_one_or_none()
    return term
