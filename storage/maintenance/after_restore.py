"""A database that comes from a backup knows less than has happened: what it must not do by itself."""

from dataclasses import dataclass

from sqlmodel import col, select

from storage import audit_log
from storage.announcements import announcements
from storage.database.engine import Tx
from storage.inbox import updates
from storage.models import AuditAction, InboxUpdate, Mailing, MailingKind
from storage.outbox import mailings
from storage.outbox.eligibility import RUNNING


@dataclass(frozen=True)
class HeldBack:
    """What waits for an officer's word now, and what was left out."""

    paused: int
    """Announcements that were being sent: many of their copies may have arrived since."""
    reopened: int
    """Announcements whose time has come since: they may have gone out."""
    updates: int
    """Updates that were on their way: they have had their effect since, or are gone."""


async def hold_back(tx: Tx) -> HeldBack:
    """Stops whatever would otherwise be sent a second time; written down in the log."""
    running = select(Mailing.id).where(
        Mailing.kind == MailingKind.ANNOUNCEMENT, col(Mailing.state).in_(RUNNING)
    )
    sending = [number for number in (await tx.session.exec(running)).all() if number]
    for number in sending:
        await mailings.pause(tx, number)
    due = await announcements.due(tx)
    for announcement in due:
        await announcements.reopen(tx, announcement)
    waiting = select(InboxUpdate.id).where(col(InboxUpdate.handled_at).is_(None))
    waiting_ids = [number for number in (await tx.session.exec(waiting)).all() if number]
    await updates.skip(tx, waiting_ids)
    held_back = HeldBack(len(sending), len(due), len(waiting_ids))
    await audit_log.record(
        tx, None, AuditAction.CLUB_RESTORED, paused=held_back.paused, reopened=held_back.reopened
    )
    return held_back
