"""Cases: flagged posts, flags, notes, verdicts and daily counters."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import JSON, Field, SQLModel, UniqueConstraint

from storage.models.columns import choice, keyed_hash, moment, reference, sealed


class Category(StrEnum):
    """Checkable facts only; opinion is out of scope (refusal: no-flags-of-opinion)."""

    SCAM = "scam"
    IMPERSONATION = "impersonation"
    FALSE_DETAILS = "false_details"
    """A false date, place or procedure."""
    DOCTORED_PICTURE = "doctored_picture"
    RUMOUR = "rumour"
    """A rumour about health or a disaster."""
    UNKNOWN = "unknown"
    """Nobody who flagged it has said yet, or they do not know."""


class CaseState(StrEnum):
    """State of a case; `storage.cases.cases` has the transitions."""

    NEW = "new"
    IN_REVIEW = "in_review"
    WAITING = "waiting"
    """The assigned officer waits for a source to answer."""
    DECIDED = "decided"
    OUT_OF_SCOPE = "out_of_scope"
    MERGED = "merged"


class Case(SQLModel, table=True):
    """One suspicious claim with all its posts and flags; stores nothing about its author.

    Refusal: no-record-of-authors.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    """The public case number."""
    state: CaseState = choice(CaseState, index=True)
    category: Category = choice(Category)
    """What most of those who flagged it say."""
    recount_from: datetime | None = moment(optional=True, index=True)
    """The end of the batch in which the category is counted anew. None when nobody said anything."""
    flags: int = 0
    """Number of people who flagged it; each counts once, however many of its posts they sent."""
    withheld: int = 0
    """The part of `flags` that officers do not see before `withheld_until`."""
    withheld_until: datetime | None = moment(optional=True)
    opened_on: date
    """The day in the club's time zone, not the minute (refusal: no-disclosure-of-flaggers)."""
    reopened_on: date | None = None
    """The day on which a decided case was last taken for a new review; its deadline counts from it."""
    officer_id: int | None = reference("member.id", optional=True)
    """The assigned officer."""
    taken_at: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True)
    verdict_version: int = 0
    """The newest version of its verdict; 0 before the first."""
    merged_into: int | None = reference("case.id", optional=True)
    """The case that took over its posts and flags."""
    distinct_from_id: int | None = reference("case.id", optional=True)
    """The case whose verdict the member was shown for this post and called a different one."""
    shown_from: datetime | None = moment(optional=True, index=True)
    """End of its batch: officers see it and are notified from then on. None once they were notified."""
    reminded_on: date | None = None
    """The day on which officers were last reminded that it is overdue."""


class CasePost(SQLModel, table=True):
    """One post that makes the claim of a case: a text, a picture or a URL."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    content_sealed: bytes | None = sealed(optional=True)
    """The post as it was sent in; None once the case is out of scope or the retention time is over."""
    keys_sealed: bytes | None = sealed(optional=True)
    """The match keys (`storage.cases.match_keys.Keys`); None for a post without any."""
    url_lookup: bytes | None = keyed_hash(unique=True, default=None, nullable=True)
    words_lookup: bytes | None = keyed_hash(unique=True, default=None, nullable=True)
    """Of the normalized text; equal for equal texts."""
    media_lookup: bytes | None = keyed_hash(unique=True, default=None, nullable=True)
    """Of the messenger's unique id of the picture or file."""
    flags: int = 0
    withheld: int = 0
    """The part of `flags` that officers do not see before `withheld_until`."""
    withheld_until: datetime | None = moment(optional=True)
    mark: int = 0
    """A random number that identifies and orders the posts of one case for officers."""
    first_on: date
    """The day it was first sent in."""


class CaseNote(SQLModel, table=True):
    """An officer's note about a case, for other officers; never shown to members."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    officer_id: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    text_sealed: bytes | None = sealed(optional=True)
    """None once it was erased together with its writer's data."""
    written_at: datetime = moment()


class CaseQuestion(SQLModel, table=True):
    """What an officer asks everyone who flagged a case; one at most is open for a case."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    officer_id: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    text_sealed: bytes | None = sealed(optional=True)
    """None once it has been erased with its writer."""
    asked_at: datetime = moment()
    closed_at: datetime | None = moment(optional=True)
    """When an officer closed it, or its case was closed."""


class CaseAnswer(SQLModel, table=True):
    """What one member who flagged a case answers, with personal numbers redacted.

    Officers see the words; whose they are is kept for the member alone, to show and to erase them
    (refusal: no-disclosure-of-flaggers).
    """

    __table_args__ = (UniqueConstraint("question_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = reference("casequestion.id", index=False)
    member_id: int = reference("member.id")
    text_sealed: bytes = sealed()
    mark: int
    """A random number, by which officers' screens order the answers."""
    shown_from: datetime = moment()
    """The end of its batch: from then on officers see it. When it was given is not kept."""


