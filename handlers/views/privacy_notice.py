"""The privacy notice, shown by several capabilities, and its version, stored with every consent."""

from handlers.conversation import ClubSettings, Html, Speech
from handlers.conversation.console_notice import WITH_CONSOLE

VERSION = "2026-4"
"""Stored with every consent. Another text of the notice needs another version (a test checks)."""


def notice(say: Speech, club: ClubSettings) -> Html:
    """The privacy notice in one message, with the retention periods of the configuration."""
    periods = {
        "attempts": club.kept.code_attempts,
        "keys": club.kept.inbox_keys,
        "posts": club.kept.case_content,
        "questions": club.kept.questions,
        "proofs": club.kept.proofs,
        "deliveries": club.kept.deliveries,
        "steps": club.kept.steps,
        "flags": club.kept.flags,
        "shares": club.kept.shares,
        "requests": club.kept.requests,
        "suspensions": club.kept.suspensions,
        "left": club.kept.left_members,
        "attendance": club.kept.attendance,
    }
    times = {name: say.span(span) for name, span in periods.items()}
    parts = (
        say("privacy-who", club=club.name, operator=club.operator, contact=club.contact),
        say("privacy-kept", **times),
        say("privacy-how-long", **times),
        _who_sees(say, club),
        say(
            "privacy-rights",
            contact=club.contact,
            answer=club.data_requests.response_working_days,
        ),
        say("privacy-never"),
    )
    return Html("\n\n".join(parts))


def _who_sees(say: Speech, club: ClubSettings) -> Html:
    """With who can read along on a messenger that has a console."""
    if not WITH_CONSOLE & set(club.messengers):
        return say("privacy-who-sees")
    readers = club.console_readers or say("console-readers-unnamed")
    return Html(f"{say('privacy-who-sees')}\n{say('privacy-console', readers=readers)}")
