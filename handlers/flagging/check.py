"""`/tracuu`: whether a post is a text of the club, and whether there is a verdict on it.

The post is neither flagged nor counted. Strangers are told only about texts of the club.
"""

from collections.abc import Sequence

from handlers.announcing import archive
from handlers.conversation import Context, Html, Routes, UserError
from handlers.flagging import official, tracking_code
from handlers.flagging.known import known_text
from handlers.flagging.matching import MatchResult, SimilarPost
from handlers.flagging.pending import TICKET_LETTERS
from handlers.flagging.picture_words import read_post
from handlers.flagging.post import FlaggedPost, pack, quoted_by, unpack
from handlers.flagging.prompts import MOST_CANDIDATES, flag_this, say_differences
from handlers.flagging.receive import LOOKED_UP, refuse_unreadable, refuse_unsupported
from handlers.flagging.search_limit import search
from handlers.messages import Answer, Reply, Rows
from handlers.views.verdict import is_over, picture_of, verdict_in_short
from storage.cases import cases, flags
from storage.models import Case, Role, Verdict

routes = Routes(confidential=True)

_AWAITS = "check.post"


async def _begin(context: Context) -> Answer:
    refuse_unreadable(context)
    if context.rest or context.incoming.media:
        return await _check(context, read_post(context, context.rest))
    if quoted := quoted_by(context.incoming):
        return await _check(context, quoted)
    await context.set_state(_AWAITS)
    return [context.reply(context.say("check-prompt"), ((context.button("cancel", "cancel"),),))]


@routes.step(_AWAITS)
async def take(context: Context) -> Answer:
    """Checks the post that was asked for."""
    refuse_unsupported(context)
    return await _check(context, read_post(context))


@routes.step(LOOKED_UP, takes_late_parts=True)
async def take_late_part(context: Context) -> Answer | None:
    """Looks up the whole album again; any other message is handled by itself."""
    incoming = context.incoming
    if not incoming.is_late_part or context.data["album"] != incoming.album:
        return None
    refuse_unreadable(context)
    return await _check(context, unpack(context.data["post"]).joined_with(read_post(context)))


@routes.command(
    "tracuu",
    "check",
    role=None,
    shown_to=Role.MEMBER,
    also=["kiemtra", "lookup"],
    words=["tra cứu", "tra tin", "kiểm tra", "kiểm tra tin"],
)
async def look_up(context: Context) -> Answer:
    """Checks the text or file of the command, or the message it answers; else asks for a post.

    Strangers are only told whether a text is the club's, and no step is stored.
    """
    if context.is_suspended:
        raise UserError("suspended")
    if context.role:
        return await _begin(context)
    post = quoted_by(context.incoming)
    if context.rest or context.incoming.media:
        post = read_post(context, context.rest)
    if post is None:
        return [context.reply(context.say("lookup-prompt"))]
    found = await official.answer_if_own(context, post)
    return found or [context.reply(context.say("lookup-nothing", contact=context.club.contact))]


async def _check(context: Context, post: FlaggedPost) -> Answer:
    if shown := await official.answer_if_own(context, post):
        return shown
    if post.is_chat and (shown := await tracking_code.answer(context, post.text)):
        return shown
    result = await search(context, post)
    ticket = context.tx.ids.code(TICKET_LETTERS)
    album = context.incoming.album
    await context.set_state(LOOKED_UP, post=pack(post), ticket=ticket, album=album)
    if result.case and (verdict := await cases.newest_verdict(context.tx, result.case)):
        return [await _verdict_reply(context, result, result.case, verdict)]
    decided = await _similar_with_verdict(context, result)
    own = await archive.mentioning(context, post.text) if post.is_chat else []
    announcements = tuple((archive.open_button(context, line),) for line in own[:MOST_CANDIDATES])
    if decided:
        return [_similar_reply(context, decided, announcements, ticket)]
    key = "check-announcements" if own else "check-nothing"
    rows = (*announcements, (flag_this(context, "flag-this", ticket),))
    return [context.reply(context.say(key), rows)]


async def _verdict_reply(
    context: Context, result: MatchResult, case: Case, verdict: Verdict
) -> Reply:
    own = await flags.own_flag(context.tx, case, context.member_id)
    text = known_text(context, own.code, verdict, by_link=result.by_link)
    return context.reply(text, media=picture_of(verdict))


async def _similar_with_verdict(
    context: Context, result: MatchResult
) -> list[tuple[SimilarPost, Verdict]]:
    """The most similar posts that have a verdict, the newest verdict first."""
    verdicts = [
        (one, verdict)
        for one in result.similar
        if (verdict := await cases.newest_verdict(context.tx, one.case))
    ]
    most_similar = verdicts[:MOST_CANDIDATES]
    return sorted(most_similar, key=lambda one: one[1].decided_at, reverse=True)


def _similar_reply(
    context: Context,
    decided: Sequence[tuple[SimilarPost, Verdict]],
    announcements: Rows,
    ticket: str,
) -> Reply:
    lines = [_line(context, one, verdict) for one, verdict in decided]
    text = Html("\n\n".join([context.say("check-similar"), *lines]))
    rows = (*announcements, (flag_this(context, "check-not-these", ticket),))
    return context.reply(text, rows)


def _line(context: Context, one: SimilarPost, verdict: Verdict) -> Html:
    summary = verdict_in_short(verdict, one.case.code, context.say)
    sources = [context.say("verdict-source", url=url) for url in verdict.sources[:1]]
    parts = [summary, *sources, say_differences(context, one.differs)]
    if is_over(verdict, context.now) and verdict.valid_until:
        parts.append(context.say("verdict-over", when=context.say.when(verdict.valid_until)))
    return Html("\n".join(filter(None, parts)))
