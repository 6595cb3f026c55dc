"""Stores a flag, in a new case or in one that exists; and following a verdict."""

from datetime import date

from handlers.conversation import Context, Html, Routes, UserError
from handlers.flagging import category, matching, pending
from handlers.flagging.known import answer_if_known
from handlers.flagging.known_or_new import offer_next
from handlers.flagging.matching import case_of_same_post
from handlers.flagging.officer_question import question_for
from handlers.flagging.pending import Pending
from handlers.flagging.post import as_kept, pack
from handlers.flagging.post_text import own_opening
from handlers.messages import Answer, Reply
from handlers.views.verdict import day_of
from storage.cases import cases, daily_counters, flag_rate_limit, flags, match_keys, posts
from storage.cases.match_keys import UNKNOWN, Keys
from storage.cases.posts import Flagged
from storage.database import batch_clock
from storage.models import Case, CasePost, CaseState, Category, CounterKind

routes = Routes()


@routes.action("flag-drop")
async def drop(context: Context) -> Answer:
    """Cancels the flag; nothing is stored."""
    waiting = pending.of_pressed_button(context)
    await context.clear_state()
    return [context.edit(context.say("flag-dropped")), *await offer_next(context, waiting)]


@routes.action("flag-send")
async def send(context: Context) -> Answer:
    """Adds the flag to the case of the same post, or opens a new case."""
    waiting = pending.of_pressed_button(context)
    case, post = await _find_or_open_case(context, waiting)
    result = matching.MatchResult(case, post)
    if not waiting.distinct_from and (
        answer := await answer_if_known(context, waiting.post, result)
    ):
        return [*answer, *await offer_next(context, waiting)]
    # Asked whatever others said: an officer who sends a post in must not learn that others have.
    return await _add_flag(context, waiting, case, post, asks_category=True)


@routes.action("flag-join")
async def join(context: Context) -> Answer:
    """Adds the flag to an open case of the same post."""
    waiting = pending.of_pressed_button(context)
    result = await case_of_same_post(context.tx, waiting.post)
    if result.case is None or context.args[1:] != (result.case.code,):
        raise UserError("flag-stale")
    return await _join_case(context, waiting, result.case, result.post)


@routes.action("flag-is")
async def join_picked_case(context: Context) -> Answer:
    """Joins the case of the similar post that the member picked."""
    waiting = pending.of_pressed_button(context)
    code = context.args[1] if len(context.args) > 1 else ""
    case = await cases.with_code(context.tx, code) if code in waiting.offered else None
    if case is None:
        raise UserError("flag-stale")
    return await _join_case(context, waiting, case, None)


async def _join_case(
    context: Context, waiting: Pending, case: Case, same: CasePost | None
) -> Answer:
    """Locks the case: a verdict comes either before this flag and answers it, or after it."""
    locked = await cases.lock(context.tx, case.code)
    if locked is None or locked.state not in {*cases.OPEN, CaseState.DECIDED}:
        raise UserError("flag-stale")
    # Another variant is news for officers, also from a member who has flagged the case.
    if same or locked.verdict_version:
        result = matching.MatchResult(locked, same)
        if answer := await answer_if_known(context, waiting.post, result):
            return [*answer, *await offer_next(context, waiting)]
    post = same or await _variant(context, waiting, locked)
    asks_category = locked.category is Category.UNKNOWN
    return await _add_flag(context, waiting, locked, post, asks_category=asks_category)


async def _find_or_open_case(context: Context, waiting: Pending) -> tuple[Case, CasePost]:
    """Locks the case: a verdict comes either before this flag and answers it, or after it."""
    if not waiting.distinct_from:
        return await _find_or_open_by_keys(context, waiting)
    # Stored without keys, so that others who send the same post still get the verdict given.
    answered = await cases.with_code(context.tx, waiting.distinct_from)
    flagged = _flagged(context, waiting, Category.UNKNOWN, UNKNOWN)
    opened = await posts.open_case(
        context.tx, flagged, distinct_from_id=answered.id if answered else None
    )
    if opened is None:
        raise UserError("flag-stale")
    return opened


async def _find_or_open_by_keys(
    context: Context, waiting: Pending, of_case: Category = Category.UNKNOWN
) -> tuple[Case, CasePost]:
    """Retried when another flag of the same post is stored between the search and the insert."""
    while True:
        result = await case_of_same_post(context.tx, waiting.post)
        if result.post:
            return await posts.lock(context.tx, result.post)
        keys = await match_keys.for_new_post(context.tx, waiting.post.keys)
        if keys is None:
            continue
        flagged = _flagged(context, waiting, of_case, keys)
        if opened := await posts.open_case(context.tx, flagged):
            return opened


async def send_imitation(context: Context, waiting: Pending) -> Answer:
    """Flags a changed copy of an official text as impersonation, without further questions.

    Officers see it at the next full quarter of an hour, with all flags of the same post.
    """
    case, post = await _find_or_open_by_keys(context, waiting, Category.IMPERSONATION)
    result = matching.MatchResult(case, post)
    if answer := await answer_if_known(context, waiting.post, result):
        return answer
    answer = await _add_flag(context, waiting, case, post, asks_category=False)
    await category.count_as(context, case, Category.IMPERSONATION)
    batch_clock.bring_forward(context.tx, case, post)
    return answer


async def _variant(context: Context, waiting: Pending, case: Case) -> CasePost:
    """Stores the post as another variant of this case."""
    keys = await match_keys.for_new_post(context.tx, waiting.post.keys)
    flagged = _flagged(context, waiting, case.category, keys) if keys else None
    added = await posts.add(context.tx, case, flagged) if flagged else None
    if added is None:  # another flag of the same post was stored first
        raise UserError("flag-stale")
    return added


def _flagged(context: Context, waiting: Pending, of_case: Category, keys: Keys) -> Flagged:
    reading = None if waiting.distinct_from else waiting.post.reading
    content = pack(as_kept(waiting.post, of_case))
    return Flagged(keys, of_case, content, _today(context), reading)


async def _add_flag(
    context: Context, waiting: Pending, case: Case, post: CasePost, *, asks_category: bool
) -> Answer:
    if not await flag_rate_limit.count_flag(context.tx, context.member_id):
        raise UserError(
            "flag-too-many", time=context.say.time(flag_rate_limit.hour_ends_at(context.tx))
        )
    await flags.join(
        context.tx,
        post,
        context.member_id,
        _today(context),
        opening=own_opening(waiting.post, context.say),
    )
    await daily_counters.increment(context.tx, CounterKind.FLAGGED, _today(context))
    await context.clear_state()
    if asks_category:
        await category.keep_for_category(context, waiting.post, post)
    return [
        _sent(context, case, asks_category=asks_category),
        *await question_for(context, case),
        *await offer_next(context, waiting),
    ]


def _sent(context: Context, case: Case, *, asks_category: bool) -> Reply:
    text = context.say("flag-sent", code=case.code)
    if not asks_category:
        return context.edit(text)
    question = context.say("flag-ask-category")
    return context.edit(Html(f"{text}\n\n{question}"), category.category_rows(context, case))


def _today(context: Context) -> date:
    return day_of(context.now, context.club)


@routes.action("follow")
async def follow(context: Context) -> Answer:
    """Subscribes this member to changes of the verdict."""
    case = await cases.with_code(context.tx, context.args[0]) if context.args else None
    if case is None or not case.verdict_version:
        raise UserError("button-unknown")
    post = (await posts.of_case(context.tx, case))[0]
    await flags.join(context.tx, post, context.member_id, _today(context))
    return [context.toast(context.say.plain("flag-following"))]
