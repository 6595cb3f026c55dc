"""How digests read: short lines, and a way to open what they name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.announcement import Content
from handlers.messages import Button, Message, Rows
from handlers.settings import ClubSettings
from handlers.speech import Html, Speech
from handlers.verdict import say_day
from storage.digests import Duties
from storage.models import Verdict

_LINES = 6
"""Announcements named; how many more there are is said in a line."""
_PER_ROW = 3
_CLAIM_CHARACTERS = 200


@dataclass(frozen=True)
class Issue:
    """What one digest has to tell; the same for everybody it concerns."""

    announcements: tuple[tuple[int, Content], ...]
    verdicts: tuple[Verdict, ...]

    @property
    def is_empty(self) -> bool:
        return not self.announcements and not self.verdicts


def member_digest(issue: Issue, now: datetime, say: Speech) -> Message:
    """A member's digest."""
    parts = [say("digest-head", day=say.day(now))]
    if issue.announcements:
        parts.append(_announcements(issue.announcements, say))
    if issue.verdicts:
        lines = [_verdict(verdict, say) for verdict in issue.verdicts]
        parts.append(_lines([say("digest-verdicts"), *lines]))
    parts.append(say("digest-foot"))
    return Message(Html("\n\n".join(parts)), _open_buttons(issue, say))


def officers_digest(
    duties: Duties, club: ClubSettings, now: datetime, say: Speech
) -> Message | None:
    """The officers' digest; None when there is truly nothing to tell."""
    lines = [*_counts(duties, say), *_cases(duties, club, say), *_requests(duties, say)]
    if duties.sent or duties.shares:
        sent, shares = say.number(duties.sent), say.number(duties.shares)
        lines.append(say("digest-duties-yesterday", sent=sent, shares=shares))
    if not lines:
        return None
    lines += _forgotten(duties, say)
    head = say("digest-duties-head", day=say.day(now))
    return Message(Html(f"{head}\n\n{_lines(lines)}"))


def _announcements(news: Sequence[tuple[int, Content]], say: Speech) -> Html:
    lines = [_announcement(content, say) for _, content in news[:_LINES]]
    if len(news) > _LINES:
        lines.append(say("digest-more", count=say.number(len(news) - _LINES)))
    return _lines([say("digest-announcements"), *lines])


def _announcement(content: Content, say: Speech) -> Html:
    title = content.in_language(say.language).title
    if content.valid_until is None:
        return say("digest-line", title=title)
    return say("digest-line-until", title=title, when=say.when(content.valid_until))


def _verdict(verdict: Verdict, say: Speech) -> Html:
    claim = verdict.claim
    if len(claim) > _CLAIM_CHARACTERS:
        claim = f"{claim[: _CLAIM_CHARACTERS - 1].rstrip()}…"
    rating = say(f"verdict-rating-{verdict.rating.value}")
    return say("digest-verdict", rating=rating, claim=claim, source=verdict.sources[0])


def _open_buttons(issue: Issue, say: Speech) -> Rows:
    buttons = [
        Button(say.plain("digest-open", number=str(number)), action=f"read:{number}")
        for number, _ in issue.announcements[:_LINES]
    ]
    return tuple(
        tuple(buttons[start : start + _PER_ROW]) for start in range(0, len(buttons), _PER_ROW)
    )


def _counts(duties: Duties, say: Speech) -> list[Html]:
    counted = {
        "going": duties.going_out,
        "scheduled": duties.scheduled,
        "awaiting": duties.awaiting,
        "questions": duties.questions,
        "appeals": duties.appeals,
        "uncertain": duties.uncertain,
    }
    return [
        say(f"digest-duties-{what}", count=say.number(count))
        for what, count in counted.items()
        if count
    ]


def _cases(duties: Duties, club: ClubSettings, say: Speech) -> list[Html]:
    if duties.oldest_case is None:
        return []
    oldest = say_day(duties.oldest_case, club, say)
    return [say("digest-duties-cases", count=say.number(duties.cases), day=oldest)]


def _requests(duties: Duties, say: Speech) -> list[Html]:
    if duties.next_request is None:
        return []
    when = say.when(duties.next_request)
    return [say("digest-duties-requests", count=say.number(duties.requests), when=when)]


def _forgotten(duties: Duties, say: Speech) -> list[Html]:
    """Beside other news; by itself it is nobody's duty."""
    if not duties.forgotten:
        return []
    each = [
        say(f"forgotten-{what}", count=say.number(rows)) for what, rows in duties.forgotten.items()
    ]
    return [say("digest-duties-forgotten", what=Html(", ".join(each)))]


def _lines(lines: Sequence[Html]) -> Html:
    return Html("\n".join(lines))
