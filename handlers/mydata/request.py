"""A member files a data request that an owner has to answer: rectification, objection or restriction.

A request starts a time limit of the law, so the words are shown before they become one.
"""

from handlers.conversation import Context, Routes, Speech, UserError, require, within
from handlers.messages import Answer, Button, Message
from handlers.notifications import notify_officers
from storage.members import members
from storage.models import DataRequest, RequestKind
from storage.privacy import data_requests

routes = Routes(confidential=True)

CHARACTERS = range(5, 1001)
_STEP = "data-request"


@routes.action("data-request", role=None)
async def ask(context: Context) -> Answer:
    """Takes the next message as the words of the request."""
    kind = _kind(context, *context.args[:1])
    await _require_none_open(context)
    await context.set_state(_STEP, kind=kind.value, tries=0)
    return [context.reply(context.say(f"request-prompt-{kind.value}"), context.cancel_row())]


@routes.step(_STEP, role=None)
async def take(context: Context) -> Answer:
    """Shows the words as the owners read them; a text sent after them replaces them."""
    kind = _kind(context, context.data["kind"])
    text = text_of_length(context, CHARACTERS)
    tries = context.data["tries"] + 1
    await context.set_state(_STEP, kind=kind.value, tries=tries, text=text)
    send = context.button("request-send", "data-request-send", tries)
    preview = context.say("request-preview", kind=context.say(f"data-ask-{kind.value}"), text=text)
    return [context.reply(preview, ((send, context.button("cancel", "cancel")),))]


@routes.action("data-request-send", role=None)
async def send(context: Context) -> Answer:
    """Stores the request of the newest preview and notifies the owners."""
    require(
        context.is_member
        and context.step == _STEP
        and context.data["tries"] == context.number()
        and "text" in context.data,
        "request-stale",
    )
    kind, text = _kind(context, context.data["kind"]), context.data["text"]
    await context.clear_state()
    await _require_none_open(context)
    request = await data_requests.ask(
        context.tx, context.member_id, kind, text, context.club.data_requests
    )
    await _notify_owners(context, request)
    return [
        context.edit(
            context.say(
                "request-sent",
                number=str(request.id),
                answer=context.say.day(request.respond_by),
                finish=context.say.day(request.finish_by),
            )
        )
    ]


def text_of_length(context: Context, characters: range) -> str:
    """The typed text, with a number of characters in the range.

    Raises:
        UserError: it is shorter or longer, or a file came with it.
    """
    text = context.incoming.text.strip()
    least, most = characters.start, characters.stop - 1
    require(
        not context.incoming.media and len(text) >= least, "request-length", least=least, most=most
    )
    return within(text, most)


def _kind(context: Context, value: str = "") -> RequestKind:
    require(context.is_member and value in set(RequestKind), "button-unknown")
    return RequestKind(value)


async def _require_none_open(context: Context) -> None:
    waiting = await data_requests.open_of(context.tx, context.member_id)
    if waiting is not None:
        raise UserError("request-one-open", when=context.say.day(waiting.asked_at))


async def _notify_owners(context: Context, request: DataRequest) -> None:
    due = request.respond_by

    def write(say: Speech) -> Message:
        see = Button(say.plain("request-open", number=str(request.id)), f"request:{request.id}")
        return Message(say("request-new", answer=say.day(due)), ((see,),))

    owners = await members.officers(context.tx, owners_only=True)
    await notify_officers(
        context.tx, context.club, owners, f"request {request.id}", write, about=None
    )
