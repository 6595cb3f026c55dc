"""What is held of a member, table by table: the one list behind seeing it, erasing it and telling it.

`storage.disclosure` shows these rows to the member, `storage.erasure` erases them, and PRIVACY.md is
written from here; a test walks the schema and fails when a column about members is not in the list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    String,
    Table,
    and_,
    case,
    cast,
    exists,
    literal,
    select,
)
from sqlmodel import SQLModel

from storage.models import AnnouncementState, MailingKind

TABLES = SQLModel.metadata.tables
_UNSENT = (AnnouncementState.DRAFT, AnnouncementState.WITHDRAWN)


class Fate(StrEnum):
    """What an erasure does with the rows."""

    DELETED = "deleted"
    UNLINKED = "unlinked"
    """They stay to be counted or read by others, and say nothing of whom."""
    NAMELESS = "nameless"
    """They stay as they are: the random number in them is nobody's any more."""


@dataclass(frozen=True)
class Person:
    """One member, by everything that rows can be theirs by."""

    member_id: int
    actor: int
    chats: tuple[bytes, ...]
    """Keyed hashes of their chats."""
    allowance: bytes
    """The keyed hash under which their flags of an hour are counted."""


Whose = Callable[[Person], ColumnElement[bool]]


@dataclass(frozen=True)
class Holding:
    """Rows of one table that are about a member."""

    name: str
    """What sentences call it."""
    table: Table
    ties: tuple[str, ...]
    """The columns that tie a row to the person; nothing to show, but to be cut."""
    whose: Whose
    """Which rows are this person's."""
    shows: tuple[str, ...]
    """Columns the member gets to see, in this order."""
    fate: Fate
    also: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    """What the member sees beside, of rows that these point to."""
    empties: Mapping[str, Any] = field(default_factory=dict)
    """What an erasure writes over the words in rows that stay."""


def plain_name(column: str) -> str:
    """The name of what is in a column once it is open."""
    return column.removesuffix("_sealed")


def _held(
    name: str,
    ties: str,
    shows: str,
    fate: Fate = Fate.DELETED,
    *,
    table: str = "",
    whose: Whose | None = None,
    also: Mapping[str, ColumnElement[Any]] | None = None,
    empties: Mapping[str, Any] | None = None,
) -> Holding:
    """Columns are given as words; unless `whose` says more, the first tie is the member's number."""
    table = table or name
    columns = tuple(ties.split())
    return Holding(
        name=name,
        table=TABLES[table],
        ties=columns,
        whose=whose or (lambda person: TABLES[table].c[columns[0]] == person.member_id),
        shows=tuple(shows.split()),
        fate=fate,
        also=also or {},
        empties=empties or {},
    )


def _of_chat(table: str, column: str) -> Whose:
    return lambda person: TABLES[table].c[column].in_(person.chats)


def _through(table: str, column: str, target: str) -> Whose:
    """Rows that point to one of the person's in `target`."""
    there = TABLES[target].c
    return lambda person: (
        TABLES[table].c[column].in_(select(there.id).where(there.member_id == person.member_id))
    )


def _look(table: str, column: str, target: str, wanted: str) -> ColumnElement[Any]:
    """What stands in the row that `column` points to."""
    there = TABLES[target].alias()
    found = select(there.c[wanted]).where(there.c.id == TABLES[table].c[column])
    return found.correlate(TABLES[table]).scalar_subquery()


def _announcement_of(table: str) -> Mapping[str, ColumnElement[Any]]:
    return {"announcement": TABLES[table].c.announcement_id}


def _own_notices(person: Person) -> ColumnElement[bool]:
    """Words that went to this person and to nobody else."""
    mailing, delivery = TABLES["mailing"].c, TABLES["delivery"].c
    to = exists().where(delivery.mailing_id == mailing.id).correlate(TABLES["mailing"])
    mine = to.where(delivery.member_id == person.member_id)
    others = to.where(delivery.member_id != person.member_id)
    return and_(mailing.kind == MailingKind.NOTICE, mine, ~others)


def _own_drafts(person: Person) -> ColumnElement[bool]:
    announcement = TABLES["announcement"].c
    unsent = and_(announcement.author_id == person.member_id, announcement.state.in_(list(_UNSENT)))
    return TABLES["announcementversion"].c.announcement_id.in_(
        select(announcement.id).where(unsent)
    )


_ANNOUNCEMENT = TABLES["announcement"].c
_MAILING = TABLES["mailing"].c
_GIVEN_UP = case(
    (
        _ANNOUNCEMENT.state == AnnouncementState.DRAFT,
        literal(AnnouncementState.WITHDRAWN, _ANNOUNCEMENT.state.type),
    ),
    else_=_ANNOUNCEMENT.state,
)

