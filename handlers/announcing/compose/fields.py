"""The questions of an announcement, in order. A new question is a new entry of `QUESTIONS`.

Campaigning is asked about at submission (`handlers.announcing.compose.campaign`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.announcing.compose import parsing, suggestions
from handlers.announcing.compose.suggestions import Pick
from handlers.conversation import Context, Html, require
from handlers.views.announcement import Content


class Ask(StrEnum):
    """The questions; their sentences are `announcing-ask-…`, their labels `announcing-field-…`."""

    TITLE = "title"
    TEXT = "text"
    FACTS = "facts"
    MEDIA = "media"
    ISSUER = "issuer"
    SOURCE = "source"
    VALID_UNTIL = "valid-until"
    URGENT = "urgent"
    ENGLISH_TITLE = "english-title"
    ENGLISH_TEXT = "english-text"
    AREAS = "areas"
    SEND_AT = "send-at"
    REPEAT = "repeat"
    REPEAT_UNTIL = "repeat-until"
    PREVIEW = "preview"
    PROOFS = "proofs"
    OFFICERS_ONLY = "officers-only"


async def _no_detail(_context: Context, _content: Content) -> Html:
    return Html("")


@dataclass(frozen=True)
class Question:
    """One question: how its answer is read, offered, left out and judged complete."""

    ask: Ask
    read: Callable[[Context, Content], Content]
    """Reads the message into the content; raises UserError if it cannot."""
    is_given: Callable[[Content], bool] | None = None
    """Whether there is an answer to keep; None: if it is among `Content.answered`."""
    without: Callable[[Content], Content] | None = None
    """Removes the answer; None for a question that must be answered."""
    skip_label: str = "announcing-skip"
    picks: Callable[[Context, Content], list[Pick]] = lambda _context, _content: []
    typed: Callable[[str], str | None] = lambda _text: None
    """The value of the pick that was typed instead of pressed."""
    choose: Callable[[Context, Content, str], Content] = lambda _context, content, _value: content
    enough: Callable[[Content], bool] = lambda _content: True
    """Whether the answer is complete; else more can follow until the author ends it."""
    applies: Callable[[Context, Content], bool] = lambda _context, _content: True
    detail: Callable[[Context, Content], Awaitable[Html]] = _no_detail
    echo: Callable[[Content], datetime | None] = lambda _content: None
    """The parsed time, to be shown in full; None for answers without a time."""
    on_request: bool = False
    """Asked only when the author wants to change it."""
    needed: Callable[[Content], bool] = lambda _content: False
    """Whether this content makes an optional question mandatory."""

    def may_be_skipped(self, content: Content) -> bool:
        """Whether the author may leave it out."""
        return self.without is not None and not self.needed(content)

    def has_answer(self, content: Content) -> bool:
        """Whether the content has a value for it, or the author chose to leave it out."""
        return self.is_given(content) if self.is_given else self.ask in content.answered

    def is_missing(self, content: Content) -> bool:
        """Whether it must have an answer and has none."""
        return (
            not self.on_request
            and not self.has_answer(content)
            and (self.without is None or self.needed(content))
        )

    def is_open(self, content: Content) -> bool:
        """Whether it must still be asked."""
        is_unasked = not self.on_request and self.ask not in content.answered
        return is_unasked or self.is_missing(content)

    def settled(self, content: Content) -> Content:
        """Marked as answered."""
        return replace(content, answered=tuple(sorted({*content.answered, self.ask.value})))

    def reopened(self, content: Content) -> Content:
        """Marked as not answered, so that it is asked again."""
        return replace(content, answered=tuple(sorted({*content.answered} - {self.ask.value})))

    def touched(self, content: Content) -> Content:
        """The content after a new answer."""
        return self.settled(content) if self.enough(content) else self.reopened(content)


def _switch(
    ask: Ask,
    turn: Callable[[Content, bool], Content],
    *,
    applies: Callable[[Context, Content], bool] = lambda _context, _content: True,
    detail: Callable[[Context, Content], Awaitable[Html]] = _no_detail,
) -> Question:
    """A question of yes or no that has an answer from the start and is asked only on request."""
    return Question(
        ask,
        parsing.by_button,
        lambda _c: True,
        picks=suggestions.yes_or_no,
        typed=parsing.yes_or_no,
        choose=lambda _context, c, value: turn(c, value == "yes"),
        applies=applies,
        detail=detail,
        on_request=True,
    )


QUESTIONS = (
    Question(Ask.TITLE, parsing.title, lambda c: bool(c.title)),
    Question(Ask.TEXT, parsing.text, lambda c: bool(c.html)),
    Question(
        Ask.FACTS,
        parsing.facts,
        lambda c: bool(c.facts),
        without=lambda c: replace(c, facts=()),
        enough=lambda c: len(c.facts) == parsing.MOST_FACTS,
        detail=suggestions.facts_so_far,
    ),
    Question(
        Ask.MEDIA,
        parsing.media,
        lambda c: bool(c.media or c.album),
        without=lambda c: replace(c, media=None, album=()),
        enough=lambda c: not c.album,
        detail=suggestions.album_so_far,
    ),
    Question(
        Ask.ISSUER,
        parsing.issuer,
        lambda c: bool(c.issuer),
        picks=suggestions.issuer_picks,
        choose=suggestions.choose_issuer,
    ),
    Question(Ask.SOURCE, parsing.source, lambda c: bool(c.source_url or c.source_ref)),
    Question(
        Ask.VALID_UNTIL,
        parsing.valid_until,
        lambda c: c.valid_until is not None,
        without=lambda c: replace(c, valid_until=None),
        skip_label="announcing-no-end",
        needed=lambda c: c.repeat is not None,
        detail=suggestions.why_an_end,
        picks=suggestions.valid_until_picks,
        choose=suggestions.choose_valid_until,
        echo=lambda c: c.valid_until,
    ),
    Question(
        Ask.URGENT,
        parsing.by_button,
        picks=suggestions.yes_or_no,
        typed=parsing.yes_or_no,
        choose=lambda _context, c, value: replace(c, urgent=value == "yes"),
    ),
    Question(
        Ask.ENGLISH_TITLE,
        parsing.english_title,
        lambda c: bool(c.title_en),
        without=lambda c: replace(c, title_en="", html_en=""),
    ),
    Question(
        Ask.ENGLISH_TEXT,
        parsing.english_text,
        lambda c: bool(c.html_en),
        applies=lambda _context, c: bool(c.title_en),
    ),
    Question(
        Ask.AREAS,
        parsing.by_button,
        lambda _c: True,
        picks=suggestions.area_picks,
        choose=suggestions.toggle_area,
        enough=lambda _c: False,
        applies=lambda context, _c: bool(context.club.areas),
        detail=suggestions.audience_so_far,
    ),
    Question(
        Ask.SEND_AT,
        parsing.send_at,
        picks=suggestions.now,
        choose=lambda _context, c, _value: replace(c, send_at=None),
        echo=lambda c: c.send_at,
    ),
    Question(
        Ask.REPEAT,
        parsing.by_button,
        picks=suggestions.repeat_picks,
        choose=suggestions.choose_repeat,
        applies=lambda _context, c: c.send_at is not None,
    ),
    Question(
        Ask.REPEAT_UNTIL,
        parsing.repeat_until,
        lambda c: c.repeat_until is not None,
        applies=lambda _context, c: c.send_at is not None and c.repeat is not None,
        echo=lambda c: c.repeat_until,
    ),
    _switch(
        Ask.PREVIEW,
        lambda c, is_on: replace(c, preview=is_on),
        applies=lambda _context, c: c.media is None,
    ),
    _switch(Ask.PROOFS, lambda c, is_on: replace(c, proofs=is_on)),
    _switch(
        Ask.OFFICERS_ONLY,
        lambda c, is_on: replace(c, officers_only=is_on),
        detail=suggestions.audience_so_far,
    ),
)
_CORRECTABLE = frozenset(
    {
        Ask.TITLE,
        Ask.TEXT,
        Ask.FACTS,
        Ask.ISSUER,
        Ask.SOURCE,
        Ask.VALID_UNTIL,
        Ask.ENGLISH_TITLE,
        Ask.ENGLISH_TEXT,
    }
)
"""What a correction can change in delivered copies."""
_BY_NAME = {question.ask.value: question for question in QUESTIONS}


def question_named(name: str) -> Question:
    """The question of this name.

    Raises:
        UserError: there is none, as in a forged button.
    """
    require(name in _BY_NAME, "button-unknown")
    return _BY_NAME[name]


def asked(context: Context, content: Content) -> list[Question]:
    """The questions that apply to this announcement or correction, in order."""
    return [question for question in changeable(context, content) if not question.on_request]


def changeable(context: Context, content: Content) -> list[Question]:
    """All questions that apply, in order, those asked only on request included."""
    needed = [question for question in QUESTIONS if question.applies(context, content)]
    return [q for q in needed if not content.corrected or q.ask in _CORRECTABLE]


def missing(context: Context, content: Content) -> list[Question]:
    """The questions without which it cannot be submitted."""
    return [question for question in asked(context, content) if question.is_missing(content)]


def with_defaults(context: Context, content: Content) -> Content:
    """The content with every question that has a default answered by it; what is required and
    missing stays open. The issuer of a club that has only one is that one."""
    issuers = context.club.issuers
    issuer = content.issuer or (issuers[0] if len(issuers) == 1 else "")
    answered = {*content.answered, *(ask.value for ask in Ask)}
    return replace(content, issuer=issuer, answered=tuple(sorted(answered)), is_stepwise=False)


def first_open(context: Context, content: Content) -> Question | None:
    """The next question to ask; None if every question is answered."""
    return next((q for q in asked(context, content) if q.is_open(content)), None)
