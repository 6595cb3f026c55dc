"""One person's card: who they are in the club, and what an owner or officer may do about it."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Rows
from handlers.people.search import may_open
from storage.members import members, suspensions
from storage.models import Member, MemberState, Role

routes = Routes()


@routes.action("person", role=Role.OFFICER)
async def show(turn: Context) -> Answer:
    """The card, under the list it was opened from."""
    member = await turn.tx.session.get(Member, turn.number())
    if member is None or member.state is MemberState.LEFT:
        raise UserError("people-gone")
    if not may_open(turn, turn.number()):
        raise UserError("button-not-yours")
    return [turn.reply(await text(turn, member), rows(turn, member))]


async def text(turn: Context, member: Member) -> Html:
    """Name, role, area and since when; of one who is suspended, since when and why."""
    lines = [
        turn.say(
            "people-card",
            name=members.name_of(turn.tx, member),
            role=turn.say(f"inviting-role-{member.role.value}"),
            area=turn.club.area_name(member.area) or turn.say("area-whole-province"),
            since=turn.say.day(member.joined_at),
        )
    ]
    if suspension := await suspensions.standing(turn.tx, members.number_of(member)):
        when = turn.say.when(suspension.suspended_at)
        reason = suspensions.reason_of(turn.tx, suspension)
        lines.append(turn.say("people-card-suspended", when=when, reason=reason))
    return Html("\n".join(lines))


def rows(turn: Context, member: Member) -> Rows:
    """What this officer may do about this person now."""
    number = members.number_of(member)
    buttons = [_role_button(turn, member, role) for role in role_changes(turn, member)]
    if turn.role is Role.OWNER and member.role is Role.MEMBER and _is_active(member):
        buttons.append(turn.button("people-offer", "offer", number))
    if may_suspend(turn, member):
        key, action = (
            ("people-suspend", "suspend") if _is_active(member) else ("people-lift", "lift")
        )
        buttons.append(turn.button(key, action, number))
    return tuple((button,) for button in buttons)


def role_changes(turn: Context, member: Member) -> list[Role]:
    """The roles an owner may give an officer or owner; who is suspended is not raised.

    A member becomes an officer only by saying yes to an offer or an invite.
    """
    if turn.role is not Role.OWNER or not member.role.is_officer:
        return []
    others = [role for role in reversed(Role) if role is not member.role]
    return others if _is_active(member) else [r for r in others if not r.outranks(member.role)]


def may_suspend(turn: Context, member: Member) -> bool:
    """Nobody suspends themselves, and an officer no owner; the same for lifting."""
    if turn.role is None or not turn.role.is_officer:
        return False
    return member.id != turn.member_id and not member.role.outranks(turn.role)


def _role_button(turn: Context, member: Member, role: Role) -> Button:
    return turn.button(f"people-make-{role.value}", "role", members.number_of(member), role.value)


def _is_active(member: Member) -> bool:
    return member.state is MemberState.ACTIVE
