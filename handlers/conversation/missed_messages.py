"""On a messenger with a messaging window: notes each interaction, and sends what the person missed.

See docs/decisions/0039-messaging-windows.md.
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
    if sender.messenger not in club.metered or incoming.kind is UpdateKind.BLOCKED:
        return []
    found = await members.find_by_chat(tx, sender.messenger, sender.chat)
    if found is None:
        return []
    member, contact = found
    await interactions.note(tx, contact, incoming.at)
    sent = await missed.send_to(tx, contact, sender.chat)
    if not sent.sent_now:
        return []
    say = speech_to(club, member.language, member.role)
    key = "missed-some" if sent.still_waiting else "missed-all"
    return [Reply(Message(say(key, count=sent.sent_now, more=sent.still_waiting)))]
