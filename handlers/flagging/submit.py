"""The taps that turn a post into a flag, and a member who wants to hear of a change."""

from dataclasses import replace
from datetime import date

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.flagging import known_or_new, matching, pending
from handlers.flagging.known import answer_if_known
from handlers.flagging.known_or_new import offer_next
from handlers.flagging.matching import surely
from handlers.flagging.pending import Pending
from handlers.flagging.post import FlaggedPost, as_kept, pack
from handlers.flagging.prompts import category_question, confirmation
from handlers.messages import Answer
from handlers.views.verdict import day_of
from storage.cases import cases, daily_counters, flag_rate_limit, flags, match_keys, posts
from storage.cases.match_keys import UNKNOWN, Keys
from storage.cases.posts import Flagged
from storage.models import Case, CasePost, CaseState, Category, Count

routes = Routes()


@routes.action("flag-as")
async def choose_category(context: Context) -> Answer:
    """Shows what will be sent; an album is looked for only now that all of it is here."""
    waiting, category = pending.pressed(context), _category(context)
    if waiting.album and (known := await known_or_new.match_complete_post(context, waiting)):
        return known
    await pending.keep(context, replace(waiting, category=category))
    return [confirmation(context, waiting, category)]


@routes.action("flag-back")
async def choose_again(context: Context) -> Answer:
    """Back to the categories."""
    waiting = replace(pending.pressed(context), category=None)
    await pending.keep(context, waiting)
    return [category_question(context, waiting)]


@routes.action("flag-drop")
async def drop(context: Context) -> Answer:
    """An opinion, or a change of mind: nothing is sent and nothing is kept."""
    waiting = pending.pressed(context)
    await context.clear_state()
    said = context.say("flag-dropped" if waiting.category else "flag-is-opinion")
    return [context.edit(said), *await offer_next(context, waiting)]


@routes.action("flag-send")
async def send(context: Context) -> Answer:
    """Joins the case of everyone who sent the same post, or opens a new one."""
    waiting = pending.pressed(context)
    if waiting.category is None:
        raise UserError("flag-stale")
    case, post = await _case(context, waiting, waiting.category)
    found = matching.MatchResult(case, post)
    if not waiting.unlike and (known := await answer_if_known(context, waiting.post, found)):
        return [*known, *await offer_next(context, waiting)]
    return await _count_in(context, waiting, case, post, waiting.category)


@routes.action("flag-join")
async def join(context: Context) -> Answer:
    """One more who waits for the answer to a case that is open."""
    waiting = pending.pressed(context)
    found = await surely(context.tx, waiting.post)
    if found.case is None or context.args[1:] != (found.case.code,):
        raise UserError("flag-stale")
    return await _join(context, waiting, found.case, found.post)


@routes.action("flag-is")
async def is_one_of_these(context: Context) -> Answer:
    """The member says which of the similar ones it is."""
    waiting = pending.pressed(context)
    code = context.args[1] if len(context.args) > 1 else ""
    case = await cases.with_code(context.tx, code) if code in waiting.offered else None
    if case is None:
        raise UserError("flag-stale")
    return await _join(context, waiting, case, None)


async def _join(context: Context, waiting: Pending, case: Case, same: CasePost | None) -> Answer:
    """Held from here on: a verdict comes either before this flag, and answers it, or after it."""
    held = await cases.hold(context.tx, case.code)
    if held is None or held.state not in {*cases.OPEN, CaseState.DECIDED}:
        raise UserError("flag-stale")
    # Another wording is news for the officers, also from somebody who waits already.
    if same or held.verdict_version:
        found = matching.MatchResult(held, same)
        if known := await answer_if_known(context, waiting.post, found):
            return [*known, *await offer_next(context, waiting)]
    post = same or await _variant(context, waiting, held)
    return await _count_in(context, waiting, held, post, held.category)


async def _case(context: Context, waiting: Pending, category: Category) -> tuple[Case, CasePost]:
    """Held from here on: a verdict comes either before this flag, and answers it, or after it."""
    if not waiting.unlike:
        return await _known_or_new(context, waiting, category)
    # Known by nothing, so that whoever sends the same post still gets the verdict that was given.
    answered = await cases.with_code(context.tx, waiting.unlike)
    flagged = _flagged(context, waiting, category, UNKNOWN)
    opened = await posts.open_case(context.tx, flagged, unlike=answered.id if answered else None)
    if opened is None:
        raise UserError("flag-stale")
    return opened


async def _known_or_new(
    context: Context, waiting: Pending, category: Category
) -> tuple[Case, CasePost]:
    while True:
        found = await surely(context.tx, waiting.post)
        if found.case and found.post:
            return await posts.hold(context.tx, found.post)
        # Of a known picture with other words under it the words alone are what is new.
        keys = await match_keys.untaken(context.tx, waiting.post.keys)
        if _is_taken(waiting.post, keys):
            continue
        flagged = _flagged(context, waiting, category, keys)
        if opened := await posts.open_case(context.tx, flagged):
            return opened


async def _variant(context: Context, waiting: Pending, case: Case) -> CasePost:
    """One more post of this case, which officers see beside the others."""
    keys = await match_keys.untaken(context.tx, waiting.post.keys)
    flagged = _flagged(context, waiting, case.category, keys)
    added = None if _is_taken(waiting.post, keys) else await posts.add(context.tx, case, flagged)
    if added is None:  # somebody else's flag of the same post was quicker
        raise UserError("flag-stale")
    return added


def _is_taken(post: FlaggedPost, free: Keys) -> bool:
    """Whether somebody else's flag of this very post came in since it was looked for."""
    return free.fingerprint is None if post.keys.fingerprint else free != post.keys


def _flagged(context: Context, waiting: Pending, category: Category, keys: Keys) -> Flagged:
    reading = None if waiting.unlike else waiting.post.reading
    content = pack(as_kept(waiting.post, category))
    return Flagged(keys, category, content, _today(context), reading)


async def _count_in(
    context: Context, waiting: Pending, case: Case, post: CasePost, category: Category
) -> Answer:
    if not await flag_rate_limit.count_flag(context.tx, context.member_id):
        raise UserError(
            "flag-too-many", time=context.say.time(flag_rate_limit.hour_ends_at(context.tx))
        )
    await flags.join(context.tx, post, context.member_id, category, _today(context))
    await daily_counters.increment(context.tx, Count.FLAGGED, _today(context))
    await context.clear_state()
    return [
        context.edit(context.say("flag-sent", code=case.code)),
        *await offer_next(context, waiting),
    ]


def _today(context: Context) -> date:
    return day_of(context.now, context.club)


@routes.action("follow")
async def follow(context: Context) -> Answer:
    """A member who got the verdict at once wants to hear when it changes."""
    case = await cases.with_code(context.tx, context.args[0]) if context.args else None
    if case is None or not case.verdict_version:
        raise UserError("button-unknown")
    post = (await posts.of_case(context.tx, case))[0]
    await flags.join(context.tx, post, context.member_id, case.category, _today(context))
    return [context.toast(context.say.plain("flag-following"))]


def _category(context: Context) -> Category:
    try:
        return Category(context.args[1])
    except (IndexError, ValueError):
        raise UserError("button-unknown") from None
