"""Deciding about a person: both sides are looked at again, and held, before anything changes."""

from handlers.conversation.context import Context, UserError
from storage.members import roles
from storage.members.roles import Held
from storage.models import Role


async def hold(context: Context, member_id: int, role: Role) -> Held:
    """Who acts and who is concerned, as they are at this moment and until the transaction ends.

    Raises:
        UserError: the person has left, or who acts is not at least a `role` any more.
    """
    held = await roles.hold(context.tx, context.member_id, member_id)
    if context.role is None or role.outranks(context.role):
        raise UserError("button-not-yours")
    if held is None:
        raise UserError("people-gone")
    return held
