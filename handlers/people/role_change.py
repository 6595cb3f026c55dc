"""An owner gives an officer another role; the club never loses its last owner."""

from handlers.conversation import Context, Routes, Speech, UserError, require
from handlers.messages import Answer, Message
from handlers.people import card
from handlers.people.notify import menus, notify_member
from handlers.people.role_notices import TakenBy, notify_owners
from storage import audit_log
from storage.members import members, roles
from storage.members.roles import LockedMembers
from storage.models import AuditAction, Member, Role

routes = Routes()


@routes.action("role", role=Role.OWNER)
async def ask(context: Context) -> Answer:
    """Says what the change means and asks for confirmation."""
    locked = await card.lock_members(context, context.number(), Role.OWNER)
    role = _role(context, 1)
    _require_possible(context, locked, role)
    member = locked.concerned
    text = context.say(f"people-ask-{role.value}", name=members.name_of(context.tx, member))
    yes = context.button(
        "people-role-yes", "role-yes", context.number(), member.role.value, role.value
    )
    return [
        context.edit(text, ((yes,), (context.button("back", "person-back", context.number()),)))
    ]


@routes.action("person-back", role=Role.OWNER)
async def back(context: Context) -> Answer:
    """Shows the card again in place of the question."""
    member = (await card.lock_members(context, context.number(), Role.OWNER)).concerned
    return [context.edit(await card.text(context, member), card.rows(context, member))]


@routes.action("role-yes", role=Role.OWNER)
async def change(context: Context) -> Answer:
    """Changes the role, if the member still has the role that the question named."""
    locked = await card.lock_members(context, context.number(), Role.OWNER)
    before, role = _role(context, 1), _role(context, 2)
    require(locked.concerned.role is before, "people-changed")
    _require_possible(context, locked, role)
    await roles.change(context.tx, locked.concerned, role)
    details = {"member": locked.concerned.actor, "before": before.value, "after": role.value}
    await audit_log.record(context.tx, context.current_member, AuditAction.ROLE_CHANGED, **details)
    await _notify(context, locked.concerned)
    if role.outranks(before):
        await notify_owners(context, locked.concerned, TakenBy.RAISED)
    return [
        context.edit(
            await card.text(context, locked.concerned), card.rows(context, locked.concerned)
        ),
        *await menus(context, locked.concerned),
    ]


def _require_possible(context: Context, locked: LockedMembers, role: Role) -> None:
    require(not locked.is_last_owner, "people-last-owner")
    require(role in card.role_changes(context, locked.concerned), "people-changed")


async def _notify(context: Context, member: Member) -> None:
    def write(say: Speech) -> Message:
        return Message(say(f"people-now-{member.role.value}"))

    if member.id != context.member_id:
        await notify_member(context, member, "role", write)


def _role(context: Context, position: int) -> Role:
    try:
        return Role(context.args[position])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
