"""The card of a draft: every field as a button that shows its value, and what is still missing."""

from collections.abc import Callable, Mapping
from datetime import datetime

from handlers.announcing.compose.audience import people_reached, places
from handlers.announcing.compose.fields import Ask, Question, changeable, missing
from handlers.announcing.compose.source import host_of
from handlers.announcing.compose.text_fields import named_areas
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Speech
from handlers.messages import Button, Rows
from handlers.recognition.plain_text import shortened, visible
from handlers.views.announcement import Content
from handlers.views.small_counts import alone

_VALUE_CHARACTERS = 24
"""What two buttons beside each other leave for a value."""
_AREAS_SUGGESTED = 3


async def field_rows(context: Context, draft: Draft) -> Rows:
    """A button for each field that can be changed, two in a row."""
    buttons = [
        await _field_button(context, draft, question)
        for question in changeable(context, draft.content)
    ]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def edit_button(context: Context, draft: Draft, ask: Ask) -> Button:
    """A button that asks one question again, without its value."""
    return context.button(f"announcing-field-{ask.value}", "compose-edit", draft.id, ask.value)


async def _field_button(context: Context, draft: Draft, question: Question) -> Button:
    ask, content, say = question.ask, draft.content, context.say
    field, edit = (
        say.plain(f"announcing-field-{ask.value}"),
        ("compose-edit", draft.id, ask.value),
    )
    if question.is_missing(content):
        return context.button("announcing-card-missing", *edit, field=field)
    value = " ".join((await _value(context, content, ask)).split())
    key = "announcing-card-given" if value else "announcing-card-empty"
    return context.button(key, *edit, field=field, value=shortened(value, _VALUE_CHARACTERS))


def area_rows(context: Context, draft: Draft) -> Rows:
    """A button for each area that the text names, while the announcement is for everyone."""
    content, areas = draft.content, context.club.areas
    if content.areas or draft.is_correction:
        return ()
    named = named_areas(content, context.club)[:_AREAS_SUGGESTED]
    return tuple(
        (
            context.button(
                "announcing-area-suggested",
                "compose-area",
                draft.id,
                draft.version,
                at,
                area=area.name,
            ),
        )
        for at, area in enumerate(areas)
        if area.id in named
    )


def missing_line(context: Context, content: Content) -> list[Html]:
    """What has to be filled in before it can be submitted; empty if nothing."""
    fields = [
        context.say.plain(f"announcing-field-{q.ask.value}") for q in missing(context, content)
    ]
    return [context.say("announcing-missing", fields=", ".join(fields))] if fields else []


def written(content: Content, ask: Ask, say: Speech) -> str:
    """The present answer as it could be typed again; empty if there is none, or it has buttons."""
    writing = _WRITTEN.get(ask)
    return writing(content, say) if writing else ""


def shown(content: Content, ask: Ask, context: Context) -> str:
    """The present answer in a few words; empty if there is none."""
    if ask is Ask.AREAS:
        return places(context.club, content, context.say)
    chosen = _CHOSEN.get(ask)
    return chosen(content, context.say) if chosen else written(content, ask, context.say)


async def _value(context: Context, content: Content, ask: Ask) -> str:
    if ask is not Ask.AREAS:
        return shown(content, ask, context)
    count = await people_reached(context, content)
    return context.say.plain("announcing-card-people", people=alone(count).said(context.say))


def _typed_time(moment: datetime | None, say: Speech) -> str:
    """`19:00 15/3/2026`: `time_parser` reads it as this time in every language."""
    return say.typed_time(moment) if moment else ""


def _source(content: Content, _say: Speech) -> str:
    return " ".join(filter(None, (content.source_url, content.source_ref)))


def _yes_or_no(say: Speech, *, is_yes: bool) -> str:
    return say.plain("announcing-yes" if is_yes else "announcing-no")


def _media(content: Content, say: Speech) -> str:
    if content.album:
        return say.plain("announcing-card-album", count=str(len(content.album)))
    return say.plain(f"announcing-card-{content.media.kind.value}") if content.media else ""


def _repeat(content: Content, say: Speech) -> str:
    return say.plain(f"announcing-card-{content.repeat.value if content.repeat else 'once'}")


def _send_at(content: Content, say: Speech) -> str:
    return _typed_time(content.send_at, say) or say.plain("announcing-card-now")


_Showing = Callable[[Content, Speech], str]
_WRITTEN: Mapping[Ask, _Showing] = {
    Ask.TITLE: lambda c, _say: c.title,
    Ask.TEXT: lambda c, _say: visible(c.html),
    Ask.FACTS: lambda c, _say: "\n".join(c.facts),
    Ask.ISSUER: lambda c, _say: c.issuer,
    Ask.SOURCE: _source,
    Ask.VALID_UNTIL: lambda c, say: _typed_time(c.valid_until, say),
    Ask.ENGLISH_TITLE: lambda c, _say: c.title_en,
    Ask.ENGLISH_TEXT: lambda c, _say: visible(c.html_en),
    Ask.SEND_AT: lambda c, say: _typed_time(c.send_at, say),
    Ask.REPEAT_UNTIL: lambda c, say: _typed_time(c.repeat_until, say),
}
_CHOSEN: Mapping[Ask, _Showing] = {
    Ask.MEDIA: _media,
    Ask.SOURCE: lambda c, _say: host_of(c.source_url) if c.source_url else c.source_ref,
    Ask.URGENT: lambda c, say: _yes_or_no(say, is_yes=c.urgent),
    Ask.SEND_AT: _send_at,
    Ask.REPEAT: _repeat,
    Ask.PREVIEW: lambda c, say: _yes_or_no(say, is_yes=c.preview),
    Ask.PROOFS: lambda c, say: _yes_or_no(say, is_yes=c.proofs),
    Ask.OFFICERS_ONLY: lambda c, say: _yes_or_no(say, is_yes=c.officers_only),
}
"""Where a button says it otherwise than a person would type it."""
