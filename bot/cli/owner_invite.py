"""`officer add`: the invite that makes the first owner."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno

from bot.config.settings import Settings
from bot.store.open_store import open_clock, open_store
from bot.telegram.account import Account
from handlers.messages import MessengerError
from storage import audit_log
from storage.database.schema import upgrade
from storage.members import invites
from storage.models import AuditAction, Role

VALID_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class OwnersInvite:
    """An invite for an owner: one use, valid for one day."""

    code: str
    link: str
    """Opens the bot with the code; empty while the messenger is unreachable."""
    valid_until: datetime

    def qr(self) -> str:
        """The link as a QR code of text characters, for a phone camera."""
        drawn = io.StringIO()
        segno.make(self.link).terminal(drawn, compact=True)
        return drawn.getvalue()


async def invite_owner(settings: Settings) -> OwnersInvite:
    """Creates the invite; the audit log names the command line as its author."""
    store = open_store(settings, await open_clock(settings))
    try:
        await upgrade(store.engine)
        async with store.write() as tx:
            code = await invites.create(
                tx, role=Role.OWNER, area=None, uses=1, valid_for=VALID_FOR, created_by=None
            )
            await audit_log.record(tx, None, AuditAction.INVITE_MADE, role=Role.OWNER, uses=1)
            until = tx.clock.now() + VALID_FOR
    finally:
        await store.close()
    return OwnersInvite(code, await _link(settings, code), until)


async def _link(settings: Settings, code: str) -> str:
    try:
        account = Account(settings.telegram)
    except MessengerError:
        return ""
    try:
        return f"{await account.link()}?start={code}"
    except MessengerError:
        return ""
    finally:
        await account.close()
