"""Data inventory: all data stored about a member, table by table (GDPR record of processing).

`storage.privacy.subject_access` exports these rows, `storage.privacy.erasure` erases them, and
PRIVACY.md is generated from them. A test fails when a column about members is missing here.
"""

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_, select

from storage.models import AnnouncementState
from storage.privacy.data_inventory_types import (
    TABLES,
    DataSubject,
    ErasureAction,
    announcement_of,
    inventory_entry,
    of_chat,
    referenced_value,
    via_foreign_key,
)

_NEVER_APPROVED = (AnnouncementState.DRAFT, AnnouncementState.AWAITING_APPROVAL)
_UNSENT = (*_NEVER_APPROVED, AnnouncementState.WITHDRAWN, AnnouncementState.EXPIRED)


def _own_drafts(person: DataSubject) -> ColumnElement[bool]:
    """Versions that were never sent: of unsent announcements, and those replaced before sending."""
    announcement, version = TABLES["announcement"].c, TABLES["announcementversion"].c
    own = select(announcement.id).where(announcement.author_id == person.member_id)
    later = TABLES["announcementversion"].alias()
    replaced = exists().where(
        later.c.announcement_id == version.announcement_id,
        later.c.number > version.number,
        later.c.submitted_at <= announcement.sent_at,
        announcement.id == version.announcement_id,
    )
    return or_(
        version.announcement_id.in_(own.where(announcement.state.in_(_UNSENT))),
        and_(version.announcement_id.in_(own), replaced),
    )


_ANNOUNCEMENT = TABLES["announcement"].c
_WITHDRAWN_IF_UNAPPROVED = case(
    (
        _ANNOUNCEMENT.state.in_(_NEVER_APPROVED),
        literal(AnnouncementState.WITHDRAWN, _ANNOUNCEMENT.state.type),
    ),
    else_=_ANNOUNCEMENT.state,
)

AS_MEMBER = (
    # Referencing rows come before the rows they reference, so that `row_filter` still finds them.
    inventory_entry(
        "movecode",
        "contact_id code_lookup",
        "expires_at",
        row_filter=via_foreign_key("movecode", "contact_id", "contact"),
    ),
    inventory_entry(
        "chatchange",
        "contact_id",
        "messenger chat_sealed added_at last_interaction_sealed expires_at",
        row_filter=via_foreign_key("chatchange", "contact_id", "contact"),
    ),
    inventory_entry(
        "contact",
        "member_id lookup",
        "messenger chat_sealed preferred added_at unreachable_since last_interaction_sealed "
        "console_notice_at",
    ),
    inventory_entry("consent", "member_id", "purpose given_at withdrawn_at text_version language"),
    inventory_entry(
        "step", "lookup", "name data_sealed updated_at", row_filter=of_chat("step", "lookup")
    ),
    inventory_entry(
        "choicelist",
        "lookup",
        "offered_at choices_sealed is_over is_unanswered picked",
        row_filter=of_chat("choicelist", "lookup"),
    ),
    # The content is not exported: it is in the chat already, and exports would contain each other.
    inventory_entry(
        "generatedfile",
        "lookup content_sealed",
        "expires_at",
        row_filter=of_chat("generatedfile", "lookup"),
    ),
    inventory_entry(
        "codeattempts",
        "lookup",
        "wrong waits_until updated_at",
        row_filter=of_chat("codeattempts", "lookup"),
    ),
    inventory_entry(
        "inboxupdate",
        "chat_lookup",
        "messenger received_at payload_sealed",
        row_filter=of_chat("inboxupdate", "chat_lookup"),
    ),
    inventory_entry(
        "proof",
        "share_id same picture_hash",
        "kind platform content_sealed picture_sealed at question_sealed asked_at answer_sealed",
        row_filter=via_foreign_key("proof", "share_id", "share"),
    ),
    inventory_entry(
        "share",
        "member_id",
        "state at reach",
        ErasureAction.UNLINKED,
        also_shown=announcement_of("share"),
    ),
    inventory_entry("reminder", "member_id", "due_at", also_shown=announcement_of("reminder")),
    inventory_entry("notice", "about_id", "created_at", ErasureAction.UNLINKED, table="mailing"),
    inventory_entry(
        "delivery",
        "member_id",
        "state attempts changed_at via opened_on reason correction_outcome message_ids "
        "body_sealed messenger chat_sealed",
        ErasureAction.UNLINKED,
        also_shown={
            "mailing": referenced_value("delivery", "mailing_id", "mailing", "kind"),
            **announcement_of(
                "delivery", referenced_value("delivery", "mailing_id", "mailing", "announcement_id")
            ),
        },
        blank_on_erase={
            "reason": None,
            "message_ids": [],
            "body_sealed": None,
            "chat_sealed": None,
        },
    ),
    inventory_entry(
        "flag",
        "member_id",
        "category flagged_on wants_answer stopped_at notified_version notify_at delay_notified_on original_code "
        "opening_sealed rated_version",
        also_shown={"case": referenced_value("flag", "case_id", "case", "code")},
    ),
    inventory_entry("caseanswer", "member_id", "text_sealed shown_from"),
    inventory_entry(
        "flagallowance",
        "lookup",
        "used searches hour_ends_at",
        row_filter=lambda person: TABLES["flagallowance"].c.lookup == person.allowance_lookup,
    ),
    inventory_entry(
        "question",
        "member_id",
        "text_sealed state asked_at answer_sealed ended_at",
        also_shown=announcement_of("question"),
    ),
    inventory_entry(
        "datarequest",
        "member_id",
        "kind text_sealed asked_at respond_by finish_by received_at answer_sealed answered_at",
    ),
    inventory_entry(
        "appeal",
        "suspension_id",
        "text_sealed made_at decided_at lifted answer_sealed",
        row_filter=via_foreign_key("appeal", "suspension_id", "suspension"),
    ),
    inventory_entry("suspension", "member_id", "reason_sealed suspended_at lifted_at"),
    inventory_entry("roleoffer", "member_id", "expires_at"),
    # The ticket that belongs to the digits is taken away by `storage.meetings.tickets.drop_all`.
    inventory_entry(
        "rsvp",
        "member_id",
        "answer place waiting_order offered_until asked_version wants_reminders digits_sealed "
        "gave_feedback",
        also_shown={"meeting": referenced_value("rsvp", "meeting_id", "meeting", "begins_at")},
    ),
)
"""Data of every member."""

