"""Inline queries: announcements to post in another chat.

Announcements are public, so anybody may ask. Queries are not stored, and Telegram is not asked to
report what was posted.
"""

from collections.abc import Sequence

from handlers.announcing.archive import is_meant_for, is_over
from handlers.conversation import Context, Html, Routes
from handlers.messages import Button, Message, Rows, Suggestion
from handlers.recognition.plain_text import plain
from handlers.sharing.kit import LINK_LIMIT, OfferedAnnouncement, disclosure
from handlers.views.announcement import Content, source_lines, unpack
from storage.announcements import published
from storage.models import MemberState

routes = Routes()

_MOST = 20
"""Suggestions in one answer; a phone shows about five, more words find the others."""


@routes.lookup()
async def find(context: Context) -> Sequence[Suggestion]:
    """The valid announcements that contain all typed words, the newest first.

    The number of an announcement finds that one alone.
    """
    words = plain(
        context.incoming.inline_search.words if context.incoming.inline_search else ""
    ).split()
    suggestions = []
    for one in await published.newest(context.tx):
        content = unpack(one.content)
        if _may_be_posted(context, content) and _matches(one.label, content, words):
            suggestions.append(_suggestion(context, OfferedAnnouncement(one.reference, content)))
    return [one for one in suggestions if words == [one.id]] or suggestions[:_MOST]


def _may_be_posted(context: Context, content: Content) -> bool:
    if is_over(content, context.now) or not content.is_for_sharing:
        return False
    return context.member is None or is_meant_for(content, context.member)


def _matches(label: str, content: Content, words: list[str]) -> bool:
    text = plain(" ".join((label, content.title, content.title_en, *content.facts, content.issuer)))
    return all(word in text for word in words)


def _suggestion(context: Context, offered: OfferedAnnouncement) -> Suggestion:
    content = offered.content.in_language(context.say.language)
    label = "announcement-head-urgent" if content.urgent else "announcement-head"
    key = "posting-urgent" if content.urgent else "posting-title"
    parts = [
        context.say(label, title=content.title),
        Html("\n".join([context.say("announcement-fact", fact=fact) for fact in content.facts])),
        source_lines(content, offered.which, context.say),
        context.say("posting-line", line=_line(context)),
    ]
    return Suggestion(
        id=offered.which.label,
        title=context.say.plain(key, title=content.title),
        description=" · ".join((*content.facts, content.issuer)),
        message=Message(Html("\n\n".join(part for part in parts if part)), _rows(context, content)),
    )


def _line(context: Context) -> str:
    """Who shares it and for whom: only a member can say that a member does."""
    member = context.member
    if member is not None and member.state is MemberState.ACTIVE:
        return disclosure(context.say, context.club)
    return context.say.plain(
        "posting-disclosure", club=context.club.name, operator=context.club.operator
    )


def _rows(context: Context, content: Content) -> Rows:
    if not content.source_url or len(content.source_url) > LINK_LIMIT:
        return ()
    return ((Button(context.say.plain("posting-source"), url=content.source_url),),)
