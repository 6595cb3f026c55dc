"""An officer's home: what waits for them, each with a button, then the usual next steps."""

from collections.abc import Iterator

from handlers.announcing.progress_message import Figures, percent
from handlers.conversation import HOME_ACTION, Context, Html, Routes
from handlers.home.more import MORE_ACTION
from handlers.messages import Answer, Button, ButtonStyle, Rows
from handlers.views.verdict import day_of
from storage.cases.queue import QueueFilter, QueueQuery
from storage.models import Mailing, MailingState, Role
from storage.outbox.mailings import MailingCounts
from storage.reports import open_tasks
from storage.reports.open_tasks import OpenTasks, Waiting

routes = Routes()


@routes.action(HOME_ACTION, role=Role.OFFICER)
async def show_in_place(context: Context) -> Answer:
    """The home, in place of the list or card whose button was pressed."""
    return [context.edit(*await home(context))]


async def show(context: Context, *, understood: bool = True) -> Answer:
    """The home as a new message; it begins with a note if the bot did not understand a message."""
    text, rows = await home(context)
    note = () if understood else (context.say("home-not-understood"),)
    return [context.reply(Html("\n\n".join((*note, text))), rows)]


async def home(context: Context) -> tuple[Html, Rows]:
    """The text and the buttons of the home."""
    view = QueueQuery(
        officer_id=context.member_id,
        today=day_of(context.now, context.club),
        deadlines=context.club.deadlines.by_category,
    )
    tasks = await open_tasks.collect(context.tx, view)
    waiting = tuple((button,) for button in _task_buttons(context, tasks))
    text = context.say("home-waiting" if waiting else "home-nothing", club=context.club.name)
    return text, (*waiting, *_next_steps(context))


def _next_steps(context: Context) -> Rows:
    compose = context.button("home-compose", "/compose", style=ButtonStyle.PRIMARY)
    return (compose,), (
        context.button("home-figures", "/statistics"),
        context.button("home-more", MORE_ACTION),
    )


def _task_buttons(context: Context, tasks: OpenTasks) -> Iterator[Button]:
    """A button for each kind of task that waits; it opens the only one, or else the list."""
    yield from _waiting(context, "approvals", tasks.approvals, "approval-see", "approval-page:0")
    yield from _waiting(context, "meetings", tasks.meetings, "meeting-see", "meeting-list")
    yield from _waiting(
        context, "verdicts", tasks.verdicts, "case", f"queue:0:{QueueFilter.PROPOSED.value}"
    )
    cases = "cases-overdue" if tasks.overdue else "cases"
    yield from _waiting(context, cases, tasks.cases, "case", "queue:0", overdue=tasks.overdue)
    yield from _waiting(context, "questions", tasks.questions, "question", "questions:0")
    yield from _waiting(context, "appeals", tasks.appeals, "appeal", "appeals:0")
    if context.current_member.role is Role.OWNER:
        yield from _waiting(context, "requests", tasks.data_requests, "request", "request-page:0")
    for sending in tasks.going_out:
        yield _mailing_button(context, sending, _label(tasks, sending.mailing))
    for mailing in tasks.uncertain:
        yield Button(
            context.say("home-uncertain", number=_label(tasks, mailing)),
            action=f"sending-see:{mailing.id}",
        )


def _waiting(
    context: Context, kind: str, waiting: Waiting, card: str, listed: str, **values: int
) -> Iterator[Button]:
    if waiting.count:
        yield Button(
            context.say(f"home-{kind}", count=waiting.count, **values),
            action=listed if waiting.only is None else f"{card}:{waiting.only}",
        )


def _label(tasks: OpenTasks, mailing: Mailing) -> str:
    return tasks.announcements[mailing.announcement_id or 0].label


def _mailing_button(context: Context, sending: MailingCounts, label: str) -> Button:
    mailing = sending.mailing
    is_paused = mailing.state is MailingState.PAUSED
    key = "home-paused" if is_paused else f"home-sending-{mailing.kind.value}"
    parts = [context.say(key, number=label)]
    done = percent(mailing, Figures(sending.by_state, sending.by_outcome))
    if done is not None:
        parts.append(Html(f"{done} %"))
    return Button(", ".join(parts), action=f"sending-see:{mailing.id}")