AS_OFFICER = (
    inventory_entry(
        "invite",
        "created_by",
        "role area uses_left created_at expires_at revoked_at",
        ErasureAction.UNLINKED,
    ),
    inventory_entry("ticketattempts", "member_id", "wrong waits_until updated_at"),
    inventory_entry(
        "meeting", "author_id", "state begins_at ends_at changed_at", ErasureAction.UNLINKED
    ),
    inventory_entry(
        "meeting_proposed",
        "proposer_id",
        "version proposal changed_at",
        ErasureAction.UNLINKED,
        table="meeting",
        blank_on_erase={"proposal": None, "is_pending": False},
    ),
    inventory_entry(
        "meeting_approved",
        "approver_id",
        "state begins_at",
        ErasureAction.UNLINKED,
        table="meeting",
    ),
    inventory_entry(
        "meetingpapers",
        "author_id",
        "version content state published_at",
        ErasureAction.UNLINKED,
    ),
    inventory_entry(
        "papers_approved",
        "approver_id",
        "version published_at",
        ErasureAction.UNLINKED,
        table="meetingpapers",
    ),
    inventory_entry("roleoffer_made", "offered_by", "expires_at", table="roleoffer"),
    inventory_entry(
        "draft",
        "",
        "number submitted_at content",
        ErasureAction.UNLINKED,
        table="announcementversion",
        row_filter=_own_drafts,
        also_shown=announcement_of("announcementversion"),
        blank_on_erase={"content": {}},
    ),
    inventory_entry(
        "announcement",
        "author_id",
        "state created_at sent_at",
        ErasureAction.UNLINKED,
        also_shown=announcement_of("announcement", TABLES["announcement"].c.id),
        blank_on_erase={"state": _WITHDRAWN_IF_UNAPPROVED},
    ),
    inventory_entry(
        "approval",
        "officer_id",
        "approved reason decided_at",
        ErasureAction.UNLINKED,
        also_shown=announcement_of(
            "approval",
            referenced_value("approval", "version_id", "announcementversion", "announcement_id"),
        ),
        blank_on_erase={"reason": None},
    ),
    inventory_entry(
        "progress",
        "watcher_id",
        "created_at progress_sealed",
        ErasureAction.UNLINKED,
        table="mailing",
        also_shown=announcement_of("mailing"),
        blank_on_erase={"progress_sealed": None},
    ),
    inventory_entry("case", "officer_id", "code taken_at", ErasureAction.UNLINKED),
    inventory_entry(
        "verdict",
        "decided_by",
        "version rating claim explanation sources picture valid_until decided_at",
        ErasureAction.UNLINKED,
        also_shown={"case": referenced_value("verdict", "case_id", "case", "code")},
    ),
    inventory_entry(
        "proposal",
        "officer_id",
        "proposed_at waiting content",
        also_shown={"case": referenced_value("proposal", "case_id", "case", "code")},
    ),
    inventory_entry(
        "casenote",
        "officer_id",
        "written_at text_sealed",
        ErasureAction.UNLINKED,
        also_shown={"case": referenced_value("casenote", "case_id", "case", "code")},
        blank_on_erase={"text_sealed": None},
    ),
    inventory_entry(
        "casequestion",
        "officer_id",
        "asked_at closed_at text_sealed",
        ErasureAction.UNLINKED,
        also_shown={"case": referenced_value("casequestion", "case_id", "case", "code")},
        blank_on_erase={"text_sealed": None},
    ),
    inventory_entry(
        "question_taken",
        "officer_id",
        "state answer_sealed ended_at",
        ErasureAction.UNLINKED,
        table="question",
    ),
    inventory_entry(
        "publicanswer",
        "officer_id",
        "question answer published_at",
        ErasureAction.UNLINKED,
        also_shown=announcement_of("publicanswer"),
    ),
    inventory_entry(
        "datarequest_answered",
        "officer_id",
        "kind answered_at answer_sealed",
        ErasureAction.UNLINKED,
        table="datarequest",
    ),
    inventory_entry(
        "proof_asked", "asked_by", "asked_at question_sealed", ErasureAction.UNLINKED, table="proof"
    ),
    inventory_entry(
        "suspension_made",
        "suspended_by",
        "suspended_at",
        ErasureAction.UNLINKED,
        table="suspension",
    ),
    inventory_entry(
        "appeal_decided", "decided_by", "lifted decided_at", ErasureAction.UNLINKED, table="appeal"
    ),
    inventory_entry(
        "auditentry",
        "actor",
        "at action details",
        ErasureAction.NAMELESS,
        row_filter=lambda person: TABLES["auditentry"].c.actor == person.actor,
    ),
)
"""Additional data of present and former officers."""

MEMBER = inventory_entry(
    "member",
    "id actor",
    "name_sealed role state language area digest_minute digest_days digest_paused_until "
    "quiet_from quiet_until dark_pictures asked_about_meetings actor joined_at left_at",
)
"""The member's own row: exported first, and deleted last, once no row references it."""

INVENTORY = (MEMBER, *AS_MEMBER, *AS_OFFICER)
