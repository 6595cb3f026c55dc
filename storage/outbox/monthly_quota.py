"""Messages that an account has sent this month, where the messenger sells a monthly quota."""

from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import aliased
from sqlmodel import and_, col, exists, func, or_, select

from storage.database import Tx, insert
from storage.models import Consent, Contact, Member, MemberState, Purpose, SentCount


def month_of(tx: Tx, timezone: ZoneInfo) -> date:
    """The first day of the present month in the club's time zone."""
    return tx.clock.now().astimezone(timezone).date().replace(day=1)


async def count(tx: Tx, messenger: str, timezone: ZoneInfo, messages: int) -> None:
    """Adds to the number of messages of this month."""
    row = {"messenger": messenger, "month": month_of(tx, timezone), "sent": messages}
    table = SentCount.__table__  # type: ignore[attr-defined]
    statement = insert(tx, SentCount).values(row)
    await tx.execute(
        statement.on_conflict_do_update(
            index_elements=["messenger", "month"],
            set_={"sent": table.c.sent + statement.excluded.sent},
        )
    )


async def sent(tx: Tx, messenger: str, timezone: ZoneInfo) -> int:
    """How many messages the account has sent this month."""
    query = select(SentCount.sent).where(
        SentCount.messenger == messenger, SentCount.month == month_of(tx, timezone)
    )
    return await tx.first(query) or 0


async def recipients(
    tx: Tx, messenger: str, purpose: Purpose, cheaper: Collection[str] = ()
) -> dict[str | None, int]:
    """Number of members an announcement would be sent to on this messenger now, by area.

    `cheaper` as in `storage.outbox.eligibility`.
    """
    contact, preferred = aliased(Contact), aliased(Contact)
    is_reachable = and_(
        col(contact.member_id) == Member.id,
        col(contact.messenger) == messenger,
        col(contact.unreachable_since).is_(None),
    )
    elsewhere = exists().where(
        col(preferred.member_id) == Member.id,
        or_(col(preferred.preferred), col(preferred.messenger).in_(cheaper)),
        col(preferred.unreachable_since).is_(None),
    )
    query = (
        select(Member.area, func.count(func.distinct(Member.id)))
        .select_from(Member)
        .join(contact, is_reachable)
        .join(Consent, col(Consent.member_id) == Member.id)
        .where(
            Member.state == MemberState.ACTIVE,
            Consent.purpose == purpose,
            col(Consent.withdrawn_at).is_(None),
            or_(col(contact.preferred), ~elsewhere),
        )
        .group_by(col(Member.area))
    )
    return dict(await tx.all(query))
