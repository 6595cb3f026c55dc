"""How much an account has sent this month, where its messenger sells messages by the month."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import select

from storage.dialect import insert
from storage.engine import Tx
from storage.models import SentCount


def month_of(tx: Tx, timezone: ZoneInfo) -> date:
    """The first day of the month it is in the club's time zone."""
    return tx.clock.now().astimezone(timezone).date().replace(day=1)


async def count(tx: Tx, messenger: str, timezone: ZoneInfo, messages: int) -> None:
    """Adds messages to this month's."""
    row = {"messenger": messenger, "month": month_of(tx, timezone), "sent": messages}
    table = SentCount.__table__  # type: ignore[attr-defined]
    statement = insert(tx, SentCount).values(row)
    added = {"sent": table.c.sent + statement.excluded.sent}
    connection = await tx.session.connection()
    await connection.execute(
        statement.on_conflict_do_update(index_elements=["messenger", "month"], set_=added)
    )


async def sent(tx: Tx, messenger: str, timezone: ZoneInfo) -> int:
    """How many messages the account has sent this month."""
    query = select(SentCount.sent).where(
        SentCount.messenger == messenger, SentCount.month == month_of(tx, timezone)
    )
    return (await tx.session.exec(query)).first() or 0
