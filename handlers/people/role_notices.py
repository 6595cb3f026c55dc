"""Notifies owners of everybody who gets an officer's role, however it came about."""

from enum import StrEnum

from handlers.conversation import Context, Speech
from handlers.messages import Button, Message
from handlers.notifications import notify_officers
from storage.database import id_of
from storage.members import members
from storage.models import Member


class TakenBy(StrEnum):
    """How an account got its role."""

    INVITE = "invite"
    OFFER = "offer"
    RAISED = "raised"
    LINKED = "linked"
    """A chat on another messenger was linked to an officer's record."""
    MOVED = "moved"
    """An officer's record was transferred to another account."""


async def notify_owners(context: Context, member: Member, by: TakenBy) -> None:
    """Notifies all owners but the person and the owner who did it; no effect for members."""
    if not member.role.is_officer:
        return
    recipients = [
        owner
        for owner in await members.officers(context.tx, owners_only=True)
        if owner.id not in {member.id, context.member_id if context.member else None}
    ]
    name, number = members.name_of(context.tx, member), id_of(member)

    def write(say: Speech) -> Message:
        return Message(
            say(
                f"role-taken-{by.value}", name=name, role=say(f"inviting-role-{member.role.value}")
            ),
            ((Button(say.plain("role-taken-see"), f"person:{number}"),),),
        )

    subject = f"role taken {context.tx.ids.number()}"
    await notify_officers(context.tx, context.club, recipients, subject, write, about=member)
