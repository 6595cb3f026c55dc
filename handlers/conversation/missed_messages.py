"""Sends what a person missed while their messaging window was closed, where they write next.

Where there is such a window, each interaction is noted. On another messenger that the person writes
or links, nothing has to be waited for.

See docs/decisions/0037-messaging-windows.md.
"""

from handlers.conversation.i18n import speech_to
from handlers.conversation.settings import ClubSettings
from handlers.messages import Answer, Incoming, Message, Reply, UpdateKind
from storage.database import Tx
from storage.members import interactions, members
from storage.outbox import missed


async def after_update(tx: Tx, club: ClubSettings, incoming: Incoming) -> Answer:
    """What is added to the answer: that what was missed comes below; empty if nothing was.

    In the transaction that handles the update, so that nobody gets anything twice.
    """
    sender = incoming.sender
    if not club.metered or incoming.kind is UpdateKind.BLOCKED:
        return []
    found = await members.find_by_chat(tx, sender.messenger, sender.chat)
    if sender.messenger in club.metered:
        if found is not None:
            await interactions.note(tx, found[1], incoming.at)
        await missed.send_to_given(tx, sender.messenger, sender.chat)
    if found is None:
        return []
    member, contact = found
    sent = await missed.send_to(tx, contact, sender.chat)
    if not sent.sent_now:
        return []
    say = speech_to(club, member.language, member.role)
    key = "missed-some" if sent.still_waiting else "missed-all"
    return [Reply(Message(say(key, count=sent.sent_now, more=sent.still_waiting)))]
