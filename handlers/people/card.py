"""The card of a member: their data, and the actions that this owner or officer may take.

`lock_members` checks roles again, under a lock, before anything changes.
"""

from handlers.conversation import Context, Html, Routes, UserError, require
from handlers.messages import Answer, Rows
from handlers.people.search import may_open
from storage.database import id_of
from storage.members import members, roles, suspensions
from storage.members.roles import LockedMembers
from storage.models import Member, MemberState, Role

routes = Routes()


@routes.action("person", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Shows the card below the list it was opened from."""
    member = await context.tx.session.get(Member, context.number())
    if member is None or member.state is MemberState.LEFT:
        raise UserError("people-gone")
    require(may_open(context, context.number()), "button-not-yours")
    return [context.reply(await text(context, member), rows(context, member))]


async def text(context: Context, member: Member) -> Html:
    """Name, role, area and joining day; of a suspended member the suspension and its reason."""
    lines = [
        context.say(
            "people-card",
            name=members.name_of(context.tx, member),
            role=context.say(f"inviting-role-{member.role.value}"),
            area=context.club.area_name(member.area) or context.say("area-whole-province"),
            since=context.say.day(member.joined_at),
        )
    ]
    if suspension := await suspensions.standing(context.tx, id_of(member)):
        when = context.say.when(suspension.suspended_at)
        reason = suspensions.reason_of(context.tx, suspension)
        lines.append(context.say("people-card-suspended", when=when, reason=reason))
    return Html("\n".join(lines))


def rows(context: Context, member: Member) -> Rows:
    """Buttons for everything that this officer may do with this member now."""
    number = id_of(member)
    buttons = [
        context.button(f"people-make-{role.value}", "role", id_of(member), role.value)
        for role in role_changes(context, member)
    ]
    if context.role is Role.OWNER and member.role is Role.MEMBER and _is_active(member):
        buttons.append(context.button("people-offer", "offer", number))
    if may_suspend(context, member):
        key, action = (
            ("people-suspend", "suspend") if _is_active(member) else ("people-lift", "lift")
        )
        buttons.append(context.button(key, action, number))
    return (*((button,) for button in buttons), *context.home_row())


def role_changes(context: Context, member: Member) -> list[Role]:
    """The roles an owner may give an officer or owner; a suspended one gets no higher role.

    A member becomes an officer only by accepting an offer or an invite.
    """
    if context.role is not Role.OWNER or not member.role.is_officer:
        return []
    others = [role for role in reversed(Role) if role is not member.role]
    return others if _is_active(member) else [r for r in others if not r.outranks(member.role)]


def may_suspend(context: Context, member: Member) -> bool:
    """Whether this person may suspend the member or lift it: never themselves, nor a higher role."""
    if context.role is None or not context.role.is_officer:
        return False
    return member.id != context.member_id and not member.role.outranks(context.role)


async def lock_members(context: Context, member_id: int, role: Role) -> LockedMembers:
    """The acting and the concerned member, locked until the transaction ends.

    Raises:
        UserError: the person has left, or the acting member no longer has at least `role`.
    """
    locked = await roles.lock(context.tx, context.member_id, member_id)
    if context.role is None or role.outranks(context.role):
        raise UserError("button-not-yours")
    if locked is None:
        raise UserError("people-gone")
    return locked


def _is_active(member: Member) -> bool:
    return member.state is MemberState.ACTIVE
