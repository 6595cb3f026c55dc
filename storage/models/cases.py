"""Flagged posts: the case they join, who gets an answer, and the verdict."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import JSON, Field, SQLModel

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


class CaseState(StrEnum):
    NEW = "new"
    IN_REVIEW = "in_review"
    WAITING = "waiting"
    """The officer who is on it waits for a source to answer."""
    DECIDED = "decided"
    OUT_OF_SCOPE = "out_of_scope"
    MERGED = "merged"


class Case(SQLModel, table=True):
    """One suspicious claim and everyone's flags of it; nothing of its author.

    Refusal: no-record-of-authors.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=16)
    """What members and officers call it."""
    state: CaseState = choice(CaseState, index=True)
    category: Category = choice(Category)
    flags: int = 0
    """How many people sent it in; each counts once, however many of its posts they sent."""
    held: int = 0
    """How much of `flags` officers do not see before `held_until`."""
    held_until: datetime | None = moment(optional=True)
    opened_on: date
    """The day in the club's time zone, not the minute (refusal: no-disclosure-of-flaggers)."""
    officer_id: int | None = reference("member.id", optional=True)
    """Who is on it."""
    taken_at: datetime | None = moment(optional=True)
    closed_at: datetime | None = moment(optional=True)
    verdict_version: int = 0
    """The newest version of its verdict; 0 while there is none."""
    merged_into: int | None = reference("case.id", optional=True)
    """Where its posts and flags went."""
    unlike: int | None = reference("case.id", optional=True)
    """The case whose verdict a member was shown for this post, and who says it is something else."""
    shown_from: datetime | None = moment(optional=True, index=True)
    """The end of its batch: from then on officers see it and are told of it. None once they were."""
    reminded_on: date | None = None
    """When officers were reminded that it is late."""


class CasePost(SQLModel, table=True):
    """One post that makes the claim of a case: a wording, a picture, an address."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    content_sealed: bytes | None = sealed(optional=True)
    """The post as it was sent in; None once it is out of scope or its time is over."""
    keys_sealed: bytes | None = sealed(optional=True)
    """What the post is known by (`storage.cases.match_keys.Keys`); None for one that nothing finds."""
    url_lookup: bytes | None = keyed_hash(unique=True, default=None, nullable=True)
    words_lookup: bytes | None = keyed_hash(unique=True, default=None, nullable=True)
    """Of the folded text; decides *the same words*."""
    media_lookup: bytes | None = keyed_hash(unique=True, default=None, nullable=True)
    """Of the messenger's unique id of the picture or file."""
    flags: int = 0
    held: int = 0
    """How much of `flags` officers do not see before `held_until`."""
    held_until: datetime | None = moment(optional=True)
    mark: int = 0
    """A random number, by which officers' screens name and order the posts of one case."""
    first_on: date
    """The day it first came in."""


class CaseNote(SQLModel, table=True):
    """What officers write down about a case for each other; no member ever sees it."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    officer_id: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    text_sealed: bytes | None = sealed(optional=True)
    """None once it has been erased with its writer."""
    written_at: datetime = moment()


class Flag(SQLModel, table=True):
    """One member sent in one post. Kept only to answer them; no officer ever sees it."""

    __table_args__ = (UniqueConstraint("post_id", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    post_id: int = reference("casepost.id", index=False)
    member_id: int = reference("member.id")
    category: Category = choice(Category)
    wants_answer: bool = True
    """Cleared when the member stops everything."""
    stopped_at: datetime | None = moment(optional=True)
    """When stopping cleared it; forgotten once the stop cannot be undone any more."""
    told_version: int = 0
    """The newest version of the verdict this member has been sent."""
    tell_at: datetime | None = moment(optional=True, index=True)
    """When a verdict that has to wait for others of the same hour is sent to them."""
    flagged_on: date
    told_code: str = Field(default="", max_length=16)
    """The code this member was told; their case has another one once it was merged or split."""
    opening_sealed: bytes | None = sealed(optional=True)
    """The beginning of this member's own post, quoted to them with the verdict, personal numbers
    redacted. None for one who only follows the case, and once the case's posts are not kept."""
    rated_version: int = 0
    """The newest version of the verdict that this member called helpful or not; which is not kept."""


class FlagAllowance(SQLModel, table=True):
    """How many posts a member flagged and looked for in this clock hour; the row goes with the hour.

    Found by a keyed hash, so that it says neither who nor, to the minute, when
    (refusal: no-disclosure-of-flaggers).
    """

    lookup: bytes = keyed_hash(primary_key=True)
    used: int
    """Flags."""
    searches: int = 0
    hour_ends_at: datetime = moment(index=True)


class Rating(StrEnum):
    FALSE = "false"
    MISLEADING = "misleading"
    SCAM = "scam"
    TRUE = "true"
    UNPROVEN = "unproven"
    SATIRE = "satire"


class Verdict(SQLModel, table=True):
    """What the officers found, with its reason and a public source.

    Refusal: no-verdict-without-source.
    """

    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id", index=False)
    version: int
    rating: Rating = choice(Rating)
    claim: str
    """What is claimed, in the officer's own words."""
    explanation: str
    sources: list[str] = Field(sa_type=JSON)
    """Public addresses, https."""
    picture: dict[str, object] | None = Field(default=None, sa_type=JSON)
    """`handlers.messages.Media` as JSON: something that explains, never the flagged picture."""
    valid_until: datetime | None = moment(optional=True)
    decided_by: int | None = reference("member.id", optional=True)
    """None once the officer has had their data erased."""
    decided_at: datetime = moment(index=True)


class VerdictLink(SQLModel, table=True):
    """A link that the verdict of a case says is the fraud itself."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id")
    address_sealed: bytes = sealed()
    """The site it is on and the address's key, a line each."""
    address_lookup: bytes = keyed_hash(index=True)
    site_lookup: bytes | None = keyed_hash(index=True, default=None, nullable=True)
    """None where many people share the site."""


class Proposal(SQLModel, table=True):
    """A verdict that waits for a second officer's yes; there is one at most for a case."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = reference("case.id", unique=True)
    officer_id: int | None = reference("member.id", optional=True)
    """Whose it is."""
    content: dict[str, object] = Field(sa_type=JSON)
    """As `handlers.deciding.verdict.draft` packs it."""
    waiting: bool = True
    """False once it was refused or taken back: its author can go on from there."""
    proposed_at: datetime = moment()


class Count(StrEnum):
    FLAGGED = "flagged"
    ANSWERED_AT_ONCE = "answered_at_once"
    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class Tally(SQLModel, table=True):
    """How often something happened on a day; says nothing of whom."""

    day: date = Field(primary_key=True)
    what: Count = choice(Count, primary_key=True)
    times: int = 0
    held: int = 0
    """How much of `times` officers do not see before `held_until`."""
    held_until: datetime | None = moment(optional=True)
