"""The card of a case for officers: the post, its category, how many sent it in, the day."""

import re
from collections.abc import Iterator
from dataclasses import replace

from handlers.conversation import Context, Html
from handlers.deciding.access import is_free, is_mine
from handlers.deciding.card_details import details
from handlers.flagging.post import FlaggedPost, unpack
from handlers.flagging.post_text import links_behind_words, payments, read_in_pictures
from handlers.messages import Button, ButtonStyle, Media, Reply, Rows
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import TEXT_LIMIT
from handlers.views.defang import defang
from handlers.views.verdict import say_day, verdict_text
from storage.cases import cases, posts, verdict_proposals
from storage.database import batch_clock
from storage.members import members
from storage.models import Case, CaseState

_PIECE_CHARACTERS = 2000
"""Fits into one message even when every character counts twice (4,096 UTF-16 units)."""
_ON_CARD_CHARACTERS = 1500
"""The same on a card, or with a question and its answer, in the message."""


async def card(context: Context, case: Case) -> tuple[Html, Rows]:
    """The facts of the case and what this officer can do with it."""
    facts = context.say(
        "case-card",
        code=case.code,
        category=context.say(f"flag-category-{case.category.value}"),
        flags=batch_clock.shown_count(context.tx, case),
        day=say_day(case.opened_on, context.club, context.say),
        state=await _state(context, case),
    )
    verdict = await cases.newest_verdict(context.tx, case)
    decided = [verdict_text(verdict, case.code, context.say, now=context.now)] if verdict else []
    parts = await details(context, case)
    while True:  # details are dropped from the end until facts and verdict fit
        text = await with_post(context, case, Html("\n\n".join([facts, *parts, *decided])))
        if not parts or visible_length(text) <= TEXT_LIMIT:
            return text, await _rows(context, case)
        parts.pop()


async def with_post(context: Context, case: Case, text: Html) -> Html:
    """The text with the post below it, so that the post disappears when the message is replaced."""
    post = await _post(context, case)
    if post is None or not _post_text(context, post) or not _fits_card(context, case, post):
        return text
    return Html(f"{text}\n\n{context.say('case-post', text=defang(_post_text(context, post)))}")


async def show_above(context: Context, case: Case) -> list[Reply]:
    """The parts of the post that are not on the card: its pictures, and a text too long for it."""
    post = await _post(context, case)
    if post is None:
        return []
    pictures = [_stripped_file(context, case, media) for media in post.media]
    if _fits_card(context, case, post):
        return pictures
    return pictures + [context.reply(piece) for piece in _pieces(_post_text(context, post))]


def _stripped_file(context: Context, case: Case, media: Media) -> Reply:
    """The file, to be sent without name and metadata, which may identify who sent it in."""
    return replace(
        context.reply(context.say("case-media", code=case.code), media=media),
        strip_or=context.say("case-media-held-back", code=case.code),
    )


def _fits_card(context: Context, case: Case, post: FlaggedPost) -> bool:
    """Whether the post fits on the card; with a verdict there is no room."""
    return len(_post_text(context, post)) <= _ON_CARD_CHARACTERS and not case.verdict_version


async def _post(context: Context, case: Case) -> FlaggedPost | None:
    content = await posts.first_content(context.tx, case)
    return unpack(content) if content else None


def _post_text(context: Context, post: FlaggedPost) -> str:
    say = context.say
    lines = [
        post.text.strip(),
        *read_in_pictures(post, say),
        *links_behind_words(post),
        *payments(post, say),
    ]
    return "\n".join(filter(None, lines))


def _pieces(text: str) -> Iterator[Html]:
    """The text in pieces that fit into one message each, with links defanged."""
    while text := text.strip():
        end = len(text) if len(text) <= _PIECE_CHARACTERS else _last_break(text)
        yield defang(text[:end])
        text = text[end:]


def _last_break(text: str) -> int:
    spaces = [match.end() for match in re.finditer(r"\s", text[:_PIECE_CHARACTERS])]
    return spaces[-1] if spaces else _PIECE_CHARACTERS


async def _state(context: Context, case: Case) -> Html:
    """Who has taken it, and since when."""
    if case.state not in cases.TAKEN or case.officer_id is None or case.taken_at is None:
        return context.say(f"case-state-{case.state.value}")
    since = context.say.when(case.taken_at)
    waiting = context.say("case-state-waiting") if case.state is CaseState.WAITING else Html()
    if is_mine(context, case):
        holder = context.say("case-state-mine", since=since)
    else:
        name = members.name_of(context.tx, await members.get(context.tx, case.officer_id))
        holder = context.say("case-state-taken", name=name, since=since)
    return Html("\n".join(filter(None, [holder, waiting])))


async def _rows(context: Context, case: Case) -> Rows:
    back = (context.button("case-to-queue", "queue", 0), *context.home_row()[0])
    actions = await _action_rows(context, case)
    if await _may_answer_club(context, case):
        answer = context.button(
            "imitation-answer", "imitation-answer", case.code, style=ButtonStyle.PRIMARY
        )
        actions = ((answer,), *actions)
    if proposal := await verdict_proposals.waiting(context.tx, case):
        key = "approve-see-own" if proposal.officer_id == context.member_id else "approve-see"
        actions = ((context.button(key, "verdictsee", case.code),), *actions)
    return (*actions, back)


async def _may_answer_club(context: Context, case: Case) -> bool:
    """Whether it is a forged text that this officer may answer to the whole club."""
    if case.verdict_version or not (is_mine(context, case) or await is_free(context, case)):
        return False
    post = await _post(context, case)
    return post is not None and post.imitates > 0


async def _action_rows(context: Context, case: Case) -> Rows:
    more = context.button("case-more", "casemore", case.code)
    if await is_free(context, case):
        take = "case-reopen" if case.verdict_version else "case-take"
        taking = (context.button(take, "casetake", case.code),)
        if case.verdict_version:
            return (taking, (context.button("case-announce", "caseannounce", case.code), more))
        return ((context.button("case-decide", "decide", case.code),), (*taking, more))
    if case.state not in cases.TAKEN:
        return ()
    return _holder_rows(context, case, more) if is_mine(context, case) else ((more,),)


def _holder_rows(context: Context, case: Case, more: Button) -> Rows:
    give_back = context.button("case-return", "casereturn", case.code)
    if case.state is CaseState.WAITING:
        return ((context.button("case-go-on", "casegoon", case.code),), (give_back, more))
    scope = context.button("case-scope", "casescope", case.code)
    return (
        (context.button("case-decide", "decide", case.code),),
        (give_back,) if case.verdict_version else (scope, give_back),
        (context.button("case-wait", "casewait", case.code), more),
    )
