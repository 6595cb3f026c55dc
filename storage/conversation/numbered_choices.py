"""Lists of numbered choices that were sent to a chat."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows

from storage.database import Tx, id_of, sealing
from storage.models import ChoiceList, Contact, Member, Role

_FIELD = "choicelist.choices"
_KEPT = 12
"""Lists kept for each chat; nobody scrolls back further to select a number."""
_LIST = SQLModel.metadata.tables["choicelist"].c


@dataclass(frozen=True)
class Choice:
    """One numbered line: its label, and the action that its number triggers."""

    label: str
    action: str


@dataclass(frozen=True)
class Offered:
    """One list in the chat."""

    id: int
    about: str
    """The beginning of its message."""
    choices: tuple[Choice, ...]
    is_over: bool
    offered_at: datetime
    is_unanswered: bool = True
    """The person has written nothing since."""
    picked: int | None = None
    """The number that was selected last."""


async def offer(tx: Tx, lookup: bytes, about: str, choices: Sequence[Choice]) -> int:
    """Stores a list that is about to be sent and returns its id; deletes all but the newest `_KEPT`."""
    row = ChoiceList(lookup=lookup, offered_at=tx.clock.now())
    await sealing.add(tx, row, choices=_packed(about, choices))
    kept = select(_LIST.id).where(_LIST.lookup == lookup).order_by(_LIST.id.desc()).limit(_KEPT)
    await tx.session.exec(
        delete(ChoiceList).where(col(ChoiceList.lookup) == lookup, _LIST.id.not_in(kept))
    )
    return id_of(row)


async def delete_list(tx: Tx, list_id: int) -> None:
    """Deletes a list that was not sent."""
    await tx.session.exec(delete(ChoiceList).where(col(ChoiceList.id) == list_id))


async def offered(tx: Tx, lookup: bytes) -> list[Offered]:
    """The lists of this chat, the newest first."""
    query = select_rows(ChoiceList).where(ChoiceList.lookup == lookup)
    return [_opened(tx, row) for row in await tx.all(query.order_by(col(ChoiceList.id).desc()))]


async def end(tx: Tx, list_id: int) -> None:
    """Closes a list: its numbers do nothing any more."""
    await tx.session.exec(
        update(ChoiceList).where(col(ChoiceList.id) == list_id).values(is_over=True)
    )


async def note_answer(tx: Tx, lookup: bytes) -> None:
    """Marks the lists of a chat as answered, when the person wrote something."""
    unanswered = col(ChoiceList.lookup) == lookup, col(ChoiceList.is_unanswered)
    await tx.session.exec(update(ChoiceList).where(*unanswered).values(is_unanswered=False))


async def note_picked(tx: Tx, list_id: int, number: int) -> None:
    """Stores the number that was selected from the list."""
    await tx.session.exec(
        update(ChoiceList).where(col(ChoiceList.id) == list_id).values(picked=number)
    )


async def clear(tx: Tx, lookup: bytes) -> None:
    """Deletes the lists of this chat."""
    await tx.session.exec(delete(ChoiceList).where(col(ChoiceList.lookup) == lookup))


async def delete_labels(tx: Tx) -> None:
    """Removes the labels from all lists of officers; numbers and actions stay.

    A label may be the name of a member who leaves; only lists of officers contain names.
    """
    officers_chats = (
        select_rows(Contact.lookup)
        .join(Member, col(Member.id) == Contact.member_id)
        .where(Member.role != Role.MEMBER)
    )
    for row in await tx.all(select_rows(ChoiceList).where(_LIST.lookup.in_(officers_chats))):
        actions = [one.action for one in _opened(tx, row).choices]
        bare = [Choice(str(number), action) for number, action in enumerate(actions, 1)]
        row.choices_sealed = sealing.seal(tx, _FIELD, _packed("…", bare), row)
    await tx.session.flush()


async def purge(tx: Tx, before: datetime) -> int:
    """Deletes lists sent before `before`; returns their number."""
    return await tx.count_changed(delete(ChoiceList).where(col(ChoiceList.offered_at) < before))


def _packed(about: str, choices: Sequence[Choice]) -> str:
    return json.dumps(
        {"about": about, "choices": [[one.label, one.action] for one in choices]},
        ensure_ascii=False,
    )


def _opened(tx: Tx, row: ChoiceList) -> Offered:
    packed = json.loads(sealing.opened(tx, _FIELD, row.choices_sealed, row))
    return Offered(
        id_of(row),
        packed["about"],
        tuple(Choice(label, action) for label, action in packed["choices"]),
        row.is_over,
        row.offered_at,
        row.is_unanswered,
        row.picked,
    )