AS_MEMBER = (
    # Rows that point to others come before those, so that each is still found.
    _held(
        "movecode",
        "contact_id code_lookup",
        "expires_at",
        whose=_through("movecode", "contact_id", "contact"),
    ),
    _held("contact", "member_id lookup", "messenger chat_sealed preferred unreachable_since"),
    _held("consent", "member_id", "purpose given_at withdrawn_at text_version language"),
    _held("step", "lookup", "name data_sealed updated_at", whose=_of_chat("step", "lookup")),
    _held(
        "choicelist",
        "lookup",
        "offered_at choices_sealed is_over",
        whose=_of_chat("choicelist", "lookup"),
    ),
    # What is in it stands in the chat: showing that again would make the showing longer each time.
    _held("drawing", "lookup content_sealed", "expires_at", whose=_of_chat("drawing", "lookup")),
    _held(
        "codeattempts",
        "lookup",
        "wrong waits_until updated_at",
        whose=_of_chat("codeattempts", "lookup"),
    ),
    _held(
        "inboxupdate",
        "chat_lookup",
        "messenger received_at payload_sealed",
        whose=_of_chat("inboxupdate", "chat_lookup"),
    ),
    _held(
        "proof",
        "share_id same look",
        "kind platform content_sealed picture_sealed at question_sealed asked_at answer_sealed",
        whose=_through("proof", "share_id", "share"),
    ),
    _held("share", "member_id", "state at reach", Fate.UNLINKED, also=_announcement_of("share")),
    _held("reminder", "member_id", "due_at", also=_announcement_of("reminder")),
    _held(
        "notice",
        "",
        "created_at bodies",
        Fate.UNLINKED,
        table="mailing",
        whose=_own_notices,
        empties={"bodies": {}, "subject": literal("erased ") + cast(_MAILING.id, String)},
    ),
    _held(
        "delivery",
        "member_id",
        "state attempts changed_at via opened_on reason remedy message_ids body_sealed",
        Fate.UNLINKED,
        also={
            "mailing": _look("delivery", "mailing_id", "mailing", "kind"),
            "announcement": _look("delivery", "mailing_id", "mailing", "announcement_id"),
        },
        empties={"reason": None, "message_ids": [], "body_sealed": None},
    ),
    _held(
        "flag",
        "member_id",
        "category flagged_on wants_answer told_version tell_at",
        also={"case": _look("flag", "case_id", "case", "code")},
    ),
    _held(
        "flagallowance",
        "lookup",
        "used hour_ends_at",
        whose=lambda person: TABLES["flagallowance"].c.lookup == person.allowance,
    ),
    _held(
        "question",
        "member_id",
        "text_sealed state asked_at answer_sealed ended_at",
        also=_announcement_of("question"),
    ),
    _held(
        "datarequest",
        "member_id",
        "kind text_sealed asked_at received_at answer_sealed answered_at",
    ),
    _held(
        "appeal",
        "suspension_id",
        "text_sealed made_at decided_at lifted answer_sealed",
        whose=_through("appeal", "suspension_id", "suspension"),
    ),
    _held("suspension", "member_id", "reason_sealed suspended_at lifted_at"),
    _held("roleoffer", "member_id", "expires_at"),
)
"""What is held of every member."""

AS_OFFICER = (
    _held(
        "invite",
        "created_by",
        "role area uses_left created_at expires_at revoked_at",
        Fate.UNLINKED,
    ),
    _held("roleoffer_made", "offered_by", "expires_at", table="roleoffer"),
    _held(
        "draft",
        "",
        "number submitted_at content",
        Fate.UNLINKED,
        table="announcementversion",
        whose=_own_drafts,
        also=_announcement_of("announcementversion"),
        empties={"content": {}},
    ),
    _held(
        "announcement",
        "author_id",
        "id state created_at sent_at",
        Fate.UNLINKED,
        empties={"state": _GIVEN_UP},
    ),
    _held(
        "approval",
        "officer_id",
        "approved reason decided_at",
        Fate.UNLINKED,
        also={
            "announcement": _look(
                "approval", "version_id", "announcementversion", "announcement_id"
            )
        },
        empties={"reason": None},
    ),
    _held(
        "progress",
        "watcher_id",
        "created_at progress_sealed",
        Fate.UNLINKED,
        table="mailing",
        also=_announcement_of("mailing"),
        empties={"progress_sealed": None},
    ),
    _held("case", "officer_id", "code taken_at", Fate.UNLINKED),
    _held(
        "verdict",
        "decided_by",
        "version rating claim explanation sources picture valid_until decided_at",
        Fate.UNLINKED,
        also={"case": _look("verdict", "case_id", "case", "code")},
    ),
    _held(
        "proposal",
        "officer_id",
        "proposed_at waiting content",
        also={"case": _look("proposal", "case_id", "case", "code")},
    ),
    _held(
        "casenote",
        "officer_id",
        "written_at text_sealed",
        Fate.UNLINKED,
        also={"case": _look("casenote", "case_id", "case", "code")},
        empties={"text_sealed": None},
    ),
    _held(
        "question_taken",
        "officer_id",
        "state answer_sealed ended_at",
        Fate.UNLINKED,
        table="question",
    ),
    _held(
        "publicanswer",
        "officer_id",
        "question answer published_at",
        Fate.UNLINKED,
        also=_announcement_of("publicanswer"),
    ),
    _held(
        "datarequest_answered",
        "officer_id",
        "kind answered_at answer_sealed",
        Fate.UNLINKED,
        table="datarequest",
    ),
    _held("proof_asked", "asked_by", "asked_at question_sealed", Fate.UNLINKED, table="proof"),
    _held("suspension_made", "suspended_by", "suspended_at", Fate.UNLINKED, table="suspension"),
    _held("appeal_decided", "decided_by", "lifted decided_at", Fate.UNLINKED, table="appeal"),
    _held(
        "auditentry",
        "actor",
        "at deed details",
        Fate.NAMELESS,
        whose=lambda person: TABLES["auditentry"].c.actor == person.actor,
    ),
)
"""What is held beside of those who are or were officers."""

MEMBER = _held(
    "member",
    "id actor",
    "name_sealed role state language area digest_minute digest_days digest_paused_until "
    "quiet_from quiet_until dark_pictures actor joined_at left_at",
)
"""The member's own row: shown first, and deleted last, when nothing points to it any more."""

HOLDINGS = (MEMBER, *AS_MEMBER, *AS_OFFICER)
