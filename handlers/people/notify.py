"""What the person concerned reads of a decision about them, and the menu they see afterwards."""

from collections.abc import Callable

from handlers import notifications
from handlers.conversation.context import Context
from handlers.conversation.i18n import Speech
from handlers.messages import Address, MenuChange, Message
from storage.database.ids import id_of
from storage.members import members
from storage.models import Member, MemberState


async def tell(
    context: Context,
    member: Member,
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None = None,
) -> None:
    """Tells a member what was decided about them, unless they stopped everything.

    Then the bot writes nothing of its own accord; they read it when they next write.
    """
    if await members.agreed(context.tx, id_of(member)):
        await answer(context, member, subject, write, about=about)


async def answer(
    context: Context,
    member: Member,
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None = None,
) -> None:
    """Tells a member what they asked to be told."""
    # Every decision is told, so each has a subject of its own.
    own = f"{subject} {context.tx.ids.number()}"
    await notifications.tell(context.tx, context.club, [member], own, write, about=about)


async def note_suspended(context: Context) -> None:
    """Tells officers that somebody who is suspended is leaving, not who: nothing of them is kept.

    They can come back by an open invite, like anybody; officers can close it.
    """
    if not context.is_suspended:
        return

    def write(say: Speech) -> Message:
        return Message(say("people-suspended-left"))

    subject = f"suspended member left {context.tx.ids.number()}"
    officers = await members.officers(context.tx)
    await notifications.tell_officers(
        context.tx, context.club, officers, subject, write, about=None
    )


async def menus(context: Context, member: Member) -> list[MenuChange]:
    """The member's command menu follows what they may do now, in every chat of theirs."""
    role = member.role if member.state is MemberState.ACTIVE else None
    return [
        MenuChange(role, member.language, Address(one.messenger, members.chat_of(context.tx, one)))
        for one in await members.contacts_of(context.tx, id_of(member))
    ]
