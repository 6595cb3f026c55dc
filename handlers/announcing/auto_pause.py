"""Pauses mailings by themselves, and notifies officers: circuit breakers.

A mailing that the messenger keeps refusing, and one that costs more than it may.
"""

from handlers.conversation import ClubSettings, Speech
from handlers.messages import Message, messenger_name
from handlers.notifications import notify_officers
from storage.announcements import references
from storage.database import Tx, id_of
from storage.members import members
from storage.models import Mailing
from storage.outbox import mailings


async def pause_mailing(tx: Tx, club: ClubSettings, mailing_id: int) -> None:
    """Pauses the mailing and notifies the officers; does nothing if it is not being sent."""
    mailing = await mailings.find_shown(tx, mailing_id)
    if mailing is not None:
        await _pause(tx, club, mailing, "progress-halted")


async def pause_overspent(tx: Tx, club: ClubSettings, announcement_id: int) -> None:
    """Pauses what is being sent of an announcement that costs more than it may."""
    for mailing in await mailings.running_of(tx, announcement_id):
        await _pause(tx, club, mailing, "progress-overspent")


async def _pause(tx: Tx, club: ClubSettings, mailing: Mailing, key: str) -> None:
    if not await mailings.pause(tx, id_of(mailing)):
        return

    label = (await references.of(tx, mailing.announcement_id or 0)).label

    def write(say: Speech) -> Message:
        return Message(say(key, number=label))

    # It may be paused, resumed and paused again: each time gets a notice of its own.
    subject = f"halted {mailing.id} {tx.clock.now():%Y%m%dT%H%M%S}"
    await notify_officers(tx, club, await members.officers(tx), subject, write, about=None)


async def notify_unpaid(tx: Tx, club: ClubSettings, messenger: str) -> None:
    """Notifies the officers that the account has no money for messages outside free periods."""

    def write(say: Speech) -> Message:
        return Message(say("spending-unpaid", messenger=messenger_name(messenger)))

    subject = f"unpaid {messenger} {tx.clock.now():%Y%m%dT%H%M%S}"
    await notify_officers(tx, club, await members.officers(tx), subject, write, about=None)


async def notify_paid(tx: Tx, club: ClubSettings, messenger: str) -> None:
    """Notifies the officers that money was taken for what may cost none; once a day at most."""

    def write(say: Speech) -> Message:
        return Message(say("spending-not-free", messenger=messenger_name(messenger)))

    subject = f"paid {messenger} {tx.clock.now().astimezone(club.timezone):%Y%m%d}"
    await notify_officers(tx, club, await members.officers(tx), subject, write, about=None)
