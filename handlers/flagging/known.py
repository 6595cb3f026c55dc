"""The answer for a post that is known already: its verdict, or the state of its case."""

from dataclasses import replace

from handlers.conversation import Context, Html, Routes, UserError
from handlers.flagging.matching import MatchResult
from handlers.flagging.pending import TICKET_LETTERS
from handlers.flagging.post import FlaggedPost, pack
from handlers.messages import Answer, Reply, lasting
from handlers.views.verdict import day_of, picture_of, verdict_text
from storage.cases import cases, daily_counters, flags
from storage.models import Case, CounterKind, Verdict

routes = Routes()

ANSWERED = "flag.answered"
"""A verdict was the answer, and the member may say whether it helped. A passive step."""
routes.passive_step(ANSWERED)


async def flagged_case(context: Context, *, lock: bool = False) -> Case:
    """The case of the pressed button, which this member has flagged.

    Raises:
        UserError: there is no such case, or they did not flag it.
    """
    load = cases.lock if lock else cases.with_code
    case = await load(context.tx, context.args[0]) if context.args else None
    if case is None or not await flags.of_member(context.tx, case, context.member_id):
        raise UserError("button-unknown")
    return case


async def answer_if_known(
    context: Context, post: FlaggedPost, result: MatchResult
) -> Answer | None:
    """The verdict, or the state of a case that this member flagged already; None otherwise."""
    case = result.case
    if case is None:
        return None
    if case.verdict_version:
        await daily_counters.increment(
            context.tx, CounterKind.ANSWERED_AT_ONCE, day_of(context.now, context.club)
        )
        return [await verdict_at_once(context, case, post, by_link=result.by_link)]
    if await flags.of_member(context.tx, case, context.member_id):
        await context.clear_state()
        state = context.say(f"flag-state-{case.state.value}")
        own = await flags.own_flag(context.tx, case, context.member_id)
        return [context.edit(context.say("flag-again", code=own.code, state=state))]
    return None


async def verdict_at_once(
    context: Context, case: Case, post: FlaggedPost, *, by_link: bool = False
) -> Reply:
    """Shows the verdict at once and asks whether it helped."""
    ticket = context.tx.ids.code(TICKET_LETTERS)
    await context.set_state(ANSWERED, code=case.code, post=pack(post), ticket=ticket)
    verdict = await standing_verdict(context, case)
    own = await flags.own_flag(context.tx, case, context.member_id)
    text = known_text(context, own.code, verdict, by_link=by_link)
    helped = (
        context.button("flag-helped", "flag-helped", ticket),
        context.button("flag-not-this", "flag-not-this", ticket),
    )
    following = await flags.of_member(context.tx, case, context.member_id)
    follow = () if following else ((context.button("flag-follow", "follow", case.code),),)
    share = context.button("share-button", "verdictshare", case.code)
    rows = (helped, (share,), *follow)
    if picture := picture_of(verdict):
        return Reply(lasting(context.wording(text, rows, media=picture)))
    shown = context.edit(text, rows)
    return replace(shown, message=lasting(context.wording(text, rows)))


def known_text(context: Context, code: str, verdict: Verdict, *, by_link: bool) -> Html:
    """The text of the verdict, headed by what it is about: the post, or a link in it.

    `code` is the one that the reader knows the case by.
    """
    text_of_verdict = verdict_text(verdict, code, context.say, now=context.now)
    if not by_link:
        return context.say("flag-known", verdict=text_of_verdict)
    rating = context.say(f"verdict-rating-{verdict.rating.value}")
    return context.say("flag-known-link", rating=rating, verdict=text_of_verdict)


async def standing_verdict(context: Context, case: Case) -> Verdict:
    """The current verdict of a case.

    Raises:
        UserError: there is none yet.
    """
    verdict = await cases.newest_verdict(context.tx, case)
    if verdict is None:
        raise UserError("flag-no-verdict-yet")
    return verdict
