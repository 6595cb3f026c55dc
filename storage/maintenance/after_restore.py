"""After a restore: stops everything that the restored database could send a second time.

The backup does not know what was sent after it was made.
"""

from dataclasses import dataclass

from sqlmodel import col, select

from storage import audit_log
from storage.accounts import account_grants
from storage.announcements import announcements
from storage.database import Tx
from storage.inbox import updates
from storage.models import AuditAction, InboxUpdate, Mailing, MailingKind
from storage.outbox import mailings
from storage.outbox.eligibility import RUNNING


@dataclass(frozen=True)
class HeldBack:
    """Numbers of what waits for an officer now, and of skipped updates."""

    paused: int
    """Paused announcements: they were being sent, and further copies may have arrived since."""
    reopened: int
    """Announcements that are drafts again: they were due since the backup and may have been sent."""
    updates: int
    """Skipped updates: they were handled after the backup, or are lost."""


async def hold_back(tx: Tx) -> HeldBack:
    """Pauses and reopens announcements, and skips updates; records it in the audit log.

    Access that an account has granted may have been renewed since: the bot tries it, and says if it is
    lost.
    """
    running = select(Mailing.id).where(
        Mailing.kind == MailingKind.ANNOUNCEMENT, col(Mailing.state).in_(RUNNING)
    )
    sending = [number for number in await tx.all(running) if number]
    for number in sending:
        await mailings.pause(tx, number)
    due = await announcements.due(tx)
    for announcement in due:
        await announcements.reopen(tx, announcement)
    waiting = select(InboxUpdate.id).where(col(InboxUpdate.handled_at).is_(None))
    waiting_ids = [number for number in await tx.all(waiting) if number]
    await updates.skip(tx, waiting_ids)
    await account_grants.doubt_all(tx)
    held_back = HeldBack(len(sending), len(due), len(waiting_ids))
    await audit_log.record(
        tx, None, AuditAction.CLUB_RESTORED, paused=held_back.paused, reopened=held_back.reopened
    )
    return held_back
