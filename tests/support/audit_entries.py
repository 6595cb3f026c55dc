"""The entries of the audit log, oldest first."""

from sqlmodel import col, select

from storage.models import AuditEntry
from tests.support.club import ClubInATest


async def audit_entries(club: ClubInATest) -> list[tuple[str, dict[str, object]]]:
    """Each action with its details."""
    async with club.reading() as tx:
        query = select(AuditEntry).order_by(col(AuditEntry.id))
        return [(entry.action, entry.details) for entry in await tx.all(query)]


async def audit_actions(club: ClubInATest) -> list[str]:
    """The actions alone."""
    return [action for action, _ in await audit_entries(club)]
