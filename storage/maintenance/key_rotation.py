"""Everything that stands under an older key, put under the newest, batch by batch.

See docs/decisions/0027-key-outside-the-database.md.

What is sealed says itself by which key. A keyed hash does not, but each is written together with
something sealed: a chat's with the contact, a post's with what it is known by, its terms with its words. What
is sealed for a row that is found by the hash of a chat is sealed anew together with that hash.
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
from storage.cases import match_keys, verdict_links
from storage.cases.flag_rate_limit import forget_all_hours
from storage.cases.search import similar_posts
from storage.database import sealing
from storage.database.backoff import Backoff
from storage.database.engine import Store, Tx
from storage.database.transient_errors import is_transient
from storage.database.vault import SealBroken
from storage.members import members
from storage.privacy.data_inventory_types import plain_name

BATCH = 200
_ATTEMPTS_MAX = 5
_BACKOFF = Backoff(first_s=0.5, max_s=4.0)
_OF_CHATS = ("contact", "codeattempts")
"""Tables with one row for a chat, by its `lookup`, to which nothing sealed is bound."""
_TABLES = SQLModel.metadata.tables


@dataclass(frozen=True)
class SealedColumn:
    """A column that holds what is sealed."""

    table: Table
    column: Column[bytes]

    @property
    def field(self) -> str:
        """What it is sealed for."""
        return f"{self.table.name}.{plain_name(self.column.name)}"

    @property
    def key(self) -> Column[object]:
        return next(iter(self.table.primary_key))

    def select(self, *more: ColumnElement[Any]) -> Select[Any]:
        """What stands in the column as `sealed`, the row's key as `key`, and what it is bound to."""
        bound = sealing.bound_columns(self.table)
        return select(self.key.label("key"), self.column.label("sealed"), *bound, *more)

    def open(self, tx: Tx, row: Mapping[Any, Any]) -> str:
        """What is in a row that `select` found.

        Raises:
            SealBroken: it belongs to another row, or stands under a key that is not here.
        """
        return sealing.opened(tx, self.field, row["sealed"], sealing.owner_in(self.table, row))

    def sealed_anew(self, tx: Tx, row: Mapping[Any, Any], **changed: object) -> bytes | None:
        """The same under the newest key, bound to what the row is `changed` to; None if nothing opens it."""
        try:
            value = self.open(tx, row)
        except SealBroken:
            return None  # it is counted among what is left
        return sealing.seal(tx, self.field, value, sealing.owner_in(self.table, row) | changed)

    def is_old(self, tx: Tx) -> ColumnElement[bool]:
        """Which rows stand under another key than the newest."""
        start = func.substr(self.column, 1, len(tx.vault.sealing_id), type_=LargeBinary)
        return self.column.is_not(None) & (start != tx.vault.sealing_id)


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
    "verdictlink.address": verdict_links.rekey,
}
"""Fields whose own module also makes the keyed hashes beside them anew."""


async def upgrade_seals(tx: Tx, messenger: str, chat: str) -> None:
    """Puts what is known of one chat under the newest key, so that the chat is found by it."""
    if tx.vault.is_rotating:
        newest, *older = tx.vault.lookups("contact", messenger, chat)
        await _move(tx, [{"old": old, "new": newest} for old in older])


async def rekey(store: Store) -> int:
    """Everything, while the club goes on; returns how many rows could not be opened by any key."""
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
    await forget_all_hours(tx)  # by keyed hashes of nothing that is sealed; an hour begins anew


async def _rekey_place(store: Store, place: SealedColumn) -> None:
    last: object = None
    while (last := await _with_retries(store, _batch(place), last)) is not None:
        pass


async def _with_retries(store: Store, work: _Work, after: object) -> object:
    """Does one batch in one transaction, and retries it after a conflict with another writer."""
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
    """One batch, in the order of the table's key; the last row of it, None when there was none."""
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
        # Who has written something else meanwhile has written it under the newest key.
        change = update(place.table).where(
            place.key == bindparam("number"), place.column == bindparam("old")
        )
        await tx.execute(change.values({place.column: bindparam("new")}), changes)
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
    """Rows whose sealed values are bound to the hash of a chat: both change at once."""
    lookup, olds = place.table.c.lookup, list(moves)
    if place.key is lookup:
        # A process that heard of the key a moment later may have begun one again.
        taken = select(lookup).where(lookup.in_(list(moves.values())))
        there = set((await tx.execute(taken)).scalars())
        olds = [old for old, new in moves.items() if new not in there]
    query = place.select(lookup).where(lookup.in_(olds))
    changes = [
        {"number": row["key"], "old": row["sealed"], "new": fresh, "to": moves[row["lookup"]]}
        for row in (await tx.execute(query)).mappings()
        if (fresh := place.sealed_anew(tx, row, lookup=moves[row["lookup"]]))
    ]
    if changes:
        change = update(place.table).where(
            place.key == bindparam("number"), place.column == bindparam("old")
        )
        changed = change.values({place.column: bindparam("new")}).values(lookup=bindparam("to"))
        await tx.execute(changed, changes)


def _one_row(table: Table) -> Update:
    # A process that heard of the key a moment later may have begun one again.
    there = table.alias()
    is_there = exists().where(there.c.lookup == bindparam("new"))
    change = update(table).where(table.c.lookup == bindparam("old"), ~is_there)
    return change.values(lookup=bindparam("new"))


def _several(column: Column[bytes], *only: ColumnElement[bool]) -> Update:
    change = update(column.table).where(column == bindparam("old"), *only)
    return change.values({column: bindparam("new")})


_WAITING = _TABLES["inboxupdate"].c
_CHANGES = (
    *(_one_row(_TABLES[name]) for name in _OF_CHATS),
    _several(_WAITING.chat_lookup, _WAITING.handled_at.is_(None)),
)
