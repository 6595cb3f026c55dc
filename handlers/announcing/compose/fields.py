"""What is asked to make an announcement, in order. Adding a question is adding it to the list."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from handlers.announcing.compose import parsing, suggestions
from handlers.announcing.compose.suggestions import Pick
from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.views.announcement import Content


class Ask(StrEnum):
    """The questions; `announcing-ask-…` is how each is put, `announcing-field-…` what it is called."""

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
    CAMPAIGN = "campaign"


async def _nothing_more(_turn: Context, _content: Content) -> Html:
    return Html("")


@dataclass(frozen=True)
class Question:
    """One question, and everything that makes it different from the others."""

    ask: Ask
    read: Callable[[Context, Content], Content]
    """Takes what was typed or sent; raises UserError."""
    given: Callable[[Content], bool] | None = None
    """Whether there is an answer that can be kept; None: once it has been answered."""
    without: Callable[[Content], Content] | None = None
    """Leaves it out; None for a question that has to be answered."""
    skip_label: str = "announcing-skip"
    picks: Callable[[Context, Content], list[Pick]] = lambda _turn, _content: []
    typed: Callable[[str], str | None] = lambda _text: None
    """The pick that was typed instead of tapped."""
    choose: Callable[[Context, Content, str], Content] = lambda _turn, content, _value: content
    refused: str = ""
    """The pick that this channel turns down."""
    enough: Callable[[Content], bool] = lambda _content: True
    """False: more can follow, until the author says it is done."""
    applies: Callable[[Context, Content], bool] = lambda _turn, _content: True
    wording: bool = False
    """Whether it changes what is said, so that campaigning has to be asked about again."""
    detail: Callable[[Context, Content], Awaitable[Html]] = _nothing_more
    echo: Callable[[Content], datetime | None] = lambda _content: None
    """A moment that was read, to be shown back in full."""
    on_request: bool = False
    """Never asked by itself: only when the author wants to change it."""
    needed: Callable[[Content], bool] = lambda _content: False
    """Whether it cannot be left out, although it otherwise may."""

    def may_be_skipped(self, content: Content) -> bool:
        """Whether the author may leave it out."""
        return self.without is not None and not self.needed(content)

    def has_answer(self, content: Content) -> bool:
        return self.given(content) if self.given else self.ask in content.answered

    def is_open(self, content: Content) -> bool:
        """Whether it still has to be put to the author."""
        if self.on_request:
            return False
        required = self.without is None or self.needed(content)
        return self.ask not in content.answered or (required and not self.has_answer(content))

    def settled(self, content: Content) -> Content:
        """Marked as answered."""
        return replace(content, answered=tuple(sorted({*content.answered, self.ask.value})))

    def reopened(self, content: Content) -> Content:
        """Marked as not answered, so that it is asked again."""
        answered = {*content.answered} - {self.ask.value}
        return replace(content, answered=tuple(sorted(answered)))

    def touched(self, content: Content) -> Content:
        """After a new answer: settled or still gathering, and its wording to be judged again."""
        if self.wording:
            content = question_named(Ask.CAMPAIGN).reopened(content)
        return self.settled(content) if self.enough(content) else self.reopened(content)


QUESTIONS = (
    Question(Ask.TITLE, parsing.title, lambda c: bool(c.title), wording=True),
    Question(Ask.TEXT, parsing.text, lambda c: bool(c.html), wording=True),
    Question(
        Ask.FACTS,
        parsing.facts,
        lambda c: bool(c.facts),
        without=lambda c: replace(c, facts=()),
        enough=lambda c: len(c.facts) == parsing.MOST_FACTS,
        detail=suggestions.facts_so_far,
        wording=True,
    ),
    Question(
        Ask.MEDIA,
        parsing.media,
        lambda c: bool(c.media or c.album),
        without=lambda c: replace(c, media=None, album=()),
        enough=lambda c: not c.album,
        detail=suggestions.album_so_far,
        wording=True,
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
        choose=lambda _turn, c, value: replace(c, urgent=value == "yes"),
    ),
    Question(
        Ask.ENGLISH_TITLE,
        parsing.english_title,
        lambda c: bool(c.title_en),
        without=lambda c: replace(c, title_en="", html_en=""),
        wording=True,
    ),
    Question(
        Ask.ENGLISH_TEXT,
        parsing.english_text,
        lambda c: bool(c.html_en),
        applies=lambda _turn, c: bool(c.title_en),
        wording=True,
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
        choose=lambda _turn, c, _value: replace(c, send_at=None),
        echo=lambda c: c.send_at,
    ),
    Question(
        Ask.REPEAT,
        parsing.by_button,
        picks=suggestions.repeat_picks,
        choose=suggestions.choose_repeat,
        applies=lambda _turn, c: c.send_at is not None,
    ),
    Question(
        Ask.REPEAT_UNTIL,
        parsing.repeat_until,
        lambda c: c.repeat_until is not None,
        applies=lambda _turn, c: c.send_at is not None and c.repeat is not None,
        echo=lambda c: c.repeat_until,
    ),
    Question(
        Ask.PREVIEW,
        parsing.by_button,
        lambda _c: True,
        picks=suggestions.yes_or_no,
        typed=parsing.yes_or_no,
        choose=lambda _turn, c, value: replace(c, preview=value == "yes"),
        applies=lambda _turn, c: c.media is None,
        on_request=True,
    ),
    Question(
        Ask.PROOFS,
        parsing.by_button,
        lambda _c: True,
        picks=suggestions.yes_or_no,
        typed=parsing.yes_or_no,
        choose=lambda _turn, c, value: replace(c, proofs=value == "yes"),
        on_request=True,
    ),
    Question(
        Ask.CAMPAIGN,
        parsing.by_button,
        picks=suggestions.yes_or_no,
        typed=parsing.yes_or_no,
        refused="yes",
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
        Ask.CAMPAIGN,
    }
)
"""What can still be changed in copies that members have."""
_BY_NAME = {question.ask.value: question for question in QUESTIONS}


def question_named(name: str) -> Question:
    """The question of this name.

    Raises:
        UserError: there is none, as in a forged button.
    """
    if name not in _BY_NAME:
        raise UserError("button-unknown")
    return _BY_NAME[name]


def asked(context: Context, content: Content) -> list[Question]:
    """The questions that this announcement, or this correction of one, needs; in order."""
    return [question for question in changeable(context, content) if not question.on_request]


def changeable(context: Context, content: Content) -> list[Question]:
    """The same, with what is only asked when the author wants to change it."""
    needed = [question for question in QUESTIONS if question.applies(context, content)]
    return [q for q in needed if not content.corrected or q.ask in _CORRECTABLE]


def first_open(context: Context, content: Content) -> Question | None:
    """What has to be asked next; None when everything is there."""
    return next((q for q in asked(context, content) if q.is_open(content)), None)