class Flag(SQLModel, table=True):
    """One member flagged one post. Kept only to answer the member; never shown to officers."""

    __table_args__ = (UniqueConstraint("post_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    post_id: int = reference("casepost.id", index=False)
    member_id: int = reference("member.id")
    category: Category = choice(Category)
    """What this member says it is; a vote for the category of the case."""
    wants_answer: bool = True
    """Cleared when the member stops everything."""
    stopped_at: datetime | None = moment(optional=True)
    """When stopping cleared `wants_answer`; None again once the stop cannot be undone any more."""
    notified_version: int = 0
    """The newest version of the verdict that was sent to this member."""
    notify_at: datetime | None = moment(optional=True, index=True)
    """When a verdict that is grouped with others of the same hour is sent to the member."""
    delay_notified_on: date | None = None
    """The day on which the member was notified that the deadline of the case has passed."""
    flagged_on: date
    original_code: str = Field(default="", max_length=16)
    """The code this member was told; their case has another one once it was merged or split."""
    opening_sealed: bytes | None = sealed(optional=True)
    """The beginning of this member's own post, quoted to them with the verdict, personal numbers
    redacted. None for one who only follows the case, and once the case's posts are not kept."""
    rated_version: int = 0
    """The newest version of the verdict that this member called helpful or not; which is not kept."""


class FlagAllowance(SQLModel, table=True):
    """Rate limit: number of posts a member flagged and searched in this clock hour; then deleted.

    Its key is a keyed hash, so that it reveals neither the member nor the minute
    (refusal: no-disclosure-of-flaggers).
    """

    lookup: bytes = keyed_hash(primary_key=True)
    used: int
    """Number of flags."""
    searches: int = 0
    hour_ends_at: datetime = moment(index=True)


class Rating(StrEnum):
    """Rating of a verdict."""

    FALSE = "false"
    MISLEADING = "misleading"
    SCAM = "scam"
    TRUE = "true"
    UNPROVEN = "unproven"
    SATIRE = "satire"


class Verdict(SQLModel, table=True):
    """One version of the verdict on a case, with its reason and public sources.

    Refusal: no-verdict-without-source.
    """

    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id", index=False)
    version: int
    rating: Rating = choice(Rating)
    claim: str
    """The claim, in the officer's words."""
    explanation: str
    sources: list[str] = Field(sa_type=JSON)
    """Public https URLs."""
    picture: dict[str, object] | None = Field(default=None, sa_type=JSON)
    """`handlers.messages.Media` as JSON: an explaining picture, never the flagged one."""
    valid_until: datetime | None = moment(optional=True)
    decided_by: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    decided_at: datetime = moment(index=True)


class VerdictLink(SQLModel, table=True):
    """A link that the verdict of a case marks as fraudulent."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    address_sealed: bytes = sealed()
    """Two lines: its site, and the key of the URL."""
    address_lookup: bytes = keyed_hash(index=True)
    site_lookup: bytes | None = keyed_hash(index=True, default=None, nullable=True)
    """None for a site that hosts pages of many people."""


class Proposal(SQLModel, table=True):
    """A verdict that waits for the approval of a second officer; at most one for each case."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id", unique=True)
    officer_id: int | None = reference("member.id", optional=True)
    """Its author."""
    content: dict[str, object] = Field(sa_type=JSON)
    """The draft as `handlers.deciding.verdict.draft` packs it."""
    waiting: bool = True
    """False once it was refused or withdrawn; its author can edit it then."""
    proposed_at: datetime = moment()


class CounterKind(StrEnum):
    """What a `DailyCounter` counts."""

    FLAGGED = "flagged"
    ANSWERED_AT_ONCE = "answered_at_once"
    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class DailyCounter(SQLModel, table=True):
    """Number of events of one kind on one day, without any link to members."""

    day: date = Field(primary_key=True)
    kind: CounterKind = choice(CounterKind, primary_key=True)
    total: int = 0
    withheld: int = 0
    """The part of `total` that officers do not see before `withheld_until`."""
    withheld_until: datetime | None = moment(optional=True)
