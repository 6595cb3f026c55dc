"""`/yeucau`: owners see what members ask about their data, the law's clocks beside, and answer.

Of the member they see the name, because somebody who asks to be helped has to be known, and nothing
else.
"""

from datetime import datetime, timedelta

from handlers.conversation import pagination
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html, Speech
from handlers.conversation.length_limit import within
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Message
from handlers.notifications import tell
from storage import audit_log
from storage.members import members
from storage.models import DataRequest, Role
from storage.privacy import data_requests

routes = Routes()

CHARACTERS = range(5, 2001)
_SOON = timedelta(days=1)
_STEP = "request-answer"


@routes.command("yeucau", "requests", role=Role.OWNER)
async def show(turn: Context) -> Answer:
    """What waits, the nearest limit first."""
    return await _page(turn, 0)


@routes.action("request-page", role=Role.OWNER)
async def turn_page(turn: Context) -> Answer:
    """Another page, in its place."""
    return await _page(turn, turn.number())


@routes.action("request", role=Role.OWNER)
async def open_one(turn: Context) -> Answer:
    """One request, and what can be done about it."""
    request = await _waiting(turn, turn.number())
    receive = () if request.received_at else (_receive_button(turn, request),)
    row = (*receive, _answer_button(turn, request))
    return [turn.instead(await _card(turn, request), (row,))]


@routes.action("request-receive", role=Role.OWNER)
async def receive(turn: Context) -> Answer:
    """Tells the member that it is being worked on; this is the response the law asks for."""
    request = await _waiting(turn, turn.number())
    if request.received_at is None:
        await _confirm(turn, request)
    rows = ((_answer_button(turn, request),),)
    return [turn.instead(turn.say("request-told-received"), rows)]


async def _confirm(turn: Context, request: DataRequest) -> None:
    finish, number = data_requests.finish_due(request), str(request.id)

    def write(say: Speech) -> Message:
        return Message(say("request-received", number=number, finish=say.day(finish)))

    await data_requests.receive(turn.tx, request)
    await audit_log.record(turn.tx, turn.who, "data request received", request=request.id)
    member = await members.get(turn.tx, request.member_id)
    await tell(turn.tx, turn.club, [member], f"request {number} received", write, about=None)


@routes.action("request-answer", role=Role.OWNER)
async def ask_for_answer(turn: Context) -> Answer:
    """From now on the next message is the answer."""
    request = await _waiting(turn, turn.number())
    await turn.go(_STEP, request=request.id)
    cancel = ((turn.button("cancel", "cancel"),),)
    return [turn.reply(turn.say("request-answer-prompt"), cancel)]


@routes.step(_STEP, role=Role.OWNER)
async def answer(turn: Context) -> Answer:
    """Sends the owner's words to the member and ends the request."""
    text = turn.incoming.text.strip()
    most = CHARACTERS.stop - 1
    if turn.incoming.media or len(text) < CHARACTERS.start:
        raise UserError("request-length", least=CHARACTERS.start, most=most)
    within(text, most)
    await turn.done()
    request = await data_requests.hold(turn.tx, turn.data["request"])
    if request is None:
        return [turn.reply(turn.say("request-gone"))]
    await _send(turn, request, text)
    return [turn.reply(turn.say("request-answer-sent", number=str(request.id)))]


async def _send(turn: Context, request: DataRequest, text: str) -> None:
    def write(say: Speech) -> Message:
        return Message(say("request-answered", number=str(request.id), answer=text))

    await data_requests.answer(turn.tx, request, turn.member_id, text)
    await audit_log.record(turn.tx, turn.who, "data request answered", request=request.id)
    member = await members.get(turn.tx, request.member_id)
    subject = f"request {request.id} answer"
    await tell(turn.tx, turn.club, [member], subject, write, about=turn.who)


async def _waiting(turn: Context, number: int) -> DataRequest:
    request = await data_requests.hold(turn.tx, number)
    if request is None:
        raise UserError("request-gone")
    return request


async def _page(turn: Context, page: int) -> Answer:
    waiting = sorted(await data_requests.waiting(turn.tx), key=data_requests.due)
    fetched = waiting[page * pagination.PER_PAGE :][: pagination.FETCHED]
    if not fetched:
        return [turn.instead(turn.say("request-none"))]
    shown = pagination.shown(fetched)
    text = Html("\n".join([_limits(turn.say), "", *(_line(turn, one) for one in shown)]))
    opens = tuple(
        turn.button("request-open", "request", one.id or 0, number=str(one.id)) for one in shown
    )
    return [turn.instead(text, (opens, *pagination.ways(turn, "request-page", page, fetched)))]


def _limits(say: Speech) -> Html:
    days = {name: span.days for name, span in data_requests.LIMITS.items()}
    return say("request-list", **days)


def _line(turn: Context, request: DataRequest) -> Html:
    kind = turn.say(f"request-kind-{request.kind.value}")
    due = _due(turn, data_requests.due(request))
    return turn.say("request-line", number=str(request.id), kind=kind, due=due)


def _due(turn: Context, due: datetime) -> Html:
    when = turn.say.when(due)
    if due < turn.now:
        return turn.say("request-overdue", when=when)
    if due - turn.now <= _SOON:
        return turn.say("request-due-soon", when=when)
    return turn.say("request-due", when=when)


async def _card(turn: Context, request: DataRequest) -> Html:
    member = await members.get(turn.tx, request.member_id)
    due = _due(turn, data_requests.due(request))
    key = "request-to-finish" if request.received_at else "request-to-respond"
    return turn.say(
        "request-card",
        number=str(request.id),
        kind=turn.say(f"request-kind-{request.kind.value}"),
        name=members.name_of(turn.tx, member),
        when=turn.say.when(request.asked_at),
        state=turn.say(key, due=due),
        text=data_requests.text_of(turn.tx, request),
    )


def _receive_button(turn: Context, request: DataRequest) -> Button:
    return turn.button("request-receive", "request-receive", request.id or 0)


def _answer_button(turn: Context, request: DataRequest) -> Button:
    return turn.button("request-answer", "request-answer", request.id or 0)
