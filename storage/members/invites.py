"""Invites: made, used, listed, shortened and revoked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, desc, select, update

from storage.database import Tx, as_code
from storage.members import grants
from storage.models import Invite, Role

CODE_LENGTH = 10
_KIND = "invite"


async def create(
    tx: Tx, *, role: Role, area: str | None, uses: int, valid_for: timedelta, created_by: int | None
) -> str:
    """Makes an invite and returns its code; only the keyed hash of the code is stored."""
    code = tx.ids.code(CODE_LENGTH)
    tx.session.add(
        Invite(
            code_lookup=tx.vault.lookup(_KIND, as_code(code)),
            role=role,
            area=area,
            uses_left=uses,
            expires_at=tx.clock.now() + valid_for,
            created_by=created_by,
            by_operator=created_by is None,
            created_at=tx.clock.now(),
        )
    )
    await tx.session.flush()
    return code


async def usable(tx: Tx, code: str) -> Invite | None:
    """The valid invite of this code, if any."""
    return await tx.first(
        select(Invite).where(
            col(Invite.code_lookup).in_(tx.vault.lookups(_KIND, as_code(code))), _opens(tx)
        )
    )


async def use(tx: Tx, invite: Invite) -> bool:
    """Counts one use of the invite; False when the last use was taken meanwhile."""
    return (
        await tx.session.exec(
            update(Invite)
            .where(col(Invite.id) == invite.id, _opens(tx))
            .values(uses_left=col(Invite.uses_left) - 1)
        )
    ).rowcount == 1


@dataclass(frozen=True)
class Listed:
    """An invite that has not expired."""

    invite: Invite
    is_open: bool
    """It can be used; False when it was revoked, or its maker may not make it any more."""


async def listed(tx: Tx, roles: Collection[Role], *, limit: int, offset: int) -> list[Listed]:
    """Unexpired invites to these roles, open ones first, then by age, newest first."""
    is_open = _opens(tx)
    query = select(Invite, is_open).where(
        col(Invite.uses_left) > 0,
        col(Invite.expires_at) > tx.clock.now(),
        col(Invite.role).in_(roles),
    )
    query = query.order_by(desc(is_open), col(Invite.id).desc())
    return [Listed(row[0], bool(row[1])) for row in await tx.all(query.limit(limit).offset(offset))]


async def lock(tx: Tx, invite_id: int) -> Invite | None:
    """An open invite, refreshed and locked until the transaction ends."""
    query = select(Invite).where(Invite.id == invite_id, _opens(tx)).with_for_update()
    return await tx.first(query.execution_options(populate_existing=True))


async def shorten(tx: Tx, invite: Invite, valid_for: timedelta) -> None:
    """Sets the expiry to `valid_for` from now, unless it expires earlier."""
    invite.expires_at = min(invite.expires_at, tx.clock.now() + valid_for)
    await tx.session.flush()


async def revoke(tx: Tx, invite: Invite) -> None:
    """Revokes an invite."""
    invite.revoked_at = tx.clock.now()
    await tx.session.flush()


async def revoke_older(tx: Tx, before: datetime) -> int:
    """Revokes every open invite made before `before`; returns their number."""
    ended = update(Invite).where(_opens(tx), col(Invite.created_at) < before)
    return await tx.count_changed(ended.values(revoked_at=tx.clock.now()))


def _opens(tx: Tx) -> ColumnElement[bool]:
    return and_(
        col(Invite.uses_left) > 0,
        col(Invite.expires_at) > tx.clock.now(),
        col(Invite.revoked_at).is_(None),
        grants.invite_stands(),
    )
