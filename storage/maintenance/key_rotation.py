"""Key rotation: seals and hashes everything under an older key anew with the newest, in batches.

See docs/decisions/0027-key-outside-the-database.md.

A sealed value names its key. A keyed hash does not, but each is stored beside a sealed value: the
hash of a chat with the contact, those of a post with its match keys, those of terms with the text, that of a ticket with its digits.
Values bound to the hash of a chat are sealed anew together with that hash.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    Update,
    bindparam,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from storage import audit_log
from storage.announcements import official_texts
from storage.cases import match_keys, verdict_links
from storage.cases.flag_rate_limit import clear_all_hours
from storage.cases.search import similar_posts
from storage.database import SealBroken, Store, Tx, sealing
from storage.database.backoff import Backoff
from storage.database.transient_errors import is_transient
from storage.meetings import tickets
from storage.members import members
from storage.privacy.data_inventory_types import plain_name

BATCH = 200
_ATTEMPTS_MAX = 5
_BACKOFF = Backoff(first_s=0.5, max_s=4.0)
_OF_CHATS = ("contact", "codeattempts")
"""Tables with one row for each chat (`lookup`) whose sealed values are not bound to that hash."""
_TABLES = SQLModel.metadata.tables


@dataclass(frozen=True)
class SealedColumn:
    """A column of sealed values."""

    table: Table
    column: Column[bytes]

    @property
    def field(self) -> str:
        """The field name (`table.name`) that its values are sealed for."""
        return f"{self.table.name}.{plain_name(self.column.name)}"

    @property
    def key(self) -> Column[object]:
        """The (first) primary key column of the table."""
        return next(iter(self.table.primary_key))

    def select(self, *more: ColumnElement[Any]) -> Select[Any]:
        """Selects the column as `sealed`, the primary key as `key`, and the columns it is bound to."""
        bound = sealing.bound_columns(self.table)
        return select(self.key.label("key"), self.column.label("sealed"), *bound, *more)

    def open(self, tx: Tx, row: Mapping[Any, Any]) -> str:
        """Decrypts the value of a row of `select`.

        Raises:
            SealBroken: it belongs to another row, or its key is missing.
        """
        return sealing.opened(tx, self.field, row["sealed"], sealing.owner_in(self.table, row))

    def sealed_anew(self, tx: Tx, row: Mapping[Any, Any], **changed: object) -> bytes | None:
        """The value sealed with the newest key, bound to the `changed` row; None if no key opens it."""
        try:
            value = self.open(tx, row)
        except SealBroken:
            return None  # `count_remaining` counts it
        return sealing.seal(tx, self.field, value, sealing.owner_in(self.table, row) | changed)

    def is_old(self, tx: Tx) -> ColumnElement[bool]:
        """Whether a value is sealed with another key than the newest, in a query."""
        return self.column.is_not(None) & (
            func.substr(self.column, 1, len(tx.vault.sealing_id), type_=LargeBinary)
            != tx.vault.sealing_id
        )


SEALED_COLUMNS = tuple(
    SealedColumn(table, column)
    for table in SQLModel.metadata.sorted_tables
    for column in table.columns
    if plain_name(column.name) != column.name
)
_BOUND_TO_CHATS = tuple(
    place for place in SEALED_COLUMNS if "lookup" in sealing.BOUND_TO[place.table.name]
)
_Work = Callable[[Tx, object], Awaitable[object]]
_WITH_HASHES: Mapping[str, Callable[..., Awaitable[int | None]]] = {
    "casepost.keys": match_keys.rekey,
    "indexedpost.words": similar_posts.rekey,
    "officialtext.content": official_texts.rekey,
    "rsvp.digits": tickets.rekey,
    "verdictlink.address": verdict_links.rekey,
}
"""Fields whose own module also renews the keyed hashes stored beside them."""


async def upgrade_seals(tx: Tx, messenger: str, chat: str) -> None:
    """Renews the hashes and sealed values of one chat, so that it is found by the newest key."""
    if tx.vault.is_rotating:
        newest, *older = tx.vault.lookups("contact", messenger, chat)
        await _move(tx, [{"old": old, "new": newest} for old in older])


async def rekey(store: Store) -> int:
    """Rotates everything while the bot runs; returns the number of values that no key opens."""
    await _with_retries(store, _begin, None)
    for place in SEALED_COLUMNS:
        await _rekey_place(store, place)
    async with store.read() as tx:
        return await count_remaining(tx)


async def count_remaining(tx: Tx) -> int:
    """Number of sealed values not yet under the newest key; 0 when the rotation is complete."""
    counted = [
        (
            await tx.execute(select(func.count()).select_from(place.table).where(place.is_old(tx)))
        ).scalar_one()
        for place in SEALED_COLUMNS
    ]
    return sum(counted)


async def _begin(tx: Tx, _after: object) -> None:
    await audit_log.record_key_change(tx)
    await clear_all_hours(tx)  # their hashes cannot be renewed: no sealed value is beside them


async def _rekey_place(store: Store, place: SealedColumn) -> None:
    last: object = None
    while (last := await _with_retries(store, _batch(place), last)) is not None:
        pass


async def _with_retries(store: Store, work: _Work, after: object) -> object:
    """Runs one batch in one transaction; retries it after a conflict with another writer."""
    for failures in range(_ATTEMPTS_MAX):
        try:
            async with store.write() as tx:
                return await work(tx, after)
        except Exception as error:
            is_conflict = is_transient(error) or isinstance(error, IntegrityError)
            if failures == _ATTEMPTS_MAX - 1 or not is_conflict:
                raise
            await asyncio.sleep(_BACKOFF.delay_s(failures))
    raise AssertionError("the last attempt returns or raises")


def _batch(place: SealedColumn) -> _Work:
    async def work(tx: Tx, after: object) -> object:
        if own := _WITH_HASHES.get(place.field):
            return await own(tx, after=after if isinstance(after, int) else 0, many=BATCH)
        return await _reseal(tx, place, after)

    return work


async def _reseal(tx: Tx, place: SealedColumn, after: object) -> object:
    """Seals one batch anew, ordered by primary key; returns its last key, None for an empty batch."""
    query = place.select().where(place.is_old(tx))
    if after is not None:
        query = query.where(place.key > after)
    found = (await tx.execute(query.order_by(place.key).limit(BATCH))).mappings().all()
    changes = [
        {"number": row["key"], "old": row["sealed"], "new": fresh}
        for row in found
        if (fresh := place.sealed_anew(tx, row))
    ]
    if changes:
        # A value written meanwhile is under the newest key already.
        await tx.execute(
            update(place.table)
            .where(place.key == bindparam("number"), place.column == bindparam("old"))
            .values({place.column: bindparam("new")}),
            changes,
        )
    if place.table is _TABLES["contact"]:
        await _move_chats(tx, [row["key"] for row in found])
    return found[-1]["key"] if found else None


async def _move_chats(tx: Tx, numbers: list[object]) -> None:
    columns = _TABLES["contact"].c
    query = select(columns.messenger, columns.lookup, *members.CHAT)
    moves = []
    for row in (await tx.execute(query.where(columns.id.in_(numbers)))).all():
        try:
            chat = members.open_chat(tx, row)
        except SealBroken:
            continue
        newest = sealing.chat_lookup(tx, row.messenger, chat)
        if newest != row.lookup:
            moves.append({"old": row.lookup, "new": newest})
    await _move(tx, moves)


async def _move(tx: Tx, moves: list[dict[str, bytes]]) -> None:
    if not moves:
        return
    for change in _CHANGES:
        await tx.execute(change, moves)
    for place in _BOUND_TO_CHATS:
        await _move_bound(tx, place, {one["old"]: one["new"] for one in moves})


async def _move_bound(tx: Tx, place: SealedColumn, moves: Mapping[bytes, bytes]) -> None:
    """Changes the hash of a chat and the sealed values that are bound to it in one statement."""
    lookup, olds = place.table.c.lookup, list(moves)
    if place.key is lookup:
        # Another process, which has read the newest key, may have inserted the row already.
        taken = select(lookup).where(lookup.in_(list(moves.values())))
        present = set((await tx.execute(taken)).scalars())
        olds = [old for old, new in moves.items() if new not in present]
    changes = [
        {"number": row["key"], "old": row["sealed"], "new": fresh, "to": moves[row["lookup"]]}
        for row in (await tx.execute(place.select(lookup).where(lookup.in_(olds)))).mappings()
        if (fresh := place.sealed_anew(tx, row, lookup=moves[row["lookup"]]))
    ]
    if changes:
        await tx.execute(
            update(place.table)
            .where(place.key == bindparam("number"), place.column == bindparam("old"))
            .values({place.column: bindparam("new")})
            .values(lookup=bindparam("to")),
            changes,
        )


def _one_row(table: Table) -> Update:
    # Another process, which has read the newest key, may have inserted the row already.
    change = update(table).where(
        table.c.lookup == bindparam("old"),
        ~exists().where(table.alias().c.lookup == bindparam("new")),
    )
    return change.values(lookup=bindparam("new"))


def _several(column: Column[bytes], *only: ColumnElement[bool]) -> Update:
    change = update(column.table).where(column == bindparam("old"), *only)
    return change.values({column: bindparam("new")})


_WAITING = _TABLES["inboxupdate"].c
_CHANGES = (
    *(_one_row(_TABLES[name]) for name in _OF_CHATS),
    _several(_WAITING.chat_lookup, _WAITING.handled_at.is_(None)),
)
