"""The text of a verdict: rating, claim, explanation, sources, day.

Refusal: no-verdict-without-source.
"""

from datetime import date, datetime, time

from babel.dates import format_date
from pydantic import TypeAdapter

from handlers.conversation import ClubSettings, Html, Speech
from handlers.messages import Button, Media, Rows
from storage.models import Verdict

_MEDIA = TypeAdapter(Media)
_COMPARED = ("claim", "explanation", "sources", "valid_until")


def verdict_text(verdict: Verdict, code: str, say: Speech, *, now: datetime | None = None) -> Html:
    """The verdict exactly as every member reads it; from its second version on it says so.

    With `now`, a verdict that is no longer valid says so above its claim.
    """
    head = "verdict-head" if verdict.version == 1 else "verdict-head-again"
    sources = "\n".join(say("verdict-source", url=url) for url in verdict.sources)
    parts = [
        say(head, rating=say(f"verdict-rating-{verdict.rating.value}")),
        say("verdict-claim", claim=verdict.claim),
        say("verdict-explanation", explanation=verdict.explanation),
        Html(f"{say('verdict-sources')}\n{sources}"),
        say("verdict-foot", day=say.day(verdict.decided_at), code=code),
    ]
    if verdict.valid_until:
        has_expired = now is not None and is_over(verdict, now)
        key = "verdict-over" if has_expired else "verdict-valid-until"
        parts.insert(1 if has_expired else -1, say(key, when=say.moment(verdict.valid_until)))
    return Html("\n\n".join(parts))


def verdict_rows(code: str, version: int, say: Speech, *, known_as: str = "") -> Rows:
    """The buttons of a verdict that somebody flagged (`handlers.deciding.verdict` answers them).

    Where several verdicts share one message, each button says which one is meant: `known_as` is the
    code that the reader knows the case by, `code` its present one.
    """

    def button(key: str, action: str) -> Button:
        label = say.plain("verdict-button-of", label=say.plain(key), code=known_as)
        return Button(label if known_as else say.plain(key), action=action)

    helped = (
        button("flag-helped", f"verdicthelped:{code}:{version}"),
        button("verdict-not-helped", f"verdictunhelped:{code}:{version}"),
    )
    return helped, (button("share-button", f"verdictshare:{code}"),)


def verdict_in_short(verdict: Verdict, code: str, say: Speech) -> Html:
    """Rating, claim and code in one line, for lists of verdicts."""
    return say(
        "verdict-short",
        rating=say(f"verdict-rating-{verdict.rating.value}"),
        claim=verdict.claim,
        code=code,
    )


def is_over(verdict: Verdict, now: datetime) -> bool:
    """Whether its end of validity has passed."""
    return verdict.valid_until is not None and verdict.valid_until <= now


def changes(old: Verdict, new: Verdict, say: Speech) -> Html:
    """The differences from an earlier version; empty if there are none."""
    lines = []
    if new.rating is not old.rating:
        before, after = (say(f"verdict-rating-{version.rating.value}") for version in (old, new))
        lines.append(say("verdict-change-rating", before=before, after=after))
    lines += [
        say(f"verdict-change-{name}")
        for name in _COMPARED
        if getattr(old, name) != getattr(new, name)
    ]
    return Html("\n".join([say("verdict-changes"), *lines])) if lines else Html()


def picture_of(verdict: Verdict) -> Media | None:
    """The picture of the verdict, if it has one."""
    return _MEDIA.validate_python(verdict.picture) if verdict.picture else None


def pack_picture(picture: Media | None) -> dict[str, object] | None:
    """A picture as JSON, as a verdict stores it."""
    packed: dict[str, object] | None = (
        _MEDIA.dump_python(picture, mode="json", exclude_defaults=True) if picture else None
    )
    return packed


def day_of(moment: datetime, club: ClubSettings) -> date:
    """The date in the club's time zone; of a flag nothing more precise is stored.

    Refusal: no-disclosure-of-flaggers.
    """
    return moment.astimezone(club.timezone).date()


def say_day(day: date, club: ClubSettings, say: Speech) -> str:
    """A day that was stored without its hour."""
    return say.day(datetime.combine(day, time(12), club.timezone))


def say_short_day(day: date, say: Speech) -> str:
    """A day without its year: `10/3`, `10 Mar`."""
    return format_date(day, "d/M" if say.language == "vi" else "d MMM", locale=say.language)
