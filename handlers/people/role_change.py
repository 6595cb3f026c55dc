"""An owner gives an officer another role; the club never loses its last owner."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Message
from handlers.people import card
from handlers.people.locking import hold
from handlers.people.notify import menus, tell
from handlers.people.role_notices import TakenBy, tell_owners
from storage import audit_log
from storage.members import members, roles
from storage.members.roles import Held
from storage.models import Member, Role

routes = Routes()


@routes.action("role", role=Role.OWNER)
async def ask(turn: Context) -> Answer:
    """What the change means, once, before it is made."""
    held = await hold(turn, turn.number(), Role.OWNER)
    role = _role(turn, 1)
    _must_be_possible(turn, held, role)
    member = held.concerned
    text = turn.say(f"people-ask-{role.value}", name=members.name_of(turn.tx, member))
    yes = turn.button("people-role-yes", "role-yes", turn.number(), member.role.value, role.value)
    return [turn.instead(text, ((yes,), (turn.button("back", "person-back", turn.number()),)))]


@routes.action("person-back", role=Role.OWNER)
async def back(turn: Context) -> Answer:
    """The card again, in the place of the question."""
    member = (await hold(turn, turn.number(), Role.OWNER)).concerned
    return [turn.instead(await card.text(turn, member), card.rows(turn, member))]


@routes.action("role-yes", role=Role.OWNER)
async def change(turn: Context) -> Answer:
    """Makes the change that was asked about, if the person is still what they were then."""
    held = await hold(turn, turn.number(), Role.OWNER)
    before, role = _role(turn, 1), _role(turn, 2)
    if held.concerned.role is not before:
        raise UserError("people-changed")
    _must_be_possible(turn, held, role)
    await roles.change(turn.tx, held.concerned, role)
    details = {"member": held.concerned.actor, "before": before.value, "after": role.value}
    await audit_log.record(turn.tx, turn.who, "role changed", **details)
    await _tell(turn, held.concerned)
    if role.outranks(before):
        await tell_owners(turn, held.concerned, TakenBy.RAISED)
    shown = await card.text(turn, held.concerned)
    return [
        turn.instead(shown, card.rows(turn, held.concerned)),
        *await menus(turn, held.concerned),
    ]


def _must_be_possible(turn: Context, held: Held, role: Role) -> None:
    if held.is_last_owner:
        raise UserError("people-last-owner")
    if role not in card.role_changes(turn, held.concerned):
        raise UserError("people-changed")


async def _tell(turn: Context, member: Member) -> None:
    def write(say: Speech) -> Message:
        return Message(say(f"people-now-{member.role.value}"))

    if member.id != turn.member_id:
        await tell(turn, member, "role", write)


def _role(turn: Context, position: int) -> Role:
    try:
        return Role(turn.args[position])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
