"""How many members could be written to at what price, on a messenger with a messaging window."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, exists, or_, select
from sqlmodel import SQLModel

from storage.database import Tx
from storage.members import interactions
from storage.models import Contact, MemberState, Purpose
from storage.outbox.eligibility import agreed
from storage.outbox.messaging_window import WindowPhase
from storage.outbox.metering import Metering

_TABLES = SQLModel.metadata.tables
_CONTACT = _TABLES["contact"].c
_MEMBER = _TABLES["member"].c
_OTHER = _TABLES["contact"].alias().c
_AT_ONCE = 1000
"""Contacts that are opened before other tasks run again; about 5 ms."""


@dataclass(frozen=True)
class Phases:
    """Numbers of members by what the account may do for them now."""

    free: int = 0
    charged: int = 0
    closed: int = 0
    charged_elsewhere: int = 0
    """Of those to be charged: who can be reached on another messenger."""

    def __add__(self, other: "Phases") -> "Phases":
        return Phases(
            self.free + other.free,
            self.charged + other.charged,
            self.closed + other.closed,
            self.charged_elsewhere + other.charged_elsewhere,
        )


async def count(
    tx: Tx, metering: Metering, cheaper: Collection[str], purpose: Purpose
) -> dict[str | None, Phases]:
    """The members by area whom a message for `purpose` would reach by this account.

    Somebody whose window is closed and who can be reached on another messenger gets it there, and so
    does somebody to be charged for whom nothing may be spent (`charged_elsewhere`). `cheaper` as in
    `storage.outbox.eligibility`.
    """
    counted: dict[str | None, Phases] = {}
    now = tx.clock.now()
    rows = (await tx.execute(_reached(metering.messenger, cheaper, purpose))).all()
    for number, row in enumerate(rows, 1):
        phase = metering.window.phase(interactions.read(tx, row), now)
        if phase is not WindowPhase.CLOSED or not row.elsewhere:
            one = _CHARGED_ELSEWHERE if _may_move(phase, row) else _ONE[phase]
            counted[row.area] = counted.get(row.area, Phases()) + one
        if number % _AT_ONCE == 0:
            await asyncio.sleep(0)
    return counted


def is_free(tx: Tx, contact: Contact, metered: Mapping[str, Metering]) -> bool:
    """Whether a message to this chat costs nothing now; for what is sent without a delivery."""
    metering = metered.get(contact.messenger)
    if metering is None:
        return True
    last = interactions.last_of(tx, contact)
    return metering.window.phase(last, tx.clock.now()) is WindowPhase.FREE


_ONE = {
    WindowPhase.FREE: Phases(free=1),
    WindowPhase.CHARGED: Phases(charged=1),
    WindowPhase.CLOSED: Phases(closed=1),
}
_CHARGED_ELSEWHERE = Phases(charged=1, charged_elsewhere=1)


def _may_move(phase: WindowPhase, row: Row[Any]) -> bool:
    return phase is WindowPhase.CHARGED and bool(row.elsewhere)


def _reached(messenger: str, cheaper: Collection[str], purpose: Purpose) -> Select[Any]:
    another = and_(
        _OTHER.member_id == _MEMBER.id,
        _OTHER.messenger != messenger,
        _OTHER.unreachable_since.is_(None),
    )
    comes_first = exists().where(
        another, or_(_OTHER.preferred, _OTHER.messenger.in_(list(cheaper)))
    )
    elsewhere = exists().where(another).correlate(_TABLES["member"])
    return (
        select(_MEMBER.area, elsewhere.label("elsewhere"), *interactions.INTERACTION)
        .join(_TABLES["contact"], _CONTACT.member_id == _MEMBER.id)
        .where(
            _MEMBER.state == MemberState.ACTIVE,
            agreed(_MEMBER.id, purpose),
            _CONTACT.messenger == messenger,
            _CONTACT.unreachable_since.is_(None),
            or_(_CONTACT.preferred, ~comes_first.correlate(_TABLES["member"])),
        )
    )
