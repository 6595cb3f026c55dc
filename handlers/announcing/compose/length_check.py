"""Whether every member's copy fits into one message, in each language."""

from dataclasses import dataclass

from handlers.announcing.compose.fields import Ask
from handlers.announcing.drafts import Draft
from handlers.conversation.context import Context
from handlers.conversation.settings import LANGUAGES
from handlers.views.announcement import excess


@dataclass(frozen=True)
class Excess:
    """By how much a copy is too long for Telegram, and what to shorten."""

    over: int
    """UTF-16 code units."""
    language: str
    shorten: Ask


def worst_excess(context: Context, draft: Draft) -> Excess | None:
    """The copy that is too long by most; None when all fit."""
    found = [_excess(context, draft, language) for language in LANGUAGES]
    worst = max(found, key=lambda excess: excess.over)
    return worst if worst.over > 0 else None


def _excess(context: Context, draft: Draft, language: str) -> Excess:
    over = excess(draft.content, draft.public_number, context.speech(language))
    in_english = language == "en" and bool(draft.content.html_en)
    return Excess(over, language, Ask.ENGLISH_TEXT if in_english else Ask.TEXT)
