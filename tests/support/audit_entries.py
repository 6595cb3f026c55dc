"""What officers did, as the log has it; the oldest comes first."""

from sqlmodel import col, select

from storage.models import AuditEntry
from tests.support.club import ClubInATest


async def written(club: ClubInATest) -> list[tuple[str, dict[str, object]]]:
    """Each deed with its details."""
    async with club.reading() as tx:
        query = select(AuditEntry).order_by(col(AuditEntry.id))
        return [(entry.deed, entry.details) for entry in (await tx.session.exec(query)).all()]


async def deeds(club: ClubInATest) -> list[str]:
    """The deeds alone."""
    return [deed for deed, _ in await written(club)]
