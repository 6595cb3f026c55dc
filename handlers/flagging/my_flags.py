"""`/tindabao`: how each post begins that a member flagged, with the state of its case."""

from handlers.conversation import Context, Html, Page, Routes, paged
from handlers.flagging.known import flagged_case, standing_verdict
from handlers.messages import Answer, Reply, Rows, lasting
from handlers.views.defang import defang
from handlers.views.verdict import picture_of, say_day, verdict_rows, verdict_text
from storage.cases import flags
from storage.cases.flags import OwnFlag
from storage.database import id_of
from storage.models import Case, CaseState, Flag

routes = Routes()


@routes.command("tindabao", "reported", words=["tin đã báo", "reported"])
@paged(routes, "reported")
async def show(context: Context, page: Page) -> tuple[Html, Rows]:
    """What the member flagged, the newest first, with the verdicts to read."""
    fetched = await flags.flagged_by(
        context.tx, context.member_id, limit=page.limit, offset=page.offset
    )
    if not fetched and not page.number:
        return context.say("flag-none-yet"), ()
    shown, others = page.split(fetched)
    flagged = [case for _, case in shown]
    known = await flags.known_as(context.tx, flagged, [context.member_id])
    lines = [flag_line(context, *row, known[id_of(row[1]), context.member_id]) for row in shown]
    text = Html("\n\n".join([context.say("flag-list"), *lines]))
    verdicts = tuple(
        row
        for case in flagged
        for row in verdict_button(context, case, known[id_of(case), context.member_id])
    )
    return text, (*verdicts, *others)


@routes.action("verdict")
async def read(context: Context) -> Answer:
    """The verdict of a case this member flagged."""
    case = await flagged_case(context)
    verdict = await standing_verdict(context, case)
    own = await flags.own_flag(context.tx, case, context.member_id)
    text = verdict_text(verdict, own.code, context.say, now=context.now)
    rows = verdict_rows(case.code, verdict.version, context.say)
    return [Reply(lasting(context.wording(text, rows, media=picture_of(verdict))))]


def verdict_button(context: Context, case: Case, own: OwnFlag) -> Rows:
    """The button that shows the verdict; none before there is one."""
    if case.state is not CaseState.DECIDED:
        return ()
    return ((context.button("flag-read", "verdict", case.code, code=own.code),),)


def flag_line(context: Context, flag: Flag, case: Case, own: OwnFlag) -> Html:
    """The code and the state of a flagged post, and how it begins."""
    line = context.say(
        "flag-line",
        code=own.code,
        day=say_day(flag.flagged_on, context.club, context.say),
        state=context.say(f"flag-state-{case.state.value}"),
    )
    return Html(f"{line}\n{defang(own.opening)}") if own.opening else line
