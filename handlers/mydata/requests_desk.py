"""`/yeucaudulieu`: owners see open data requests with their legal deadlines, and answer.

Of the member they see only the name.
"""

from datetime import datetime, timedelta

from handlers.conversation import Context, Html, Page, Routes, Speech, found, paged
from handlers.messages import Answer, Button, Message, Rows
from handlers.mydata.request import text_of_length
from handlers.notifications import notify
from storage import audit_log
from storage.database import id_of
from storage.members import members
from storage.models import AuditAction, DataRequest, Role
from storage.privacy import data_requests

routes = Routes()

CHARACTERS = range(5, 2001)
_SOON = timedelta(days=1)
_STEP = "request-answer"


@routes.command("yeucaudulieu", "requests", role=Role.OWNER, also=["yeucau"])
@paged(routes, "request-page", role=Role.OWNER)
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """Open requests, the nearest deadline first."""
    waiting = sorted(await data_requests.waiting(context.tx), key=data_requests.due)
    fetched = waiting[page.offset :][: page.limit]
    if not fetched:
        return context.say("request-none"), ()
    shown, others = page.split(fetched)
    lines = [_limits(context), "", *(_line(context, request) for request in shown)]
    opens = tuple(
        context.button("request-open", "request", request.id or 0, number=str(request.id))
        for request in shown
    )
    return Html("\n".join(lines)), (opens, *others)


@routes.action("request", role=Role.OWNER)
async def open_one(context: Context) -> Answer:
    """One request, and what can be done about it."""
    request = await _require_open_request(context, context.number())
    receive = (
        ()
        if request.received_at
        else (context.button("request-receive", "request-receive", id_of(request)),)
    )
    return [
        context.edit(await _card(context, request), ((*receive, _answer_button(context, request)),))
    ]


@routes.action("request-receive", role=Role.OWNER)
async def receive(context: Context) -> Answer:
    """Notifies the member that the request is being handled: the response the law requires."""
    request = await _require_open_request(context, context.number())
    if request.received_at is None:
        await _confirm(context, request)
    return [
        context.final(context.say("request-told-received"), ((_answer_button(context, request),),))
    ]


async def _confirm(context: Context, request: DataRequest) -> None:
    finish, number = request.finish_by, str(request.id)

    def write(say: Speech) -> Message:
        return Message(say("request-received", number=number, finish=say.day(finish)))

    await data_requests.receive(context.tx, request)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.DATA_REQUEST_RECEIVED, request=request.id
    )
    member = await members.get(context.tx, request.member_id)
    await notify(
        context.tx, context.club, [member], f"request {number} received", write, about=None
    )


@routes.action("request-answer", role=Role.OWNER)
async def ask_for_answer(context: Context) -> Answer:
    """Takes the next message as the answer."""
    await context.set_state(
        _STEP, request=(await _require_open_request(context, context.number())).id
    )
    return [context.reply(context.say("request-answer-prompt"), context.cancel_row())]


@routes.step(_STEP, role=Role.OWNER)
async def answer(context: Context) -> Answer:
    """Sends the owner's words to the member and ends the request."""
    text = text_of_length(context, CHARACTERS)
    await context.clear_state()
    request = await data_requests.lock(context.tx, context.data["request"])
    if request is None:
        return [context.reply(context.say("request-gone"))]
    await _send(context, request, text)
    return [context.final(context.say("request-answer-sent", number=str(request.id)))]


async def _send(context: Context, request: DataRequest, text: str) -> None:
    def write(say: Speech) -> Message:
        return Message(say("request-answered", number=str(request.id), answer=text))

    await data_requests.answer(context.tx, request, context.member_id, text)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.DATA_REQUEST_ANSWERED, request=request.id
    )
    member = await members.get(context.tx, request.member_id)
    subject = f"request {request.id} answer"
    await notify(context.tx, context.club, [member], subject, write, about=context.current_member)


async def _require_open_request(context: Context, number: int) -> DataRequest:
    return found(await data_requests.lock(context.tx, number), "request-gone")


def _limits(context: Context) -> Html:
    limits = context.club.data_requests
    return context.say(
        "request-list",
        answer=limits.response_working_days,
        correct=limits.correction_days,
        restrict=limits.restriction_days,
    )


def _line(context: Context, request: DataRequest) -> Html:
    kind = context.say(f"request-kind-{request.kind.value}")
    due = _due(context, data_requests.due(request))
    return context.say("request-line", number=str(request.id), kind=kind, due=due)


def _due(context: Context, due: datetime) -> Html:
    when = context.say.moment(due)
    if due < context.now:
        return context.say("request-overdue", when=when)
    if due - context.now <= _SOON:
        return context.say("request-due-soon", when=when)
    return context.say("request-due", when=when)


async def _card(context: Context, request: DataRequest) -> Html:
    return context.say(
        "request-card",
        number=str(request.id),
        kind=context.say(f"request-kind-{request.kind.value}"),
        name=members.name_of(context.tx, await members.get(context.tx, request.member_id)),
        when=context.say.when(request.asked_at),
        state=context.say(
            "request-to-finish" if request.received_at else "request-to-respond",
            due=_due(context, data_requests.due(request)),
        ),
        text=data_requests.text_of(context.tx, request),
    )


def _answer_button(context: Context, request: DataRequest) -> Button:
    return context.button("request-answer", "request-answer", id_of(request))
