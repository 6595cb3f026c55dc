"""Retention policy: how long each table keeps its rows (refusal: no-unlimited-retention)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType


@dataclass(frozen=True)
class RetentionSettings:
    """Retention times; the nightly housekeeping deletes what is older."""

    inbox_keys: timedelta = timedelta(hours=48)
    steps: timedelta = timedelta(days=14)
    code_attempts: timedelta = timedelta(days=1)
    invites: timedelta = timedelta(days=30)
    """After expiry or revocation."""
    case_content: timedelta = timedelta(days=90)
    """Content of a post, after its case was closed."""
    flags: timedelta = timedelta(days=365)
    """Flags, by which verdicts are sent to members, after the case was closed."""
    proofs: timedelta = timedelta(days=90)
    shares: timedelta = timedelta(days=365)
    """The member of a share; the share itself still counts."""
    deliveries: timedelta = timedelta(days=365)
    attendance: timedelta = timedelta(days=30)
    """Answers to invitations, tickets and feedback, after the end of a meeting."""
    questions: timedelta = timedelta(days=90)
    """After the answer."""
    requests: timedelta = timedelta(days=365)
    """Requests about personal data, after the answer."""
    suspensions: timedelta = timedelta(days=365)
    """After they were lifted."""
    consents: timedelta = timedelta(days=365)
    """After they were withdrawn."""
    left_members: timedelta = timedelta(days=365)
    """The nameless row of a member who left."""
    slots: timedelta = timedelta(days=365)


RETENTION: Mapping[str, str] = MappingProxyType(
    {
        "accountauthorization": "expiry",
        "accountgrant": "running",
        "accountrateshares": "running",
        "announcement": "public",
        "announcementcost": "public",
        "announcementversion": "public",
        "appeal": "suspensions",
        "approval": "public",
        "auditentry": "log",
        "batchfigure": "running",
        "case": "case_content",
        "caseanswer": "case_content",
        "casenote": "case_content",
        "casepost": "case_content",
        "casequestion": "case_content",
        "chatchange": "expiry",
        "chatslotlease": "running",
        "choicelist": "steps",
        "clubsetting": "running",
        "codeattempts": "code_attempts",
        "consent": "consents",
        "contact": "member",
        "dailycounter": "flags",
        "datarequest": "requests",
        "delivery": "deliveries",
        "erasure": "running",
        "filelink": "expiry",
        "flag": "flags",
        "flagallowance": "hour",
        "foldingrules": "running",
        "generatedfile": "expiry",
        "inboxupdate": "inbox_keys",
        "indexedpost": "case_content",
        "invite": "invites",
        "lease": "running",
        "mailing": "deliveries",
        "meeting": "public",
        "meetingfeedback": "attendance",
        "meetingpapers": "public",
        "member": "left_members",
        "movecode": "expiry",
        "officialpicture": "public",
        "officialterm": "public",
        "officialtext": "public",
        "proof": "proofs",
        "proposal": "running",
        "publicanswer": "public",
        "question": "questions",
        "reminder": "running",
        "recurrence": "public",
        "roleoffer": "expiry",
        "rsvp": "attendance",
        "schedule": "running",
        "sentcount": "running",
        "share": "shares",
        "slot": "slots",
        "step": "steps",
        "suspension": "suspensions",
        "ticket": "attendance",
        "ticketattempts": "code_attempts",
        "verdict": "public",
        "verdictlink": "public",
    }
)
"""Table to its field of `RetentionSettings`, or to one of `KEPT_WITHOUT_LIMIT`."""

KEPT_WITHOUT_LIMIT = frozenset({"member", "public", "log", "running", "hour", "expiry"})
"""Rules without a setting: during membership; the public record; the audit log; while in use; the
clock hour; until expiry."""


def retention_time(settings: RetentionSettings, rule: str) -> timedelta | None:
    """The retention time of a rule; None for a rule without a setting."""
    span: timedelta | None = getattr(settings, rule, None)
    return span
