"""The notice of a correction: which words of the announcement changed.

Whoever read the wrong hour keeps it in mind, so the notice names the old words and the new ones.
"""

from collections.abc import Callable, Iterator, Mapping
from html import escape

from handlers.conversation import Html, Speech
from handlers.messages import Button, Message, lasting
from handlers.recognition.plain_text import opening_words, visible
from handlers.views.announcement import Content
from handlers.views.word_changes import ChangedPlace, changed_places
from storage.announcements.references import Reference

_PLACES_MAX = 3
"""Changed places that are shown; of more, only the fields are named."""
_READ: Mapping[str, Callable[[Content], object]] = {
    "title": lambda content: content.title,
    "text": lambda content: content.html,
    "facts": lambda content: content.facts,
    "english-title": lambda content: content.title_en,
    "english-text": lambda content: content.html_en,
    "issuer": lambda content: content.issuer,
    "source": lambda content: (content.source_url, content.source_ref),
    "valid-until": lambda content: content.valid_until,
}
"""What members read of an announcement, by the name of its field (`announcing-field-…`)."""
_SHOWN = 60
"""Characters of the old or the new words of one place."""


def notice(before: Content, content: Content, which: Reference, say: Speech) -> Message:
    """The notice to everyone who was sent `before`; silent unless it is urgent."""
    title = content.in_language(say.language).title
    head = say("correction-notice", number=which.label, title=title)
    parts = (head, _changes(before, content, say), say("correction-notice-reread"))
    text = Html("\n".join(filter(None, parts)))
    read = Button(say.plain("correction-read"), action=f"read:{which.id}")
    return lasting(Message(text, ((read,),), silent=not content.urgent))


def _changes(before: Content, after: Content, say: Speech) -> Html:
    """What changed for a reader of this language: a few places word by word, of many the fields."""
    places = [
        *_word_places(before.in_language(say.language), after.in_language(say.language), say),
        *_value_places(before, after, say),
    ]
    if len(places) == 1:
        return say("correction-notice-changed", places=Html(f" {places[0]}"))
    if 1 < len(places) <= _PLACES_MAX:
        lines = (say("correction-notice-place", place=place) for place in places)
        return say("correction-notice-changed", places=Html("\n" + "\n".join(lines)))
    fields = [say.plain(f"announcing-field-{field}") for field in _changed_fields(before, after)]
    return say("correction-notice-fields", fields=", ".join(fields)) if fields else Html()


def _word_places(before: Content, after: Content, say: Speech) -> list[Html]:
    """The changed places of title, text and key facts; a change made in several is shown once."""
    once: dict[tuple[str, str], ChangedPlace] = {}
    for old, new in zip(_texts(before), _texts(after), strict=True):
        for place in changed_places(old, new):
            once.setdefault((place.removed, place.added), place)
    return [_place(place, say) for place in once.values()]


def _texts(content: Content) -> tuple[str, str, str]:
    return content.title, visible(content.html), "\n".join(content.facts)


def _place(place: ChangedPlace, say: Speech) -> Html:
    words = {"before": place.before, "behind": place.behind}
    if place.removed and place.added:
        old, new = _shown(place.removed), _shown(place.added)
        return _trimmed(say("correction-notice-replaced", old=old, new=new, **words))
    if place.added:
        return _trimmed(say("correction-notice-added", new=_shown(place.added), **words))
    return _trimmed(say("correction-notice-removed", old=_shown(place.removed), **words))


def _trimmed(text: Html) -> Html:
    """Without the spaces around a part that is empty."""
    return Html(" ".join(text.split()))


def _shown(words: str) -> str:
    """The words, in quotes if there are several: plain text shows no formatting."""
    shown = opening_words(words, _SHOWN)
    return f"“{shown}”" if " " in shown else shown


def _value_places(before: Content, after: Content, say: Speech) -> Iterator[Html]:
    """The issuer, the source and the end of validity, where they changed."""
    earlier, later = _values(before, say), _values(after, say)
    for field, old in earlier.items():
        if old != later[field]:
            name = say.plain(f"announcing-field-{field}")
            nothing = say("correction-notice-no-value")
            values = {"old": old or nothing, "new": later[field] or nothing}
            yield say("correction-notice-value", field=name, **values)


def _values(content: Content, say: Speech) -> dict[str, Html]:
    source = " · ".join(filter(None, (content.source_url, content.source_ref)))
    until = content.valid_until
    return {
        "issuer": _escaped(content.issuer),
        "source": _escaped(source),
        "valid-until": say.moment(until) if until else Html(),
    }


def _escaped(value: str) -> Html:
    return Html(escape(value, quote=False))


def _changed_fields(before: Content, after: Content) -> list[str]:
    """The names of the fields that members read and that differ, formatting and links included."""
    return [field for field, read in _READ.items() if read(before) != read(after)]
