"""`/xoadulieu`: erases all data about the person after one confirmation.

Only the exact command asks; similar words do not. `/roiclb` is for leaving. A person can also have
their messenger ask for it, which asks nothing and cannot be refused.
"""

import structlog

from handlers.conversation import Context, Routes, Speech, UserError, require
from handlers.messages import Address, Answer, ButtonStyle, MenuChange, Message, Reply
from handlers.notifications import notify_officers
from handlers.people.notify import note_departure
from storage import audit_log
from storage.members import members
from storage.models import AuditAction, Role
from storage.privacy import erasure

routes = Routes()
log = structlog.stdlib.get_logger()

_ANSWER_WITHIN_S = 60 * 60
"""The confirmation expires, so that an old button in the chat cannot erase by accident."""


@routes.command("xoadulieu", "erase", role=None, shown_to=Role.MEMBER, always=True)
async def ask(context: Context) -> Answer:
    """Says what erasing means and asks once."""
    require(not context.rest, "erase-whole-command")
    return [await _question(context)]


@routes.command(
    "xoa",
    "delete",
    role=None,
    in_menu=False,
    words=["xoá dữ liệu", "xoá dữ liệu của tôi", "xoadulieu", "erase", "delete my data"],
)
async def point_to_erasing(context: Context) -> Answer:
    """Similar words only point to the command."""
    require(context.is_member, "data-nothing")
    raise UserError("erase-whole-command")


@routes.action("erase-ask", role=None)
async def ask_by_button(context: Context) -> Answer:
    """Asks whether to erase everything; its button is below the member's data."""
    return [await _question(context)]


@routes.action("erase-no", role=None)
async def keep(context: Context) -> Answer:
    """Keeps the data after the question."""
    return [context.edit(context.say("erase-kept"))]


@routes.action("erase", role=None, always=True)
async def erase(context: Context) -> Answer:
    """Erases all data of the person now."""
    await _require_may_erase(context)
    require(context.now.timestamp() - context.number() <= _ANSWER_WITHIN_S, "erase-stale")
    await note_departure(context)
    await erasure.erase(context.tx, context.current_member)
    return [context.edit(context.say("erase-done")), MenuChange(None, context.say.language)]


@routes.withdrawal()
async def erase_on_withdrawal(context: Context) -> Answer:
    """Erases all data of a person who had their messenger ask for it, in all their chats.

    They are not written to any more. The last owner is erased, too: another one is made on the
    command line, which officers are told.
    """
    messenger = context.incoming.sender.messenger
    if context.member is None:
        await audit_log.record_nameless(context.tx, AuditAction.DATA_WITHDRAWN)
        await erasure.erase_chat(context.tx, context.lookup)
        return []
    member = context.member
    is_last_owner = await members.is_last_owner(context.tx, member)
    menu_changes = [
        MenuChange(None, member.language, Address(one.messenger, members.chat_of(context.tx, one)))
        for one in await members.contacts_of(context.tx, context.member_id)
    ]
    await audit_log.record(context.tx, member, AuditAction.DATA_WITHDRAWN)
    await note_departure(context)
    await erasure.erase(context.tx, member)
    if is_last_owner:
        log.error("the last owner's data is erased: run niemtin officer add", messenger=messenger)
        await _tell_officers(context)
    return menu_changes


async def _tell_officers(context: Context) -> None:
    def write(say: Speech) -> Message:
        return Message(say("erase-owner-withdrew"))

    subject = f"last owner withdrew {context.tx.ids.number()}"
    await notify_officers(
        context.tx, context.club, await members.officers(context.tx), subject, write, about=None
    )


async def _question(context: Context) -> Reply:
    await _require_may_erase(context)
    row = (
        context.button(
            "erase-yes", "erase", int(context.now.timestamp()), style=ButtonStyle.DANGER
        ),
        context.button("erase-no", "erase-no"),
    )
    return context.reply(context.say("erase-ask"), (row,))


async def _require_may_erase(context: Context) -> None:
    # Suspended members may erase their data, too, so the routes allow every role.
    require(context.is_member, "data-nothing")
    require(not await members.is_last_owner(context.tx, context.current_member), "erase-last-owner")
