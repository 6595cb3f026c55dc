"""`/doimay`: a member transfers their record to a new phone or account by a code they make.

A suspended member may do so too; the suspension stays with the record.
"""

from dataclasses import replace

from handlers.conversation import Context, Routes, UserError, grouped, link_to_join
from handlers.joining import chat_change, link_accounts
from handlers.joining.newcomers_notice import tell_who_reads
from handlers.messages import Answer
from storage.members import account_transfer
from storage.models import MoveCode

routes = Routes()


@routes.command("doimay", "newphone", role=None, in_menu=False)
async def make_code(context: Context) -> Answer:
    """Makes a code and shows it once; it replaces an earlier code."""
    if context.contact is None:
        raise UserError("members-only")
    code = await account_transfer.make_code(context.tx, context.contact)
    link = link_to_join(context.club, code)
    text = context.say(
        "moving-code",
        code=grouped(code),
        how=context.say("moving-code-by-link" if link else "moving-code-by-code", link=link),
        until=context.say.moment(context.now + account_transfer.VALID_FOR),
    )
    return [context.reply(text)]


async def arrive(context: Context, code: MoveCode) -> Answer | None:
    """Links a stranger's chat to the record of the code; None if the code is used or expired."""
    if code.adds:
        return await link_accounts.arrive(context, code)
    joined = await chat_change.arrive(context, code)
    if joined is None or joined.waits:
        return joined.answer if joined else None
    context = replace(context, member=joined.member).answering_in(joined.member.language)
    arrived = context.reply(context.say("moving-arrived"))
    return [*await tell_who_reads(context), arrived, context.menu_change(), *joined.answer]
