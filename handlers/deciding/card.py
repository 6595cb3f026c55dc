"""A case as an officer sees it: the post, its category, how many sent it in, the day."""

import re
from collections.abc import Iterator

from handlers.deciding.held import is_free, is_mine
from handlers.flagging.post import Post, unpack
from handlers.flagging.showing import links_behind_words, untappable
from handlers.messages import Reply, Rows
from handlers.speech import Html
from handlers.turn import Turn
from handlers.verdict import say_day, verdict_text
from storage import cases, posts
from storage.models import Case, CaseState

_PIECE_CHARACTERS = 2000
"""Fits into one message even when every character counts twice (4,096 UTF-16 units)."""
_BESIDE_CHARACTERS = 1500
"""The same with a card, or with a question and its answer, in the message."""


async def card(turn: Turn, case: Case) -> tuple[Html, Rows]:
    """The facts of the case and what this officer can do with it."""
    text = turn.say(
        "case-card",
        code=case.code,
        category=turn.say(f"flag-category-{case.category.value}"),
        flags=case.flags,
        day=say_day(case.opened_on, turn.club, turn.say),
        state=turn.say(_state(turn, case)),
    )
    verdict = await cases.newest_verdict(turn.tx, case)
    if verdict:
        text = Html(f"{text}\n\n{verdict_text(verdict, case.code, turn.say)}")
    free = await is_free(turn, case)
    rows = _rows(turn, case, free=free, has_verdict=verdict is not None)
    return await with_post(turn, case, text), rows


async def with_post(turn: Turn, case: Case, text: Html) -> Html:
    """The text and under it the words of the post, which so leave the chat when it is replaced."""
    post = await _post(turn, case)
    if post is None or not _words(post) or not await _is_beside(turn, case, post):
        return text
    return Html(f"{text}\n\n{turn.say('case-post', text=untappable(_words(post)))}")


async def show_above(turn: Turn, case: Case) -> list[Reply]:
    """What of the post does not go into the card: its pictures, and words too long for it."""
    post = await _post(turn, case)
    if post is None:
        return []
    pictures = [
        turn.reply(turn.say("case-media", code=case.code), media=media) for media in post.media
    ]
    if await _is_beside(turn, case, post):
        return pictures
    return pictures + [turn.reply(piece) for piece in _pieces(_words(post))]


async def _is_beside(turn: Turn, case: Case, post: Post) -> bool:
    """Whether the words fit beside the rest; a verdict may need all the room itself."""
    short = len(_words(post)) <= _BESIDE_CHARACTERS
    return short and await cases.newest_verdict(turn.tx, case) is None


async def _post(turn: Turn, case: Case) -> Post | None:
    content = await posts.first_content(turn.tx, case)
    return unpack(content) if content else None


def _words(post: Post) -> str:
    return "\n".join(filter(None, [post.text.strip(), *links_behind_words(post)]))


def _pieces(text: str) -> Iterator[Html]:
    """The text in messages that fit, its links as mere text."""
    while text := text.strip():
        end = len(text) if len(text) <= _PIECE_CHARACTERS else _break(text)
        yield untappable(text[:end])
        text = text[end:]


def _break(text: str) -> int:
    spaces = [match.end() for match in re.finditer(r"\s", text[:_PIECE_CHARACTERS])]
    return spaces[-1] if spaces else _PIECE_CHARACTERS


def _state(turn: Turn, case: Case) -> str:
    if case.state is CaseState.IN_REVIEW:
        return "case-state-mine" if is_mine(turn, case) else "case-state-taken"
    return f"case-state-{case.state.value}"


def _rows(turn: Turn, case: Case, *, free: bool, has_verdict: bool) -> Rows:
    back = (turn.button("case-to-queue", "queue", 0),)
    if free:
        take = "case-reopen" if has_verdict else "case-take"
        return ((turn.button(take, "casetake", case.code),), back)
    if not is_mine(turn, case):
        return (back,)
    closing = () if has_verdict else (turn.button("case-scope", "casescope", case.code),)
    return (
        (turn.button("case-decide", "decide", case.code),),
        (*closing, turn.button("case-return", "casereturn", case.code)),
        back,
    )
