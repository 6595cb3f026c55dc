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
async def begin(turn: Context) -> Answer:
    """Takes what stands behind the command, hangs on it or is answered by it; else asks for it."""
    refuse_unreadable(turn)
    if turn.rest or turn.incoming.media:
        return await _check(turn, post_of(turn.incoming, turn.rest))
    if quoted := quoted_by(turn.incoming):
        return await _check(turn, quoted)
    await turn.go(_AWAITS)
    return [turn.reply(turn.say("check-prompt"), ((turn.button("cancel", "cancel"),),))]


@routes.step(_AWAITS)
async def take(turn: Context) -> Answer:
    """What is to be looked for."""
    refuse_unsupported(turn)
    return await _check(turn, post_of(turn.incoming))


async def _check(turn: Context, post: FlaggedPost) -> Answer:
    found = await search(turn, post)
    await turn.go(UNSURE, post=pack(post), ticket=turn.tx.ids.code(TICKET_LETTERS))
    if found.case and (verdict := await cases.newest_verdict(turn.tx, found.case)):
        return [_known(turn, found, found.case, verdict)]
    likely = await _decided(turn, found)
    if likely:
        return [_likely(turn, likely)]
    return [turn.reply(turn.say("check-nothing"), ((turn.button("flag-this", "flag-this"),),))]


def _known(turn: Context, found: MatchResult, case: Case, verdict: Verdict) -> Reply:
    text = known_text(turn, case, verdict, by_link=found.by_link)
    return turn.reply(text, media=picture_of(verdict))


async def _decided(turn: Context, found: MatchResult) -> list[tuple[SimilarPost, Verdict]]:
    """Only verdicts are searched: of those that resemble it, the newest first."""
    verdicts = [
        (one, verdict)
        for one in found.similar
        if (verdict := await cases.newest_verdict(turn.tx, one.case))
    ]
    likeliest = verdicts[:MOST_CANDIDATES]
    return sorted(likeliest, key=lambda one: one[1].decided_at, reverse=True)


def _likely(turn: Context, likely: Sequence[tuple[SimilarPost, Verdict]]) -> Reply:
    lines = [_line(turn, one, verdict) for one, verdict in likely]
    text = Html("\n\n".join([turn.say("check-similar"), *lines]))
    return turn.reply(text, ((turn.button("check-not-these", "flag-this"),),))


def _line(turn: Context, one: SimilarPost, verdict: Verdict) -> Html:
    said = verdict_in_short(verdict, one.case.code, turn.say)
    sources = [turn.say("verdict-source", url=url) for url in verdict.sources[:1]]
    parts = [said, *sources, say_differences(turn, one.differs)]
    if is_over(verdict, turn.now) and verdict.valid_until:
        parts.append(turn.say("verdict-over", when=turn.say.when(verdict.valid_until)))
    return Html("\n".join(filter(None, parts)))
