"""The names of all members in the memory of this process, for searches by name.

Names are sealed, so a search has to open all of them. What the first search opened is kept, folded,
until nobody has searched for a while; it is never written anywhere. Names are opened outside of
transactions and a few at a time, so that nobody waits for a search but the person who asked.

See docs/decisions/0041-names-are-searched-in-memory.md.
"""

import asyncio
from array import array
from bisect import bisect_left
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlmodel import col, select

from storage.database import Store
from storage.database.event_wait import wait_for
from storage.members import members
from storage.members.name_marks import (
    MARK_BYTES,
    StoredMarks,
    digest_of,
    mark_of,
    stored_marks,
)
from storage.models import Member

MOST_NAMES = 300_000
"""In a larger club every search opens every name, and none is kept. They take about 30 MB."""
IDLE = timedelta(minutes=10)
"""How long after the last search the names are forgotten."""
_PAGE, _SLICE, _COMPARED = 2_000, 100, 20_000
"""Rows read in one transaction; names opened, and names compared, before other tasks run."""
_REST_S = 30.0
"""Changes are looked for this often at most, in seconds."""

Fold = Callable[[str], str]
"""Folds a name; the result has a space before each word."""
log = structlog.stdlib.get_logger()


@dataclass(frozen=True)
class Wanted:
    """What is searched for: folded words, in any order."""

    words: tuple[str, ...]
    whole: bool
    """The words are the whole name; otherwise each is the beginning of one of its words."""

    def among(self, names: Sequence[str]) -> list[int]:
        """The places of the matching names in a sequence of folded names."""
        longest, *others = sorted((f" {word}" for word in self.words), key=len, reverse=True)
        places = [place for place, name in enumerate(names) if longest in name]
        if self.whole:
            same = sorted(self.words)
            return [place for place in places if sorted(names[place].split()) == same]
        return [place for place in places if all(one in names[place] for one in others)]


@dataclass
class _Names:
    """Folded names in the order of the members' ids."""

    ids: "array[int]" = field(default_factory=lambda: array("q"))
    marks: bytearray = field(default_factory=bytearray, repr=False)
    folded: list[str] = field(default_factory=list, repr=False)

    def add(self, member_id: int, mark: bytes, folded: str) -> None:
        self.ids.append(member_id)
        self.marks += mark
        self.folded.append(folded)

    def known(self, member_id: int, mark: bytes) -> str | None:
        """The folded name of this member, if it is the one with this mark."""
        place = bisect_left(self.ids, member_id)
        if place == len(self.ids) or self.ids[place] != member_id:
            return None
        at = place * MARK_BYTES
        return self.folded[place] if self.marks[at : at + MARK_BYTES] == mark else None


class NameCache:
    """Searches members by name; one for each database and process (`Store.kept`)."""

    def __init__(self, store: Store, most_names: int = MOST_NAMES) -> None:
        self._store = store
        self._most_names = most_names
        self._names = _Names()
        self._used_at = store.clock.now()
        self._lock = asyncio.Lock()
        self._woken = asyncio.Event()
        store.changes.listen(self._note_change)

    @property
    def size(self) -> int:
        """The number of names in memory."""
        return len(self._names.ids)

    async def find(self, wanted: Wanted, fold: Fold) -> list[int]:
        """The ids of the members with such a name, ordered by name, as of now.

        Everything is found that was committed before the call. `fold` must be the same in all calls.

        Raises:
            SealBroken: the key of a name is missing.
        """
        async with self._lock:
            self._used_at = self._store.clock.now()
            stored = await self._stored()
            if stored.count > self._most_names:
                self._names = _Names()
                found = await self._find_unkept(wanted, fold)
            else:
                if stored.digest != digest_of(self._names.marks):
                    await self._read_anew(fold)
                found = await self._find_kept(wanted)
        return [member_id for _, member_id in sorted(found)]

    async def _stored(self) -> StoredMarks:
        async with self._store.read() as tx:
            return await stored_marks(tx)

    async def _read_anew(self, fold: Fold) -> None:
        names = _Names()
        async for member_id, mark, folded in self._opened(fold):
            names.add(member_id, mark, folded)
        self._names = names
        self._woken.set()  # What was erased while they were read is forgotten.

    async def _find_kept(self, wanted: Wanted) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        ids, folded = self._names.ids, self._names.folded
        for start in range(0, len(ids), _COMPARED):
            places = wanted.among(folded[start : start + _COMPARED])
            found += [(folded[start + place], ids[start + place]) for place in places]
            await asyncio.sleep(0)
        return found

    async def _find_unkept(self, wanted: Wanted, fold: Fold) -> list[tuple[str, int]]:
        return [
            (folded, member_id)
            async for member_id, _, folded in self._opened(fold)
            if wanted.among([folded])
        ]

    async def _opened(self, fold: Fold) -> AsyncIterator[tuple[int, bytes, str]]:
        """Every member's id, mark and folded name; opens those that are not in memory."""
        known, opened = self._names.known, 0
        async for member_id, sealed in self._sealed():
            mark = mark_of(sealed)
            folded = known(member_id, mark)
            if folded is None:
                folded = fold(members.open_sealed_name(self._store.vault, sealed, member_id))
                opened += 1
                if opened % _SLICE == 0:
                    await asyncio.sleep(0)
            yield member_id, mark, folded

    async def _sealed(self) -> AsyncIterator[tuple[int, bytes]]:
        """The ids and sealed names, page by page, each page in a transaction of its own."""
        last = 0
        while True:
            query = (
                select(Member.id, Member.name_sealed)
                .where(col(Member.id) > last, col(Member.name_sealed).is_not(None))
                .order_by(col(Member.id))
                .limit(_PAGE)
            )
            async with self._store.read() as tx:
                page = [(number, sealed) for number, sealed in await tx.all(query) if number]
            for number, sealed in page:
                if sealed is not None:
                    yield number, sealed
            if len(page) < _PAGE:
                return
            last, _ = page[-1]

    async def run(self, stop: asyncio.Event) -> None:
        """Forgets names that are not stored any more, and all of them when idle, until `stop`."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._wake_when_stopped(stop))
            while not stop.is_set():
                await wait_for(self._woken, IDLE.total_seconds() if self.size else None)
                self._woken.clear()
                await self._tidy_or_forget()
                await wait_for(stop, _REST_S)

    async def tidy(self) -> None:
        """Forgets the names that changed or were erased; after `IDLE` without a search, all."""
        async with self._lock:
            if self._store.clock.now() >= self._used_at + IDLE:
                self._names = _Names()
            elif self.size and (await self._stored()).digest != digest_of(self._names.marks):
                await self._forget_changed()

    async def _forget_changed(self) -> None:
        kept = _Names()
        async for member_id, sealed in self._sealed():
            mark = mark_of(sealed)
            folded = self._names.known(member_id, mark)
            if folded is not None:
                kept.add(member_id, mark, folded)
        self._names = kept

    async def _tidy_or_forget(self) -> None:
        try:
            await self.tidy()
        except Exception as error:  # noqa: BLE001 - the next search reads them again
            log.warning("names in memory not compared, forgetting them", kind=type(error).__name__)
            self._names = _Names()

    async def _wake_when_stopped(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()

    def _note_change(self) -> None:
        if self.size:
            self._woken.set()
