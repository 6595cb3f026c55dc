"""`/doimay`: a member takes their record to a new phone or account, by a code they make themselves.

A member who is suspended may do so too: the suspension is the member's, and goes along.
"""

from dataclasses import replace

from handlers import linking
from handlers.invite_code import grouped, link_to_join
from handlers.messages import Address, Answer, MenuChange, Reply
from handlers.routes import Routes
from handlers.turn import Sorry, Turn
from storage import audit, codes, moves
from storage.models import MoveCode
from storage.moves import Moved

routes = Routes()


@routes.command("doimay", "newphone", role=None, in_menu=False)
async def make_code(turn: Turn) -> Answer:
    """A code that is shown this once; one made earlier opens nothing any more."""
    if turn.contact is None:
        raise Sorry("members-only")
    code = await moves.make_code(turn.tx, turn.contact)
    text = turn.say(
        "moving-code",
        code=grouped(code),
        link=link_to_join(turn.club, code),
        until=turn.say.when(turn.now + moves.VALID_FOR),
    )
    return [turn.reply(text)]


async def arrive(turn: Turn, code: MoveCode) -> Answer | None:
    """Joins a stranger's chat to the record behind the code; None when it opens nothing any more."""
    if code.adds:
        return await linking.arrive(turn, code)
    sender = turn.incoming.sender
    moved = await moves.use(turn.tx, code, sender.messenger, sender.chat)
    if moved is None:
        return None
    await codes.forget_attempts(turn.tx, turn.lookup)
    member = moved.member
    if member.role.is_officer:
        await audit.record(turn.tx, member, "record moved", role=member.role.value)
    turn = replace(turn, member=member).answering_in(member.language)
    return [turn.reply(turn.say("moving-arrived")), turn.menu_change(), *_last_word(turn, moved)]


def _last_word(turn: Turn, moved: Moved) -> list[Reply | MenuChange]:
    """To the chat that was given up: if somebody else did it, this is how they learn of it."""
    old = Address(moved.old_messenger, moved.old_chat)
    text = turn.say("moving-gone", contact=turn.club.contact)
    return [Reply(turn.wording(text), to=old), MenuChange(None, turn.say.language, to=old)]
