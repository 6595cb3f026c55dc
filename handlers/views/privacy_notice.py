"""The privacy notice, shown by several capabilities, and its version, stored with every consent."""

from handlers.conversation import ClubSettings, Html, Speech
from storage.privacy.data_requests import LIMITS

VERSION = "2026-1"
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
    }
    times = {name: say.span(span) for name, span in periods.items()}
    parts = (
        say("privacy-who", club=club.name, operator=club.operator, contact=club.contact),
        say("privacy-kept", **times),
        say("privacy-how-long", **times),
        say("privacy-who-sees"),
        say("privacy-rights", contact=club.contact, answer=LIMITS["answer"].days),
        say("privacy-never"),
    )
    return Html("\n\n".join(parts))
