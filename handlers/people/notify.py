"""Notifies a member of a decision about them, and updates their command menu."""

from collections.abc import Callable

from handlers import notifications
from handlers.conversation import Context, Speech
from handlers.messages import Address, MenuChange, Message
from storage import audit_log
from storage.database import id_of
from storage.members import members
from storage.models import AuditAction, Member, MemberState


async def notify_member(
    context: Context,
    member: Member,
    subject: str,
    write: Callable[[Speech], Message],
    *,
    about: Member | None = None,
) -> None:
    """Notifies a member of a decision about them, unless they stopped all messages.

    Then they read it when they next write to the bot.
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
    """Notifies a member of what they asked for, even if they stopped all messages."""
    # A subject is queued only once, so each notice gets a subject of its own.
    own = f"{subject} {context.tx.ids.number()}"
    await notifications.notify(context.tx, context.club, [member], own, write, about=about)


async def note_departure(context: Context) -> None:
    """Before this member leaves: logs the role given up, and notifies officers of a suspended one.

    The notice is without a name. Somebody suspended can come back by an open invite, like anybody;
    officers can close it.
    """
    role = context.current_member.role
    if role.is_officer:
        await audit_log.record(
            context.tx, context.current_member, AuditAction.ROLE_GIVEN_UP, role=role.value
        )
    if not context.is_suspended:
        return

    def write(say: Speech) -> Message:
        return Message(say("people-suspended-left"))

    subject = f"suspended member left {context.tx.ids.number()}"
    await notifications.notify_officers(
        context.tx, context.club, await members.officers(context.tx), subject, write, about=None
    )


async def menus(context: Context, member: Member) -> list[MenuChange]:
    """Menu changes that give every chat of the member the commands of their role."""
    role = member.role if member.state is MemberState.ACTIVE else None
    return [
        MenuChange(role, member.language, Address(one.messenger, members.chat_of(context.tx, one)))
        for one in await members.contacts_of(context.tx, id_of(member))
    ]
