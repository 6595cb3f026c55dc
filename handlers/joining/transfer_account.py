"""`/doimay`: a member takes their record to a new phone or account, by a code they make themselves.

A member who is suspended may do so too: the suspension is the member's, and goes along.
"""

from dataclasses import replace

from handlers.conversation.context import Context, UserError
from handlers.conversation.invite_code import grouped, link_to_join
from handlers.conversation.routes import Routes
from handlers.joining import chat_change, link_accounts
from handlers.messages import Answer
from storage.members import account_transfer
from storage.models import MoveCode

routes = Routes()


@routes.command("doimay", "newphone", role=None, in_menu=False)
async def make_code(turn: Context) -> Answer:
    """A code that is shown this once; one made earlier opens nothing any more."""
    if turn.contact is None:
        raise UserError("members-only")
    code = await account_transfer.make_code(turn.tx, turn.contact)
    text = turn.say(
        "moving-code",
        code=grouped(code),
        link=link_to_join(turn.club, code),
        until=turn.say.when(turn.now + account_transfer.VALID_FOR),
    )
    return [turn.reply(text)]


async def arrive(turn: Context, code: MoveCode) -> Answer | None:
    """Joins a stranger's chat to the record behind the code; None when it opens nothing any more."""
    if code.adds:
        return await link_accounts.arrive(turn, code)
    joined = await chat_change.arrive(turn, code)
    if joined is None or joined.waits:
        return joined.answer if joined else None
    turn = replace(turn, member=joined.member).answering_in(joined.member.language)
    return [turn.reply(turn.say("moving-arrived")), turn.menu_change(), *joined.answer]
