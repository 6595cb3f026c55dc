"""Lists of members. A page of a list opens only its own names.

Searching by name: `storage.members.name_cache`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement
from sqlmodel import SQLModel, col, func, select

from storage.database import Tx, among
from storage.members import members
from storage.models import Member, MemberState

_ID = SQLModel.metadata.tables["member"].c.id


@dataclass(frozen=True)
class Listed:
    """One member in a list."""

    member_id: int
    name: str = field(repr=False)
    suspended: bool


async def only(
    tx: Tx, member_ids: Sequence[int], *, area: str | None = None, suspended: bool = False
) -> list[int]:
    """Those of these members who are in this area, or suspended; in the same order."""
    theirs = select(Member.id).where(among(tx, _ID, member_ids), *_among(area, suspended=suspended))
    left = set(await tx.all(theirs))
    return [member_id for member_id in member_ids if member_id in left]


async def listed(tx: Tx, member_ids: Sequence[int]) -> list[Listed]:
    """These members in the same order, without those who have left meanwhile."""
    query = select(Member.id, Member.name_sealed, Member.state).where(
        among(tx, _ID, member_ids), col(Member.state) != MemberState.LEFT
    )
    found = {
        number: Listed(
            number, members.open_name(tx, sealed, number), state is MemberState.SUSPENDED
        )
        for number, sealed, state in await tx.all(query)
        if number is not None
    }
    return [found[member_id] for member_id in member_ids if member_id in found]


async def newest(
    tx: Tx, *, area: str | None = None, suspended: bool = False, start: int, many: int
) -> list[Listed]:
    """One page of `many` members from `start` on, newest first."""
    return [
        Listed(number, members.open_name(tx, sealed, number), state is MemberState.SUSPENDED)
        for number, sealed, state in await tx.all(
            select(Member.id, Member.name_sealed, Member.state)
            .where(*_among(area, suspended=suspended))
            .order_by(col(Member.id).desc())
            .offset(start)
            .limit(many)
        )
        if number is not None
    ]


async def count(tx: Tx, *, area: str | None = None, suspended: bool = False) -> int:
    """Number of members that `newest` lists."""
    return await tx.one(
        select(func.count()).select_from(Member).where(*_among(area, suspended=suspended))
    )


def _among(area: str | None, *, suspended: bool) -> list[ColumnElement[bool]]:
    in_state = (
        col(Member.state) == MemberState.SUSPENDED
        if suspended
        else col(Member.state) != MemberState.LEFT
    )
    return [in_state] if area is None else [in_state, col(Member.area) == area]
