"""How long each table keeps what is in it (refusal: no-unlimited-retention)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType


@dataclass(frozen=True)
class RetentionSettings:
    """How long things are kept; the nightly housekeeping forgets what is older."""

    inbox_keys: timedelta = timedelta(hours=48)
    steps: timedelta = timedelta(days=14)
    code_attempts: timedelta = timedelta(days=1)
    invites: timedelta = timedelta(days=30)
    """After they expired."""
    case_content: timedelta = timedelta(days=90)
    """The post itself, after its case was closed."""
    flags: timedelta = timedelta(days=365)
    """Who waits for the verdict of a case and its changes, after it was closed."""
    proofs: timedelta = timedelta(days=90)
    shares: timedelta = timedelta(days=365)
    """Whose share it was; that there was one stays counted."""
    deliveries: timedelta = timedelta(days=365)
    questions: timedelta = timedelta(days=90)
    """After the answer."""
    requests: timedelta = timedelta(days=365)
    """Requests about personal data, after the answer."""
    suspensions: timedelta = timedelta(days=365)
    """After they were lifted."""
    consents: timedelta = timedelta(days=365)
    """After they were withdrawn."""
    left_members: timedelta = timedelta(days=365)
    """The row without a name of a member who left."""
    slots: timedelta = timedelta(days=365)


RETENTION: Mapping[str, str] = MappingProxyType(
    {
        "accountpace": "running",
        "announcement": "public",
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
        "choicelist": "steps",
        "clubsetting": "running",
        "codeattempts": "code_attempts",
        "consent": "consents",
        "contact": "member",
        "datarequest": "requests",
        "delivery": "deliveries",
        "drawing": "expiry",
        "erasure": "running",
        "flag": "flags",
        "flagallowance": "hour",
        "foldingrules": "running",
        "inboxturn": "running",
        "inboxupdate": "inbox_keys",
        "invite": "invites",
        "lease": "running",
        "mailing": "deliveries",
        "member": "left_members",
        "movecode": "expiry",
        "proof": "proofs",
        "proposal": "running",
        "publicanswer": "public",
        "question": "questions",
        "reminder": "running",
        "repetition": "public",
        "roleoffer": "expiry",
        "schedule": "running",
        "sentcount": "running",
        "share": "shares",
        "slot": "slots",
        "step": "steps",
        "suspension": "suspensions",
        "tally": "flags",
        "verdict": "public",
        "verdictlink": "public",
        "wording": "case_content",
    }
)
"""Table to the setting that says how long, or to one of `KEPT_WITHOUT_LIMIT`."""

KEPT_WITHOUT_LIMIT = frozenset({"member", "public", "log", "running", "hour", "expiry"})
"""While somebody is a member; the club's public record; the log; while in use; the clock hour;
until it expires."""


def time_kept(settings: RetentionSettings, rule: str) -> timedelta | None:
    """The time of a rule; None for one without."""
    span: timedelta | None = getattr(settings, rule, None)
    return span
