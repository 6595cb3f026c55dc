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
    UNKNOWN = "unknown"
    """Nobody who flagged it has said yet, or they do not know."""


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
    """What most of those who flagged it say."""
    recount_from: datetime | None = moment(optional=True, index=True)
    """The end of the batch in which the category is counted anew. None when nobody said anything."""
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
    """One member sent in one post. Kept only to answer them; no officer ever sees it."""

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
    """When stopping cleared it; forgotten once the stop cannot be undone any more."""
    told_version: int = 0
    """The newest version of the verdict this member has been sent."""
    tell_at: datetime | None = moment(optional=True, index=True)
    """When a verdict that has to wait for others of the same hour is sent to them."""
    told_delay_on: date | None = None
    """The day they were told that the deadline of the case has passed."""
    flagged_on: date


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
