"""When a person last interacted with the account, on messengers with a messaging window.

The moment is sealed, for its contact alone. Officers see counts of people by phase only.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlmodel import SQLModel, and_, col, or_, select, update

from storage.database import SealBroken, Tx
from storage.database.sealing import opened, seal
from storage.models import Contact

_FIELD = "contact.last_interaction"
_CONTACT = SQLModel.metadata.tables["contact"].c
INTERACTION = (
    _CONTACT.id.label("contact_id"),
    _CONTACT.member_id.label("contact_of"),
    _CONTACT.messenger.label("contact_messenger"),
    _CONTACT.last_interaction_sealed,
)
"""Columns that `read` needs."""


async def note(tx: Tx, contact: Contact, at: datetime) -> None:
    """Stores that the person of this chat interacted `at` this time.

    An interaction older than the stored one, such as that of an update received late, changes
    nothing.
    """
    at = min(at, tx.clock.now()).astimezone(UTC).replace(microsecond=0)
    before = last_of(tx, contact)
    if before is None or before < at:
        contact.last_interaction_sealed = seal(tx, _FIELD, at.isoformat(), contact)
        # At once: what is then looked for in the outbox must be what a delivery process that waits
        # for this row has left there (`storage.outbox.admission`).
        await tx.session.flush()


def last_of(tx: Tx, contact: Contact) -> datetime | None:
    """The last interaction in the chat of this contact; None if it is unknown."""
    return _open(tx, contact.last_interaction_sealed, contact)


def read(tx: Tx, row: Any) -> datetime | None:
    """The last interaction, from a row that has the columns `INTERACTION`."""
    owner = {
        "id": row.contact_id,
        "member_id": row.contact_of,
        "messenger": row.contact_messenger,
    }
    return _open(tx, row.last_interaction_sealed, owner)


async def forget(tx: Tx, seen: Collection[tuple[int, bytes | None]]) -> set[int]:
    """Clears last interactions that the platform contradicts; returns the contacts whose were.

    `seen` are contacts with the sealed value that was relied on: a person who wrote meanwhile keeps
    the new one.
    """
    if not seen:
        return set()
    unchanged = or_(
        *(
            and_(
                col(Contact.id) == contact_id,
                col(Contact.last_interaction_sealed).is_not_distinct_from(sealed),
            )
            for contact_id, sealed in seen
        )
    )
    locked = select(Contact.id).where(unchanged).order_by(col(Contact.id)).with_for_update()
    numbers = {number for number in await tx.all(locked) if number is not None}
    await tx.session.exec(
        update(Contact).where(col(Contact.id).in_(numbers)).values(last_interaction_sealed=None)
    )
    return numbers


def _open(tx: Tx, sealed: bytes | None, owner: Any) -> datetime | None:
    """None also for what cannot be opened: the next message of the person replaces it."""
    if not sealed:
        return None
    try:
        return datetime.fromisoformat(opened(tx, _FIELD, sealed, owner))
    except SealBroken:
        return None
