"""Sealed values are bound to their row: the row's id and its owner are authenticated with them.

A value that is copied to another row does not open there, and neither does one whose row is given to
another owner. A value can therefore be sealed only once its row has an id; `add` stores the row first.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, Table

from storage.database.engine import Tx
from storage.database.vault import Part

BOUND_TO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "accountauthorization": ("account",),
        "accountgrant": ("account",),
        "appeal": ("id", "suspension_id"),
        "caseanswer": ("id", "question_id", "member_id"),
        "casenote": ("id", "case_id"),
        "casepost": ("id",),  # it goes to another case when cases are joined
        "casequestion": ("id",),  # it goes to another case when cases are joined
        "chatchange": ("id", "contact_id", "messenger"),
        "choicelist": ("id", "lookup"),
        "contact": ("id", "member_id", "messenger"),
        "datarequest": ("id", "member_id"),
        "delivery": ("mailing_id", "member_id"),
        "filelink": ("id",),
        "flag": ("id", "member_id", "post_id"),  # the case of a post can change
        "generatedfile": ("id", "lookup"),
        "inboxupdate": ("messenger", "update_key"),
        "indexedpost": ("post_id",),
        "mailing": ("id",),
        "meetingfeedback": ("id", "meeting_id"),
        "member": ("id",),
        "officialtext": ("id",),
        "proof": ("share_id", "same"),
        "question": ("id", "member_id"),
        "rsvp": ("meeting_id", "member_id"),
        "step": ("lookup",),
        "suspension": ("id", "member_id"),
        "ticket": ("meeting_id", "code_lookup"),
        "verdictlink": ("id", "case_id"),
    }
)
"""Table to the columns that its sealed values are bound to; together they are unique.

A change of one of these columns requires sealing the values of the row anew."""


def chat_lookup(tx: Tx, messenger: str, chat: str) -> bytes:
    """The keyed hash by which a chat is found."""
    return tx.vault.lookup("contact", messenger, chat)


def seal(tx: Tx, field: str, value: str, row: Any) -> bytes:
    """Encrypts `value` for a field (`table.name`) of this row: a model, a mapping or a selected row."""
    return tx.vault.seal(field, value, *bound(field, row))


def opened(tx: Tx, field: str, sealed: bytes, row: Any) -> str:
    """Decrypts a value of this field of this row.

    Raises:
        SealBroken: it belongs to another row or field, or its key is missing.
    """
    return tx.vault.open(field, sealed, *bound(field, row))


async def add(tx: Tx, row: SQLModel, **values: str) -> None:
    """Stores a new row with these values sealed in it, each in the column `<name>_sealed`."""
    for name in values:
        setattr(row, f"{name}_sealed", b"")
    tx.session.add(row)
    await tx.session.flush()
    for name, value in values.items():
        setattr(row, f"{name}_sealed", seal(tx, f"{row.__tablename__}.{name}", value, row))
    await tx.session.flush()


def bound_columns(table: Table) -> list[ColumnElement[Any]]:
    """Columns to select beside sealed columns of a table, for `owner_in`."""
    return [table.c[name].label(f"bound_{name}") for name in BOUND_TO.get(table.name, ())]


def owner_in(table: Table, row: Any) -> dict[str, Any]:
    """The bound values of a row that was selected with `bound_columns`."""
    return {name: row[f"bound_{name}"] for name in BOUND_TO[table.name]}


def bound(field: str, row: Any) -> tuple[Part, *tuple[Part, ...]]:
    """The values that this field is bound to in this row."""
    first, *more = (
        row[n] if isinstance(row, Mapping) else getattr(row, n)
        for n in BOUND_TO[field.partition(".")[0]]
    )
    return first, *more
