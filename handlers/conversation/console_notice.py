"""Who can read along on a messenger whose account people administer in a console.

What a person writes to an Official Account of Zalo can be read in Zalo's console by whoever
administers the account, with name and time, and the bot cannot prevent it (docs/zalo-oa.md). A person
reads this before their first flag, question or request there, and which other messengers the club has.
Refusal: no-disclosure-of-flaggers.
"""

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.settings import ClubSettings
from handlers.messages import Answer
from storage.models import Contact

WITH_CONSOLE = frozenset({"zalo_oa"})
"""Messengers on which people who administer the club's account can read what is written to it."""


def readers_notice(say: Speech, club: ClubSettings) -> Html:
    """What the person reads: who can read along, and where else to write."""
    elsewhere = [
        say(f"console-elsewhere-{messenger}", link=link)
        for messenger, link in (("telegram", club.bot_link), ("zalo", club.zalo_link))
        if messenger in club.messengers and link
    ]
    text = say("console-readers", readers=club.console_readers or say("console-readers-unnamed"))
    if not elsewhere:
        return Html(f"{text} {say('console-nowhere-else')}")
    return Html("\n".join((f"{text} {say('console-elsewhere')}", *elsewhere)))


def first_notice(context: Context, contact: Contact | None) -> Answer:
    """The notice for a chat that has not had it, and records that it has; else empty."""
    if contact is None or contact.messenger not in WITH_CONSOLE or contact.console_notice_at:
        return []
    contact.console_notice_at = context.now
    return [context.reply(readers_notice(context.say, context.club))]
