"""For whoever approves: who wrote a draft, and what it changes.

A later version is compared with the one submitted first, a correction with the announcement sent.
"""

from collections.abc import Iterator
from html import escape

from handlers.announcing.compose.card import shown, written
from handlers.announcing.compose.fields import Ask
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html
from handlers.recognition.plain_text import shortened
from handlers.views.announcement import Content, unpack
from handlers.views.word_changes import ChangedPlace, changed_places
from storage.announcements import announcements
from storage.members import members

_SHOWN = 80
"""Characters of an old or a new value."""
_CHANGES_MAX = 4
"""Changed places of one text that are shown."""
_WORDED = frozenset({Ask.TITLE, Ask.TEXT, Ask.FACTS, Ask.ENGLISH_TITLE, Ask.ENGLISH_TEXT})
"""Fields that are compared word by word."""


async def lines(context: Context, draft: Draft) -> list[Html]:
    """The author's name, and a line for each changed field."""
    before = await _compared_with(context, draft)
    changes = list(_changes(before, draft.content, context)) if before else []
    head = [context.say("announcing-changes")] if changes else []
    return [*await _author(context, draft), *head, *changes]


async def _author(context: Context, draft: Draft) -> list[Html]:
    author_id = draft.announcement.author_id
    if author_id is None:
        return []
    name = members.name_of(context.tx, await members.get(context.tx, author_id))
    return [context.say("announcing-written-by", name=name)] if name else []


async def _compared_with(context: Context, draft: Draft) -> Content | None:
    """The content that the approver may know; None if there is none."""
    if draft.announcement.corrects_id is not None:
        original = await announcements.find(context.tx, draft.announcement.corrects_id)
        version = await announcements.version_of(context.tx, original) if original else None
    elif draft.version > 1:
        version = await announcements.first_submitted(context.tx, draft.id)
    else:
        version = None
    return unpack(version.content) if version else None


def _changes(before: Content, after: Content, context: Context) -> Iterator[Html]:
    say = context.say
    for ask in Ask:
        field = say.plain(f"announcing-field-{ask.value}")
        old, new = (
            (
                shown(content, ask, context)
                if ask not in _WORDED
                else written(content, ask, context.say)
            )
            for content in (before, after)
        )
        if old != new and ask in _WORDED:
            yield say("announcing-change-words", field=field, changed=Html(word_changes(old, new)))
        elif old != new:
            values = {"old": shortened(old, _SHOWN) or "–", "new": shortened(new, _SHOWN) or "–"}
            yield say("announcing-change", field=field, **values)
        elif _hidden(before, ask) != _hidden(after, ask):
            yield say("announcing-change-hidden", field=field)


def _hidden(content: Content, ask: Ask) -> object:
    """What a field holds besides its words: another file, formatting, the target of a link."""
    if ask is Ask.MEDIA:
        return content.media, content.album
    return {Ask.TEXT: content.html, Ask.ENGLISH_TEXT: content.html_en}.get(ask)


def word_changes(old: str, new: str) -> str:
    """The changed places as HTML, old words struck out, with a few words around them."""
    places = [_marked_place(place) for place in changed_places(old, new)]
    return "; ".join([*places[:_CHANGES_MAX], *(["…"] if len(places) > _CHANGES_MAX else [])])


def _marked_place(place: ChangedPlace) -> str:
    marked = (_marked("s", place.removed), _marked("b", place.added))
    return " ".join(filter(None, (_plain(place.before), *marked, _plain(place.behind))))


def _plain(words: str) -> str:
    return escape(shortened(words, _SHOWN), quote=False)


def _marked(tag: str, words: str) -> str:
    return f"<{tag}>{_plain(words)}</{tag}>" if words else ""
