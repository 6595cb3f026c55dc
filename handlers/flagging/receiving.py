"""What a member sends without being asked: a post to be checked, or a word that needs a hint."""

from handlers.courtesy import is_courtesy
from handlers.flagging import pending
from handlers.flagging.asking import ask_instead, category_question
from handlers.flagging.known import answer_if_known
from handlers.flagging.pending import AWAITS_CATEGORY, AWAITS_SENDING, TICKET_LETTERS
from handlers.flagging.post import Post, pack, post_of, unpack
from handlers.messages import Answer
from handlers.questions.asking import send
from handlers.routes import Routes
from handlers.turn import Sorry, Turn
from storage import allowance
from storage.models import Role

routes = Routes()

_AWAITS_POST = "flag.post"
_UNSURE = "flag.unsure"
routes.passes(_UNSURE)


@routes.command("nghivan", "flag", words=["báo tin", "báo tin nghi vấn", "nghi vấn"])
async def begin(turn: Turn) -> Answer:
    """Takes what stands behind the command or hangs on it, else asks for the post."""
    if turn.rest or turn.incoming.media:
        return await offer(turn, post_of(turn.incoming, turn.rest))
    await turn.go(_AWAITS_POST)
    return [turn.reply(turn.say("flag-prompt"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_AWAITS_POST)
async def take_post(turn: Turn) -> Answer:
    """Whatever was asked for is a post, however short."""
    _refuse_unsupported(turn)
    return await offer(turn, post_of(turn.incoming))


@routes.otherwise(role=Role.MEMBER)
async def receive(turn: Turn) -> Answer:
    """A forwarded message, a picture, a link or a longer text is a post; short talk gets a hint."""
    _refuse_unsupported(turn)
    post = post_of(turn.incoming)
    if not post.is_chat:
        return await offer(turn, post)
    if is_courtesy(post.text):
        return [turn.reply(turn.say("flag-courtesy"))]
    ticket = turn.tx.ids.code(TICKET_LETTERS)
    await turn.go(_UNSURE, post=pack(post), ticket=ticket)
    rows = ((turn.button("flag-this", "flag-this"),), (ask_instead(turn, ticket),))
    return [turn.reply(turn.say("flag-unsure"), rows)]


@routes.action("flag-this")
async def flag_what_was_said(turn: Turn) -> Answer:
    """The short text was meant as a post after all."""
    if turn.step != _UNSURE:
        raise Sorry("flag-stale")
    return await offer(turn, unpack(turn.data["post"]))


@routes.action("flag-ask")
async def ask_what_was_said(turn: Turn) -> Answer:
    """It was a question to the club: it goes where `/hoi` leads, in the very words."""
    at_choice = turn.step in {_UNSURE, AWAITS_CATEGORY}
    if not at_choice or turn.args != (turn.data["ticket"],):
        raise Sorry("flag-stale")
    post = unpack(turn.data["post"])
    if not post.may_be_question:
        raise Sorry("flag-stale")
    await turn.done()
    return await send(turn, post.text.strip(), 0)


@routes.step(AWAITS_CATEGORY)
@routes.step(AWAITS_SENDING)
async def receive_meanwhile(turn: Turn) -> Answer:
    """More pictures of the album join it silently; another post takes its place."""
    waiting = pending.remembered(turn)
    post = post_of(turn.incoming)
    if waiting.album and waiting.album == turn.incoming.album:
        await pending.keep(turn, pending.with_more(waiting, post))
        return []
    _refuse_unsupported(turn)
    if post.is_chat:
        return [turn.reply(turn.say("flag-choose-above"))]
    return await offer(turn, post)


async def offer(turn: Turn, post: Post) -> Answer:
    """Answers at once what is known; else says what flags are for and asks for the category."""
    # An album's other pictures are still on their way; it is looked for when they are all here.
    if not turn.incoming.album and (known := await answer_if_known(turn, post)):
        return known
    if await allowance.is_spent(turn.tx, turn.member_id):
        raise Sorry("flag-too-many", time=turn.say.time(allowance.hour_ends_at(turn.tx)))
    waiting = await pending.begin(turn, post)
    return [category_question(turn, waiting)]


def _refuse_unsupported(turn: Turn) -> None:
    incoming = turn.incoming
    if incoming.unsupported or not (incoming.text.strip() or incoming.media):
        raise Sorry("flag-unsupported")
