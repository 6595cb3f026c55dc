"""An officer asks whoever flagged a case one question, and reads the answers without names.

Refusal: no-disclosure-of-flaggers.
"""

from handlers import notifications
from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    Speech,
    UserError,
    found,
    paged,
    require,
    typed_text,
)
from handlers.deciding.access import is_mine, load_case, lock_own_case
from handlers.deciding.card import card
from handlers.flagging.officer_question import question_message, subject_of
from handlers.messages import Answer, Message, Reply, Rows
from handlers.views.defang import defang
from storage import audit_log
from storage.cases import flags, reporter_questions
from storage.cases.flags import OwnFlag
from storage.database import id_of
from storage.members import members
from storage.models import AuditAction, Case, CaseQuestion, Member, Role

routes = Routes()

QUESTION_CHARACTERS = 300
_STEP = "case.question"


async def reporter_rows(context: Context, case: Case) -> Rows:
    """The buttons about the reporters of a case, for an officer who reads or has taken it."""
    question = await reporter_questions.newest(context.tx, case)
    rows: Rows = ()
    if question and await reporter_questions.count_shown(context.tx, question):
        rows = ((context.button("case-answers", "caseanswers", case.code, 0),),)
    if not is_mine(context, case):
        return rows
    if question and reporter_questions.is_open(question):
        return (*rows, (context.button("case-question-close", "casequestionend", case.code),))
    return (*rows, (context.button("case-question", "casequestion", case.code),))


@routes.action("casequestion", role=Role.OFFICER)
async def ask_for_question(context: Context) -> Answer:
    """Asks the officer who has the case for the question."""
    case = await _without_open_question(context, await lock_own_case(context))
    await context.set_state(_STEP, code=case.code, tries=0)
    text = context.say("case-question-prompt", code=case.code, most=QUESTION_CHARACTERS)
    return [context.reply(text, context.cancel_row())]


@routes.step(_STEP, role=Role.OFFICER)
async def take_question(context: Context) -> Answer:
    """Shows the question exactly as members read it; a text sent after it replaces it."""
    wanted = UserError("case-question-text", most=QUESTION_CHARACTERS)
    text = typed_text(context.incoming, QUESTION_CHARACTERS, wanted, forwarded=True)
    code, tries = context.data["code"], context.data["tries"] + 1
    await context.set_state(_STEP, code=code, tries=tries, text=text)
    send = context.button("case-question-send", "casequestionsend", code, tries)
    return [
        Reply(question_message(context.speech(context.say.language), OwnFlag(code, ""), text)),
        context.reply(
            context.say("case-question-preview"), ((send,), (context.button("cancel", "cancel"),))
        ),
    ]


@routes.action("casequestionsend", role=Role.OFFICER)
async def send_question(context: Context) -> Answer:
    """Sends the question of the newest preview to whoever flagged the case and wants an answer."""
    case = await _without_open_question(context, await lock_own_case(context))
    require(
        context.step == _STEP
        and context.data["tries"] == context.number(1)
        and "text" in context.data
        and context.data["code"] == context.args[0],
        "case-question-stale",
    )
    await context.clear_state()
    question = await reporter_questions.ask(
        context.tx, case, context.member_id, context.data["text"]
    )
    await audit_log.record(
        context.tx, context.current_member, AuditAction.REPORTERS_ASKED, case=case.code
    )
    await _notify_reporters(context, case, question)
    return [
        context.edit(context.say("case-question-sent", code=case.code)),
        context.reply(*await card(context, case)),
    ]


async def _notify_reporters(context: Context, case: Case, question: CaseQuestion) -> None:
    text, number = reporter_questions.text_of(context.tx, question), id_of(question)

    wanting = await flags.wanting_answer(context.tx, case)
    known_as = await flags.known_as(context.tx, [case], wanting)

    def write(say: Speech, reporter: Member) -> Message:
        return question_message(say, known_as[id_of(case), id_of(reporter)], text, number)

    await notifications.notify_each(
        context.tx,
        context.club,
        [await members.get(context.tx, one) for one in wanting],
        subject_of(question),
        write,
        about=context.current_member,
    )


@routes.action("casequestionend", role=Role.OFFICER)
async def close_question(context: Context) -> Answer:
    """Closes the question: no more answers, and another one can be asked."""
    case = await lock_own_case(context)
    if await reporter_questions.open_one(context.tx, case) is None:
        raise UserError("case-question-none")
    await reporter_questions.close(context.tx, case)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.REPORTERS_QUESTION_CLOSED, case=case.code
    )
    return [context.edit(*await card(context, case))]


@paged(routes, "caseanswers", role=Role.OFFICER, position=1)
async def show_answers(context: Context, page: Page) -> tuple[Html, Rows]:
    """All answers that officers see now, in a random order."""
    case = await load_case(context)
    question = found(await reporter_questions.newest(context.tx, case), "button-unknown")
    fetched = await reporter_questions.shown_answers(
        context.tx, question, limit=page.limit, offset=page.offset
    )
    shown, others = page.split(fetched, case.code)
    lines = [context.say("case-answer-line", text=defang(text)) for text in shown]
    asked = reporter_questions.text_of(context.tx, question) or "–"
    head = context.say("case-answers-head", code=case.code, question=asked)
    return (
        Html("\n\n".join([head, *lines])),
        (
            *others,
            (context.button("back", "casecard", case.code),),
        ),
    )


async def _without_open_question(context: Context, case: Case) -> Case:
    """The case, if nothing is being asked about it.

    Raises:
        UserError: one question is open, and a case has one at most.
    """
    require(not await reporter_questions.open_one(context.tx, case), "case-question-open")
    return case
