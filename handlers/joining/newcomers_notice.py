"""Tells a chat that is new to the club who can read along on its messenger."""

from handlers.conversation import Context
from handlers.conversation.console_notice import WITH_CONSOLE, first_notice
from handlers.messages import Answer
from storage.members import members


async def tell_who_reads(context: Context) -> Answer:
    """The notice for the sender's chat, which the club now knows; empty where nobody can read along.

    It is recorded, so that the chat reads it once.
    """
    sender = context.incoming.sender
    if sender.messenger not in WITH_CONSOLE:
        return []
    found = await members.find_by_chat(context.tx, sender.messenger, sender.chat)
    return first_notice(context, found[1]) if found else []
