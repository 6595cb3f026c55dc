"""`/kiemtra`: is there a verdict on this? Asked without flagging anything: nothing is kept or counted."""

from collections.abc import Sequence

from handlers.conversation.context import Context
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.flagging.known import known_text
from handlers.flagging.matching import MatchResult, SimilarPost
from handlers.flagging.pending import TICKET_LETTERS
from handlers.flagging.post import FlaggedPost, pack, post_of, quoted_by
from handlers.flagging.prompts import MOST_CANDIDATES, say_differences
from handlers.flagging.receive import UNSURE, refuse_unreadable, refuse_unsupported
from handlers.flagging.search_limit import search
from handlers.messages import Answer, Reply
from handlers.views.verdict import is_over, picture_of, verdict_in_short
from storage.cases import cases
from storage.models import Case, Verdict

routes = Routes()

_AWAITS = "check.post"


@routes.command("kiemtra", "check", words=["kiểm tra", "kiểm tra tin"])
async def begin(context: Context) -> Answer:
    """Takes what stands behind the command, hangs on it or is answered by it; else asks for it."""
    refuse_unreadable(context)
    if context.rest or context.incoming.media:
        return await _check(context, post_of(context.incoming, context.rest))
    if quoted := quoted_by(context.incoming):
        return await _check(context, quoted)
    await context.set_state(_AWAITS)
    return [context.reply(context.say("check-prompt"), ((context.button("cancel", "cancel"),),))]


@routes.step(_AWAITS)
async def take(context: Context) -> Answer:
    """What is to be looked for."""
    refuse_unsupported(context)
    return await _check(context, post_of(context.incoming))


async def _check(context: Context, post: FlaggedPost) -> Answer:
    found = await search(context, post)
    await context.set_state(UNSURE, post=pack(post), ticket=context.tx.ids.code(TICKET_LETTERS))
    if found.case and (verdict := await cases.newest_verdict(context.tx, found.case)):
        return [_known(context, found, found.case, verdict)]
    likely = await _decided(context, found)
    if likely:
        return [_likely(context, likely)]
    return [
        context.reply(context.say("check-nothing"), ((context.button("flag-this", "flag-this"),),))
    ]


def _known(context: Context, found: MatchResult, case: Case, verdict: Verdict) -> Reply:
    text = known_text(context, case, verdict, by_link=found.by_link)
    return context.reply(text, media=picture_of(verdict))


async def _decided(context: Context, found: MatchResult) -> list[tuple[SimilarPost, Verdict]]:
    """Only verdicts are searched: of those that resemble it, the newest first."""
    verdicts = [
        (one, verdict)
        for one in found.similar
        if (verdict := await cases.newest_verdict(context.tx, one.case))
    ]
    likeliest = verdicts[:MOST_CANDIDATES]
    return sorted(likeliest, key=lambda one: one[1].decided_at, reverse=True)


def _likely(context: Context, likely: Sequence[tuple[SimilarPost, Verdict]]) -> Reply:
    lines = [_line(context, one, verdict) for one, verdict in likely]
    text = Html("\n\n".join([context.say("check-similar"), *lines]))
    return context.reply(text, ((context.button("check-not-these", "flag-this"),),))


def _line(context: Context, one: SimilarPost, verdict: Verdict) -> Html:
    said = verdict_in_short(verdict, one.case.code, context.say)
    sources = [context.say("verdict-source", url=url) for url in verdict.sources[:1]]
    parts = [said, *sources, say_differences(context, one.differs)]
    if is_over(verdict, context.now) and verdict.valid_until:
        parts.append(context.say("verdict-over", when=context.say.when(verdict.valid_until)))
    return Html("\n".join(filter(None, parts)))
