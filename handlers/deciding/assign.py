"""An officer opens, takes, pauses, hands over a case, or closes it as out of scope."""

from handlers import notifications
from handlers.announcing.compose.set_aside import set_aside
from handlers.conversation import Context, Routes, Speech, require
from handlers.deciding.access import assign_if_free, is_mine, load_case, lock_case, lock_own_case
from handlers.deciding.ask_reporters import reporter_rows
from handlers.deciding.card import card, show_above
from handlers.messages import Answer, Button, ButtonStyle, Message, Rows
from storage import audit_log
from storage.cases import cases, flags, posts
from storage.database import id_of
from storage.members import members
from storage.models import AuditAction, Case, CaseState, Lane, MailingKind, Member, Role
from storage.outbox import enqueue

routes = Routes()


@routes.action("case", role=Role.OFFICER)
async def open_card(context: Context) -> Answer:
    """Shows the card with the post below the list; the post's pictures come first."""
    case = await load_case(context)
    above = [*await set_aside(context), *await show_above(context, case)]
    return [*above, context.reply(*await card(context, case))]


@routes.action("casetake", role=Role.OFFICER)
async def take(context: Context) -> Answer:
    """Assigns the case to this officer; if another was faster, shows the card with their name."""
    case = await lock_case(context)
    await assign_if_free(context, case)
    return [*await set_aside(context), context.edit(*await card(context, case))]


@routes.action("casereturn", role=Role.OFFICER)
async def give_back(context: Context) -> Answer:
    """Returns the case to the queue."""
    case = await lock_own_case(context)
    await cases.give_back(context.tx, case)
    return await _record_and_show(context, case, AuditAction.CASE_GIVEN_BACK)


@routes.action("casewait", role=Role.OFFICER)
async def wait(context: Context) -> Answer:
    """Sets the case waiting for a source; it stays assigned to this officer."""
    case = await lock_own_case(context)
    require(case.state is CaseState.IN_REVIEW, "case-waits-for-source")
    await cases.wait_for_source(context.tx, case)
    return await _record_and_show(context, case, AuditAction.CASE_WAITS)


@routes.action("casegoon", role=Role.OFFICER)
async def go_on(context: Context) -> Answer:
    """Ends the waiting for a source."""
    case = await lock_own_case(context)
    require(case.state is CaseState.WAITING, "case-not-yours")
    await cases.go_on(context.tx, case)
    return await _record_and_show(context, case, AuditAction.CASE_GOES_ON)


async def _record_and_show(context: Context, case: Case, action: AuditAction) -> Answer:
    await audit_log.record(context.tx, context.current_member, action, case=case.code)
    return [context.edit(*await card(context, case))]


@routes.action("casemore", role=Role.OFFICER)
async def show_more(context: Context) -> Answer:
    """Shows the less frequent actions."""
    case = await load_case(context)
    note = (context.button("case-note", "casenote", case.code),)
    rows: Rows = (note, *await reporter_rows(context, case))
    if is_mine(context, case):
        rows += ((context.button("case-hand-over", "casehand", case.code),),)
        if not case.verdict_version:
            rows += ((context.button("case-merge", "casemerge", case.code),),)
        if len(await posts.shown_of(context.tx, case)) > 1:
            rows += ((context.button("case-split", "casesplit", case.code),),)
    back = (context.button("back", "casecard", case.code),)
    return [context.edit(context.say("case-more-head", code=case.code), (*rows, back))]


@routes.action("casehand", role=Role.OFFICER)
async def choose_colleague(context: Context) -> Answer:
    """Asks to which officer the case is handed over."""
    case = await lock_own_case(context)
    others = await members.officers(context.tx, but=context.member_id)
    rows = tuple((_colleague_button(context, case, other),) for other in others)
    back = (context.button("back", "casemore", case.code),)
    key = "case-hand-over-to" if others else "case-hand-over-nobody"
    return [context.edit(context.say(key, code=case.code), (*rows, back))]


def _colleague_button(context: Context, case: Case, other: Member) -> Button:
    return Button(
        members.name_of(context.tx, other), action=f"casehandto:{case.code}:{id_of(other)}"
    )


@routes.action("casehandto", role=Role.OFFICER)
async def hand_over(context: Context) -> Answer:
    """Assigns the case to the other officer and notifies them."""
    case = await lock_own_case(context)
    others = await members.officers(context.tx, but=context.member_id)
    colleagues = [other for other in others if id_of(other) == context.number(1)]
    require(colleagues, "case-no-such-officer")
    await cases.hand_over(context.tx, case, context.number(1))
    await audit_log.record(
        context.tx, context.current_member, AuditAction.CASE_HANDED_OVER, case=case.code
    )

    def write(say: Speech) -> Message:
        return Message(
            say("case-handed-to-you", code=case.code),
            ((Button(say.plain("case-open-code", code=case.code), action=f"case:{case.code}"),),),
        )

    subject = f"case {case.id} handed over {context.tx.ids.number()}"
    await notifications.notify_officers(
        context.tx, context.club, colleagues, subject, write, about=None
    )
    return [context.edit(*await card(context, case))]


@routes.action("casescope", role=Role.OFFICER)
async def ask_before_closing(context: Context) -> Answer:
    """Asks for confirmation, because closing erases the post."""
    case = await lock_own_case(context)
    rows = (
        (context.button("case-scope-yes", "casescopeyes", case.code, style=ButtonStyle.DANGER),),
        (context.button("back", "casecard", case.code),),
    )
    return [context.edit(context.say("case-scope-sure", code=case.code), rows)]


@routes.action("casecard", role=Role.OFFICER)
async def back_to_card(context: Context) -> Answer:
    """Shows the card again in place of a question."""
    return [context.edit(*await card(context, await load_case(context)))]


@routes.action("casescopeyes", role=Role.OFFICER)
async def close(context: Context) -> Answer:
    """Closes a case of opinion or criticism: erases the post and notifies who flagged it."""
    case = await lock_own_case(context)
    require(not case.verdict_version and case.state is CaseState.IN_REVIEW, "case-not-yours")
    await cases.close_out_of_scope(context.tx, case)
    await audit_log.record(
        context.tx, context.current_member, AuditAction.CASE_OUT_OF_SCOPE, case=case.code
    )
    await _notify_flaggers(context, case)
    return [context.final(context.say("case-out-of-scope", code=case.code))]


async def _notify_flaggers(context: Context, case: Case) -> None:
    def write(say: Speech) -> Message:
        return Message(say("flag-out-of-scope", code=case.code))

    mailing = await enqueue.open_mailing(
        context.tx,
        kind=MailingKind.VERDICT,
        subject=f"case {case.id} out of scope",
        lane=Lane.VERDICT,
        bodies=notifications.in_every_language(context.club, write),
    )
    if mailing is not None:
        await enqueue.add_recipients(context.tx, mailing, await flags.waiting(context.tx, case))
