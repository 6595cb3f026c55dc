"""The invitation to a meeting: the message that members get, and its times in words."""

from datetime import datetime

from handlers.conversation import Context, Html, Speech
from handlers.meetings.content import Content
from handlers.messages import Button, Message, Rows, lasting


def invitation(say: Speech, content: Content, meeting_id: int) -> Message:
    """The message, with the buttons to answer."""
    shown = content.in_language(say.language)
    text = Html("\n".join((*_head(say, shown), *_body(shown), *_foot(say, shown))))
    return lasting(Message(text, answer_rows(say, content, meeting_id), point=shown.point))


def answer_rows(say: Speech, content: Content, meeting_id: int) -> Rows:
    """The three answers, and the documents if there are any."""

    def button(key: str, action: str) -> Button:
        return Button(say.plain(key), action=f"{action}:{meeting_id}")

    answers = (
        (button("meeting-yes", "meeting-yes"),),
        (button("meeting-maybe", "meeting-maybe"), button("meeting-no", "meeting-no")),
    )
    papers = ((button("meeting-documents", "meeting-documents"),),) if content.documents else ()
    return (*answers, *papers)


def _head(say: Speech, content: Content) -> list[Html]:
    lines = [
        say(
            "meeting-head",
            title=content.title,
            kind=say.plain(f"meeting-kind-{content.kind.value}"),
        ),
        say("meeting-when", when=span(say, content)),
    ]
    if content.place:
        lines.append(say("meeting-where", place=content.place))
    if content.link:
        lines.append(say("meeting-online", link=content.link))
    return lines


def _body(content: Content) -> list[Html]:
    return [Html(""), Html(content.html), Html("")] if content.html else [Html("")]


def _foot(say: Speech, content: Content) -> list[Html]:
    lines = []
    if content.answer_by:
        lines.append(say("meeting-answer-by", when=say.moment(content.answer_by)))
    if content.seats:
        lines.append(say("meeting-seats", count=content.seats))
    if content.contact:
        lines.append(say("meeting-contact", contact=content.contact))
    return [*lines, say("meeting-who-sees")]


def span(say: Speech, content: Content) -> Html:
    """`8:00–11:00, Thứ Bảy 14/3/2026`; both days where it ends on another day."""
    begin, end = content.begins_at, content.ends_at
    if begin is None or end is None:
        return Html("…")
    if say.day(begin) == say.day(end):
        return Html(f"{say.time(begin)}–{say.time(end)}, {say.day(begin)}")
    return Html(f"{say.when(begin)} – {say.when(end)}")


def summary(say: Speech, content: Content) -> Html:
    """Title, time and place in two lines, for notices and lists."""
    shown = content.in_language(say.language)
    return say(
        "meeting-summary", title=shown.title, when=span(say, shown), place=shown.where or "…"
    )


def is_complete(content: Content) -> bool:
    """Whether it has everything without which nobody could come."""
    return bool(content.title and content.begins_at and content.ends_at and content.where)


def is_open_for_answers(content: Content, now: datetime) -> bool:
    """Whether members may still say that they come."""
    until = content.answers_until
    return until is not None and now < until


def for_member(context: Context, content: Content) -> bool:
    """Whether this member is among those it is for."""
    return not content.areas or context.current_member.area in content.areas
