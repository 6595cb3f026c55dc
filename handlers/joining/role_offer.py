"""An owner offers a member the role of an officer; the member has to accept."""

from handlers import notifications
from handlers.conversation import Context, Routes, Speech, require
from handlers.joining import join
from handlers.messages import Answer, Button, Message
from handlers.people.card import lock_members
from handlers.people.role_notices import TakenBy
from storage import audit_log
from storage.members import members, roles
from storage.models import AuditAction, Member, MemberState, Purpose, Role

routes = Routes()


@routes.action("offer", role=Role.OWNER)
async def offer_role(context: Context) -> Answer:
    """Sends the offer through the outbox, if the member agreed to announcements."""
    member = (await lock_members(context, context.number(), Role.OWNER)).concerned
    require(member.role is Role.MEMBER and member.state is MemberState.ACTIVE, "people-changed")
    new_offer = await roles.offer(context.tx, member, context.current_member)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.ROLE_OFFERED, member=member.actor
    )

    def write(say: Speech) -> Message:
        return Message(
            say("people-offered", club=context.club.name),
            (
                (Button(say.plain("people-offer-yes"), f"offer-yes:{new_offer.id}"),),
                (Button(say.plain("people-offer-no"), f"offer-no:{new_offer.id}"),),
            ),
        )

    subject, purpose = f"offer {context.tx.ids.number()}", Purpose.ANNOUNCEMENTS
    await notifications.notify(
        context.tx, context.club, [member], subject, write, about=None, purpose=purpose
    )
    return [
        context.edit(context.say("people-offer-made", name=members.name_of(context.tx, member)))
    ]


@routes.action("offer-yes")
async def accept(context: Context) -> Answer:
    """Accepts the offer; the officers' digest remains opt-in."""
    if await roles.take_offer(context.tx, context.number(), context.member_id) is None:
        return [context.edit(context.say("people-offer-over"))]
    await audit_log.record(
        context.tx, context.current_member, AuditAction.ROLE_TAKEN, role=Role.OFFICER.value
    )
    return await join.take_up(context, Role.OFFICER, TakenBy.OFFER)


@routes.action("offer-no")
async def decline(context: Context) -> Answer:
    """Declines the offer, without a reason."""
    asker = await roles.take_offer(context.tx, context.number(), context.member_id)
    if asker is None:
        return [context.edit(context.say("people-offer-over"))]
    await _notify_declined(context, asker)
    return [context.edit(context.say("people-offer-declined"))]


async def _notify_declined(context: Context, asker: Member) -> None:
    """Notifies the owner who asked; acceptance is notified to every owner."""
    name = members.name_of(context.tx, context.current_member)

    def write(say: Speech) -> Message:
        return Message(say("people-offer-refused", name=name))

    subject = f"offer answered {context.tx.ids.number()}"
    await notifications.notify_officers(
        context.tx, context.club, [asker], subject, write, about=context.current_member
    )
