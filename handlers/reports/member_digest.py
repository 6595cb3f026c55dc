"""The text of a member's digest, with buttons to open items and to change the schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import Html, Speech
from handlers.meetings.content import Content as MeetingContent
from handlers.meetings.invitation import span
from handlers.messages import Button, Message, Rows, lasting
from handlers.recognition.plain_text import shortened
from handlers.views.announcement import Content, short_title
from storage.announcements.references import Reference
from storage.models import Verdict

_LINES = 6
"""Maximum announcements named; a line says how many more there are."""
_PER_ROW = 3
_TITLE_CHARACTERS = 32
_CLAIM_CHARACTERS = 200


@dataclass(frozen=True)
class Issue:
    """The content of one digest; equal for all members with the same news."""

    announcements: tuple[tuple[Reference, Content], ...]
    verdicts: tuple[Verdict, ...]
    corrections: tuple[tuple[Reference, Content], ...] = ()
    """Earlier announcements that were corrected."""
    reminders: tuple[tuple[Reference, Content], ...] = ()
    """Reminders that the member set; without other content there is no digest."""
    meetings: tuple[tuple[int, MeetingContent], ...] = ()
    """Meetings to come that are new or near, with their ids."""
    asks_about_meetings: bool = False
    """Whether it asks if the member wants invitations to meetings."""

    @property
    def is_empty(self) -> bool:
        """Whether it has no news; reminders are none."""
        return not (self.announcements or self.verdicts or self.corrections or self.meetings)


def digest_message(issue: Issue, now: datetime, say: Speech, *, daily: bool) -> Message:
    """A member's digest; `daily` says whether they get it daily or weekly now."""
    parts = [say("digest-head", day=say.day(now))]
    if issue.announcements:
        parts.append(_announcements(issue.announcements, say))
    if issue.corrections:
        lines = [_announcement(which, content, say) for which, content in issue.corrections]
        parts.append(_lines([say("digest-corrections"), *lines]))
    if issue.verdicts:
        lines = [_verdict(verdict, say) for verdict in issue.verdicts]
        parts.append(_lines([say("digest-verdicts"), *lines]))
    if issue.reminders:
        lines = [_announcement(which, content, say) for which, content in issue.reminders]
        parts.append(_lines([say("digest-reminders"), *lines]))
    if issue.meetings:
        lines = [_meeting(content, say) for _, content in issue.meetings[:_LINES]]
        parts.append(_lines([say("digest-meetings"), *lines]))
    if issue.asks_about_meetings:
        parts.append(say("digest-asks-about-meetings"))
    rows = (
        *_open_buttons(issue, say),
        *_meeting_buttons(issue, say),
        *_schedule_buttons(say, daily=daily),
    )
    return lasting(Message(Html("\n\n".join(parts)), rows))


def _announcements(news: Sequence[tuple[Reference, Content]], say: Speech) -> Html:
    lines = [_announcement(which, content, say) for which, content in news[:_LINES]]
    if len(news) > _LINES:
        lines.append(say("digest-more", count=say.number(len(news) - _LINES)))
    return _lines([say("digest-announcements"), *lines])


def _announcement(which: Reference, content: Content, say: Speech) -> Html:
    title = content.in_language(say.language).title
    if content.valid_until is None:
        return say("digest-line", number=which.label, title=title)
    return say(
        "digest-line-until", number=which.label, title=title, when=say.moment(content.valid_until)
    )


def _verdict(verdict: Verdict, say: Speech) -> Html:
    claim = shortened(verdict.claim, _CLAIM_CHARACTERS)
    rating = say(f"verdict-rating-{verdict.rating.value}")
    return say("digest-verdict", rating=rating, claim=claim, source=verdict.sources[0])


def _meeting(content: MeetingContent, say: Speech) -> Html:
    shown = content.in_language(say.language)
    return say("digest-meeting", title=shown.title, when=span(say, shown), place=shown.where)


def _meeting_buttons(issue: Issue, say: Speech) -> Rows:
    """A button for each meeting, and one to get invitations for whoever is asked."""
    opening = [
        (
            Button(
                say.plain("digest-open-meeting", title=shortened(content.title, _TITLE_CHARACTERS)),
                action=f"my-meeting:{number}",
            ),
        )
        for number, content in issue.meetings[:_LINES]
    ]
    want = Button(say.plain("meetings-want-invitations"), action="meetings-agree")
    return (*opening, *(((want,),) if issue.asks_about_meetings else ()))


def _open_buttons(issue: Issue, say: Speech) -> Rows:
    buttons = [
        Button(
            say.plain("digest-open", number=which.label),
            action=f"read:{which.id}",
            listed=short_title(content.in_language(say.language)),
        )
        for which, content in (*issue.announcements[:_LINES], *issue.corrections, *issue.reminders)
    ]
    return tuple(
        tuple(buttons[start : start + _PER_ROW]) for start in range(0, len(buttons), _PER_ROW)
    )


def _schedule_buttons(say: Speech, *, daily: bool) -> Rows:
    """Buttons for weekly or daily, a pause, and a stop (`handlers.preferences.digest_controls`)."""

    def button(key: str, action: str) -> Button:
        return Button(say.plain(key), action=action)

    other = (
        button("digest-weekly", "digest-weekly")
        if daily
        else button("digest-daily", "digest-daily")
    )
    return (
        (other, button("digest-when", "digest-when")),
        (button("digest-snooze", "digest-snooze"), button("digest-stop", "digest-stop")),
    )


def _lines(lines: Sequence[Html]) -> Html:
    return Html("\n".join(lines))
