"""Suspends a member with a reason they read, and lifts a suspension.

Refusal: no-suspension-without-appeal.
"""

from handlers.conversation import Context, Routes, Speech, found, require
from handlers.messages import Answer, Button, ButtonStyle, Message
from handlers.people import card
from handlers.people.notify import menus, notify_member
from handlers.people.search import may_open
from storage import audit_log
from storage.members import members, suspensions
from storage.members.roles import LockedMembers
from storage.models import AuditAction, MemberState, Role

routes = Routes()

LEAST = 10
MOST = 1000
"""Length of a reason or an appeal, in characters."""

_STEP = "people.suspend"


@routes.action("suspend", role=Role.OFFICER)
async def ask_why(context: Context) -> Answer:
    """Asks for the reason."""
    locked = await _lock_both(context, MemberState.ACTIVE)
    await context.set_state(_STEP, member=context.number())
    text = context.say(
        "people-ask-reason", name=members.name_of(context.tx, locked.concerned), least=LEAST
    )
    return [context.edit(text, context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def read_reason(context: Context) -> Answer:
    """Shows the reason as the member will read it; another text replaces it."""
    reason = written_reason(context)
    number = context.data["member"]
    locked = await card.lock_members(context, number, Role.OFFICER)
    await context.set_state(_STEP, member=number, reason=reason)
    name = members.name_of(context.tx, locked.concerned)
    rows = (
        (context.button("people-suspend-yes", "suspend-yes", number, style=ButtonStyle.DANGER),),
        (context.button("cancel", "cancel"),),
    )
    return [context.reply(context.say("people-suspend-sure", name=name, reason=reason), rows)]


@routes.action("suspend-yes", role=Role.OFFICER)
async def suspend(context: Context) -> Answer:
    """Suspends the member and sends them the reason and how to appeal."""
    require(context.step == _STEP and context.data["member"] == context.number(), "button-unknown")
    reason = found(context.data.get("reason"), "button-unknown")
    locked = await _lock_both(context, MemberState.ACTIVE)
    await context.clear_state()
    await suspensions.suspend(context.tx, locked.concerned, context.current_member, reason)
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.MEMBER_SUSPENDED,
        member=locked.concerned.actor,
    )

    def write(say: Speech) -> Message:
        return Message(
            say("people-you-are-suspended", reason=reason),
            ((Button(say.plain("appeal-button"), "appeal-begin"),),),
        )

    await notify_member(context, locked.concerned, "suspended", write, about=context.current_member)
    return [
        context.final(
            context.say("people-suspended", name=members.name_of(context.tx, locked.concerned))
        ),
        *await menus(context, locked.concerned),
    ]


@routes.action("lift", role=Role.OFFICER)
async def ask_to_lift(context: Context) -> Answer:
    """Asks for confirmation before the suspension is lifted."""
    name = members.name_of(context.tx, (await _lock_both(context, MemberState.SUSPENDED)).concerned)
    rows = ((context.button("people-lift", "lift-yes", context.number()),),)
    return [context.edit(context.say("people-lift-sure", name=name), rows)]


@routes.action("lift-yes", role=Role.OFFICER)
async def lift(context: Context) -> Answer:
    """Lifts the suspension; role and settings are as before."""
    locked = await _lock_both(context, MemberState.SUSPENDED)
    await suspensions.lift(context.tx, locked.concerned, context.current_member)
    await audit_log.record(
        context.tx,
        context.current_member,
        AuditAction.SUSPENSION_LIFTED,
        member=locked.concerned.actor,
    )
    await notify_member(
        context, locked.concerned, "lifted", lambda say: Message(say("people-you-are-back"))
    )
    return [
        context.final(
            context.say("people-lifted", name=members.name_of(context.tx, locked.concerned))
        ),
        *await menus(context, locked.concerned),
    ]


def written_reason(context: Context) -> str:
    """The text of the message on one line.

    Raises:
        UserError: it is too short to be understood, or too long for a message.
    """
    return with_valid_length(" ".join(context.incoming.text.split()))


def with_valid_length(text: str) -> str:
    """The text itself.

    Raises:
        UserError: it is shorter than `LEAST` or longer than `MOST`.
    """
    require(
        LEAST <= len(text) <= MOST, "people-text-length", least=LEAST, most=MOST, count=len(text)
    )
    return text


async def _lock_both(context: Context, state: MemberState) -> LockedMembers:
    """Locks officer and member, and checks that the one may decide and the other is in `state`.

    Raises:
        UserError: they may not, or the state has changed.
    """
    locked = await card.lock_members(context, context.number(), Role.OFFICER)
    is_in_progress = context.step == _STEP and context.data["member"] == context.number()
    was_found = is_in_progress or may_open(context, context.number())
    require(was_found and card.may_suspend(context, locked.concerned), "button-not-yours")
    require(locked.concerned.state is state, "people-changed")
    return locked
