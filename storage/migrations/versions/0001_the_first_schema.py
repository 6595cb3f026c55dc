"""The first schema, the append-only log and the inverted index."""

import sqlalchemy as sa
from alembic import op

import storage.models.columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


_APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER auditentry_no_update BEFORE UPDATE ON auditentry "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER auditentry_no_delete BEFORE DELETE ON auditentry "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION auditentry_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER auditentry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON auditentry "
        "FOR EACH STATEMENT EXECUTE FUNCTION auditentry_append_only()",
    ],
}
_INDEX_TOTALS = (
    "CREATE TABLE indextotals "
    "(id integer PRIMARY KEY, posts bigint NOT NULL, words bigint NOT NULL)"
)
_INVERTED_INDEX = {
    "sqlite": [
        "CREATE VIRTUAL TABLE postterms "
        "USING fts5(terms, content='', detail=none, columnsize=0, tokenize='ascii')",
        _INDEX_TOTALS,
    ],
    "postgresql": [
        "CREATE TABLE postterms (post_id integer PRIMARY KEY, terms integer[] NOT NULL)",
        "CREATE INDEX ix_postterms_terms ON postterms USING gin (terms)",
        "CREATE TABLE termcounts (term integer PRIMARY KEY, posts integer NOT NULL)",
        _INDEX_TOTALS,
    ],
}


def upgrade() -> None:
    """Creates all tables, indexes and triggers."""
    op.create_table(
        "accountauthorization",
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "exchanging",
                "done",
                "failed",
                name="authorizationstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("nonce_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("verifier_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("replaces_account", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.String(64), nullable=False),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "accountgrant",
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("access_token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "access_expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False
        ),
        sa.Column("obtained_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("granted_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(64), nullable=False),
        sa.Column(
            "may_be_used",
            sa.Enum(
                "answer_lost",
                "restored",
                "expired",
                "refused",
                name="grantloss",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "lost",
            sa.Enum(
                "answer_lost",
                "restored",
                "expired",
                "refused",
                name="grantloss",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "accountrateshares",
        sa.Column("account", sa.String(16), nullable=False),
        sa.Column("halted_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("account"),
    )
    op.create_table(
        "auditentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "choicelist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("choices_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("is_unanswered", sa.Boolean(), nullable=False),
        sa.Column("picked", sa.Integer(), nullable=True),
        sa.Column("offered_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_choicelist_lookup"), "choicelist", ["lookup"], unique=False)
    op.create_index(op.f("ix_choicelist_offered_at"), "choicelist", ["offered_at"], unique=False)
    op.create_table(
        "batchfigure",
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("taken_for", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "clubsetting",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "codeattempts",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("waits_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("updated_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup"),
    )
    op.create_index(
        op.f("ix_codeattempts_updated_at"), "codeattempts", ["updated_at"], unique=False
    )
    op.create_table(
        "generatedfile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_generatedfile_expires_at"), "generatedfile", ["expires_at"], unique=False
    )
    op.create_index(op.f("ix_generatedfile_lookup"), "generatedfile", ["lookup"], unique=False)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "filelink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_filelink_expires_at"), "filelink", ["expires_at"], unique=False)
    op.create_table(
        "flagallowance",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("searches", sa.Integer(), nullable=False),
        sa.Column(
            "hour_ends_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False
        ),
        sa.PrimaryKeyConstraint("lookup"),
    )
    op.create_index(
        op.f("ix_flagallowance_hour_ends_at"), "flagallowance", ["hour_ends_at"], unique=False
    )
    op.create_table(
        "foldingrules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "chatslotlease",
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("until", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("slot"),
    )
    op.create_table(
        "inboxupdate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("update_key", sa.String(64), nullable=False),
        sa.Column("chat_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "suspicion",
            sa.Enum(
                "suspect",
                "alone",
                "suspect_again",
                "alone_again",
                "to_set_aside",
                name="suspicion",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("album", sa.String(64), nullable=True),
        sa.Column("received_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("handled_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("messenger", "update_key"),
    )
    op.create_index(
        "ix_inbox_waiting",
        "inboxupdate",
        ["id"],
        unique=False,
        sqlite_where=sa.text("handled_at IS NULL"),
        postgresql_where=sa.text("handled_at IS NULL"),
    )
    op.create_index(
        "ix_inbox_album",
        "inboxupdate",
        ["album"],
        unique=False,
        sqlite_where=sa.text("album IS NOT NULL"),
        postgresql_where=sa.text("album IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_inboxupdate_received_at"), "inboxupdate", ["received_at"], unique=False
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("holder", sa.String(64), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("until", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "role",
            sa.Enum("member", "officer", "owner", name="role", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "active", "suspended", "left", name="memberstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("area", sa.String(64), nullable=True),
        sa.Column("digest_minute", sa.Integer(), nullable=False),
        sa.Column("digest_days", sa.Integer(), nullable=False),
        sa.Column(
            "digest_paused_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("dark_pictures", sa.Boolean(), nullable=False),
        sa.Column("asked_about_meetings", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("left_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("actor"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_member_area"), "member", ["area"], unique=False)
    op.create_index(
        "ix_member_digest", "member", ["digest_minute", "digest_days", "id"], unique=False
    )
    op.create_index("ix_member_role", "member", ["role", "state"], unique=False)
    op.create_table(
        "schedule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "member_digest",
                "officer_digest",
                "housekeeping",
                "announcements",
                name="schedulekind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("next_due_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "minute", "days"),
    )
    op.create_index(op.f("ix_schedule_next_due_at"), "schedule", ["next_due_at"], unique=False)
    op.create_table(
        "sentcount",
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("from_quota", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("dong", sa.Integer(), nullable=False),
        sa.Column("quota_left", sa.Integer(), nullable=True),
        sa.Column("quota_refuted", sa.Boolean(), nullable=False),
        sa.Column("unpaid_since", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("messenger", "month"),
    )
    op.create_table(
        "step",
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("data_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup"),
    )
    op.create_index(op.f("ix_step_updated_at"), "step", ["updated_at"], unique=False)
    op.create_table(
        "dailycounter",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "flagged",
                "answered_at_once",
                "helpful",
                "not_helpful",
                name="counterkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column(
            "withheld_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.PrimaryKeyConstraint("day", "kind"),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "awaiting_approval",
                "scheduled",
                "sending",
                "sent",
                "withdrawn",
                "expired",
                "recalled",
                name="announcementstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("sent_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("at_night", sa.Boolean(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["repeats"],
            ["announcement.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    op.create_index(op.f("ix_announcement_author_id"), "announcement", ["author_id"], unique=False)
    op.create_index(
        op.f("ix_announcement_corrects_id"), "announcement", ["corrects_id"], unique=False
    )
    op.create_index(op.f("ix_announcement_due_at"), "announcement", ["due_at"], unique=False)
    op.create_index(op.f("ix_announcement_repeats"), "announcement", ["repeats"], unique=False)
    op.create_index(op.f("ix_announcement_sent_at"), "announcement", ["sent_at"], unique=False)
    op.create_index(op.f("ix_announcement_state"), "announcement", ["state"], unique=False)
    op.create_table(
        "case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "in_review",
                "waiting",
                "decided",
                "out_of_scope",
                "merged",
                name="casestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "scam",
                "impersonation",
                "false_details",
                "doctored_picture",
                "rumour",
                "unknown",
                name="category",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("recount_from", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column(
            "withheld_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("verdict_version", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("distinct_from_id", sa.Integer(), nullable=True),
        sa.Column("shown_from", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["distinct_from_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index(op.f("ix_case_merged_into"), "case", ["merged_into"], unique=False)
    op.create_index(op.f("ix_case_officer_id"), "case", ["officer_id"], unique=False)
    op.create_index(op.f("ix_case_recount_from"), "case", ["recount_from"], unique=False)
    op.create_index(op.f("ix_case_shown_from"), "case", ["shown_from"], unique=False)
    op.create_index(op.f("ix_case_state"), "case", ["state"], unique=False)
    op.create_index(op.f("ix_case_distinct_from_id"), "case", ["distinct_from_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "announcements", "digest", "duties", name="purpose", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("text_version", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("given_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consent_purpose", "consent", ["purpose", "member_id"], unique=False)
    op.create_index(
        "ix_consent_standing",
        "consent",
        ["member_id", "purpose"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("lookup", sa.LargeBinary(), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("added_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "unreachable_since", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.Column("last_interaction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column(
            "console_notice_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("lookup"),
    )
    op.create_index(op.f("ix_contact_member_id"), "contact", ["member_id"], unique=False)
    op.create_table(
        "datarequest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "correction",
                "objection",
                "restriction",
                name="requestkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("respond_by", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finish_by", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("received_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_datarequest_answered_at"), "datarequest", ["answered_at"], unique=False
    )
    op.create_index(op.f("ix_datarequest_member_id"), "datarequest", ["member_id"], unique=False)
    op.create_index(op.f("ix_datarequest_officer_id"), "datarequest", ["officer_id"], unique=False)
    op.create_table(
        "invite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_lookup", sa.LargeBinary(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("member", "officer", "owner", name="role", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("area", sa.String(64), nullable=True),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("by_operator", sa.Boolean(), nullable=False),
        sa.Column("created_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_lookup"),
    )
    op.create_index(op.f("ix_invite_created_by"), "invite", ["created_by"], unique=False)
    op.create_table(
        "roleoffer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=False),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["offered_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_roleoffer_expires_at"), "roleoffer", ["expires_at"], unique=False)
    op.create_index(op.f("ix_roleoffer_member_id"), "roleoffer", ["member_id"], unique=True)
    op.create_index(op.f("ix_roleoffer_offered_by"), "roleoffer", ["offered_by"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("due_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "under_way",
                "sent",
                "done",
                "empty",
                "skipped",
                name="slotoutcome",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("taken_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("filled_to", sa.Integer(), nullable=False),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.Column("purged", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["schedule.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("schedule_id", "due_at"),
    )
    op.create_index(op.f("ix_slot_outcome"), "slot", ["outcome"], unique=False)
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("suspended_by", sa.Integer(), nullable=True),
        sa.Column(
            "suspended_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False
        ),
        sa.Column("lifted_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["suspended_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_suspension_lifted_at"), "suspension", ["lifted_at"], unique=False)
    op.create_index(op.f("ix_suspension_member_id"), "suspension", ["member_id"], unique=False)
    op.create_index(
        "ix_suspension_standing",
        "suspension",
        ["member_id"],
        unique=True,
        sqlite_where=sa.text("lifted_at IS NULL"),
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_suspension_suspended_by"), "suspension", ["suspended_by"], unique=False
    )
    op.create_table(
        "announcementversion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("submitted_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id", "number"),
    )
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("suspension_id", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("lifted", sa.Boolean(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["suspension_id"],
            ["suspension.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_appeal_decided_by"), "appeal", ["decided_by"], unique=False)
    op.create_index(
        "ix_appeal_open",
        "appeal",
        ["suspension_id"],
        unique=True,
        sqlite_where=sa.text("decided_at IS NULL"),
        postgresql_where=sa.text("decided_at IS NULL"),
    )
    op.create_index(op.f("ix_appeal_suspension_id"), "appeal", ["suspension_id"], unique=False)
    op.create_table(
        "casenote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_casenote_case_id"), "casenote", ["case_id"], unique=False)
    op.create_index(op.f("ix_casenote_officer_id"), "casenote", ["officer_id"], unique=False)
    op.create_table(
        "casequestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_casequestion_case_id"), "casequestion", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_casequestion_officer_id"), "casequestion", ["officer_id"], unique=False
    )
    op.create_table(
        "caseanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("shown_from", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["casequestion.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("question_id", "member_id"),
    )
    op.create_index(op.f("ix_caseanswer_member_id"), "caseanswer", ["member_id"], unique=False)
    op.create_table(
        "casepost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("keys_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("url_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("words_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("media_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("withheld", sa.Integer(), nullable=False),
        sa.Column(
            "withheld_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("media_lookup"),
        sa.UniqueConstraint("url_lookup"),
        sa.UniqueConstraint("words_lookup"),
    )
    op.create_index(op.f("ix_casepost_case_id"), "casepost", ["case_id"], unique=False)
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announcement",
                "verdict",
                "digest",
                "notice",
                "reminder",
                "correction",
                "recall",
                name="mailingkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "filling",
                "sending",
                "paused",
                "done",
                "cancelled",
                name="mailingstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "announcements", "digest", "duties", name="purpose", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Integer(), nullable=False),
        sa.Column("samples", sa.JSON(), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("first", sa.String(64), nullable=False),
        sa.Column("from_quota", sa.Boolean(), nullable=False),
        sa.Column("paid_most", sa.Integer(), nullable=False),
        sa.Column("filled_to", sa.Integer(), nullable=False),
        sa.Column("valid_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("unpinned_to", sa.Integer(), nullable=True),
        sa.Column("watcher_id", sa.Integer(), nullable=True),
        sa.Column("progress_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "uncertain_dismissed_at",
            storage.models.columns.UtcDateTime(timezone=True),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["about_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["watcher_id"],
            ["member.id"],
        ),
        sa.CheckConstraint(
            "kind <> 'notice' OR CAST(bodies AS TEXT) = '{}'", name="notice_is_sealed"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "subject"),
    )
    op.create_index(op.f("ix_mailing_about_id"), "mailing", ["about_id"], unique=False)
    op.create_index(
        op.f("ix_mailing_announcement_id"), "mailing", ["announcement_id"], unique=False
    )
    op.create_index(
        "ix_mailing_pinned",
        "mailing",
        ["valid_until"],
        unique=False,
        sqlite_where=sa.text("unpinned_to IS NOT NULL"),
        postgresql_where=sa.text("unpinned_to IS NOT NULL"),
    )
    op.create_index(
        "ix_mailing_progress",
        "mailing",
        ["id"],
        unique=False,
        sqlite_where=sa.text("progress_sealed IS NOT NULL"),
        postgresql_where=sa.text("progress_sealed IS NOT NULL"),
    )
    op.create_index(op.f("ix_mailing_state"), "mailing", ["state"], unique=False)
    op.create_index(op.f("ix_mailing_watcher_id"), "mailing", ["watcher_id"], unique=False)
    op.create_table(
        "chatchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("adds", sa.Boolean(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_interaction_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_chatchange_contact_id"), "chatchange", ["contact_id"], unique=False)
    op.create_index(op.f("ix_chatchange_expires_at"), "chatchange", ["expires_at"], unique=False)
    op.create_table(
        "movecode",
        sa.Column("code_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("adds", sa.Boolean(), nullable=False),
        sa.Column("expires_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contact.id"],
        ),
        sa.PrimaryKeyConstraint("code_lookup"),
    )
    op.create_index(op.f("ix_movecode_contact_id"), "movecode", ["contact_id"], unique=True)
    op.create_index(op.f("ix_movecode_expires_at"), "movecode", ["expires_at"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("proposed_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_proposal_case_id"), "proposal", ["case_id"], unique=True)
    op.create_index(op.f("ix_proposal_officer_id"), "proposal", ["officer_id"], unique=False)
    op.create_table(
        "publicanswer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column(
            "published_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_publicanswer_announcement_id"), "publicanswer", ["announcement_id"], unique=False
    )
    op.create_index(
        op.f("ix_publicanswer_officer_id"), "publicanswer", ["officer_id"], unique=False
    )
    op.create_table(
        "announcementcost",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(16), nullable=False),
        sa.Column("from_quota", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("dong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.PrimaryKeyConstraint("announcement_id", "messenger"),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("due_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id", "member_id"),
    )
    op.create_index(op.f("ix_reminder_due_at"), "reminder", ["due_at"], unique=False)
    op.create_index(op.f("ix_reminder_member_id"), "reminder", ["member_id"], unique=False)
    op.create_table(
        "recurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("first", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["schedule_id"],
            ["schedule.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_recurrence_announcement_id"), "recurrence", ["announcement_id"], unique=True
    )
    op.create_index(op.f("ix_recurrence_schedule_id"), "recurrence", ["schedule_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "shared",
                "not_for_me",
                "taken_back",
                name="sharestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id", "member_id"),
    )
    op.create_index(op.f("ix_share_member_id"), "share", ["member_id"], unique=False)
    op.create_table(
        "verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "rating",
            sa.Enum(
                "false",
                "misleading",
                "scam",
                "true",
                "unproven",
                "satire",
                name="rating",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("claim", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("picture", sa.JSON(), nullable=True),
        sa.Column("valid_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "version"),
    )
    op.create_index(op.f("ix_verdict_decided_at"), "verdict", ["decided_at"], unique=False)
    op.create_index(op.f("ix_verdict_decided_by"), "verdict", ["decided_by"], unique=False)
    op.create_table(
        "officialtext",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "announcement",
                "correction",
                "recall",
                "verdict",
                name="officialkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("announcement_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("went_out_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("media_lookup", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("announcement_id", "kind", "version", "language"),
        sa.UniqueConstraint("case_id", "version", "language"),
        sa.UniqueConstraint("code_lookup"),
    )
    op.create_index(
        op.f("ix_officialtext_media_lookup"), "officialtext", ["media_lookup"], unique=False
    )
    op.create_table(
        "officialterm",
        sa.Column("term", sa.BigInteger(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["officialtext.id"],
        ),
        sa.PrimaryKeyConstraint("term", "text_id"),
    )
    op.create_index(op.f("ix_officialterm_text_id"), "officialterm", ["text_id"], unique=False)
    op.create_table(
        "officialpicture",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("shape", sa.String(16), nullable=False),
        sa.Column("card_hash", sa.String(128), nullable=True),
        sa.Column("is_due", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"],
            ["officialtext.id"],
        ),
        sa.PrimaryKeyConstraint("text_id", "shape"),
    )
    op.create_index(op.f("ix_officialpicture_is_due"), "officialpicture", ["is_due"], unique=False)
    op.create_table(
        "verdictlink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("address_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("site_lookup", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_verdictlink_address_lookup"), "verdictlink", ["address_lookup"], unique=False
    )
    op.create_index(op.f("ix_verdictlink_case_id"), "verdictlink", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_verdictlink_site_lookup"), "verdictlink", ["site_lookup"], unique=False
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["announcementversion.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version_id", "officer_id"),
    )
    op.create_index(op.f("ix_approval_officer_id"), "approval", ["officer_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "claimed",
                "sending",
                "sent",
                "failed",
                "gone",
                "uncertain",
                "cancelled",
                "not_now",
                name="deliverystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.String(64), nullable=True),
        sa.Column("lease_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("messenger", sa.String(16), nullable=True),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("message_ids", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("via", sa.String(16), nullable=True),
        sa.Column("failed_via", sa.String(16), nullable=True),
        sa.Column(
            "correction_outcome",
            sa.Enum(
                "edited",
                "deleted",
                "notice_only",
                "out_of_reach",
                name="correctionoutcome",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("changed_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailing.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("mailing_id", "member_id"),
    )
    op.create_index(
        "ix_delivery_mailing_state", "delivery", ["mailing_id", "state", "id"], unique=False
    )
    op.create_index(op.f("ix_delivery_member_id"), "delivery", ["member_id"], unique=False)
    op.create_index(
        "ix_delivery_open",
        "delivery",
        ["state", "lane", "not_before", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'claimed', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'claimed', 'sending')"),
    )
    op.create_table(
        "flag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "scam",
                "impersonation",
                "false_details",
                "doctored_picture",
                "rumour",
                "unknown",
                name="category",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("stopped_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("notified_version", sa.Integer(), nullable=False),
        sa.Column("notify_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("delay_notified_on", sa.Date(), nullable=True),
        sa.Column("flagged_on", sa.Date(), nullable=False),
        sa.Column("original_code", sa.String(length=16), nullable=False),
        sa.Column("opening_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rated_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["casepost.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("post_id", "member_id"),
    )
    op.create_index(op.f("ix_flag_case_id"), "flag", ["case_id"], unique=False)
    op.create_index(op.f("ix_flag_member_id"), "flag", ["member_id"], unique=False)
    op.create_index(op.f("ix_flag_notify_at"), "flag", ["notify_at"], unique=False)
    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("link", "picture", "words", name="proofkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("platform", sa.String(32), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("picture_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("same", sa.LargeBinary(), nullable=False),
        sa.Column("picture_hash", sa.String(512), nullable=True),
        sa.Column("at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("question_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["share.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("share_id", "same"),
    )
    op.create_index(op.f("ix_proof_asked_by"), "proof", ["asked_by"], unique=False)
    op.create_index(op.f("ix_proof_at"), "proof", ["at"], unique=False)
    op.create_index(op.f("ix_proof_same"), "proof", ["same"], unique=False)
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("announcement_id", sa.Integer(), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new",
                "taken",
                "answered",
                "closed",
                name="questionstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("public_answer_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["public_answer_id"],
            ["publicanswer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_question_announcement_id"), "question", ["announcement_id"], unique=False
    )
    op.create_index(op.f("ix_question_asked_at"), "question", ["asked_at"], unique=False)
    op.create_index(op.f("ix_question_member_id"), "question", ["member_id"], unique=False)
    op.create_index(op.f("ix_question_officer_id"), "question", ["officer_id"], unique=False)
    op.create_index(
        op.f("ix_question_public_answer_id"), "question", ["public_answer_id"], unique=False
    )
    op.create_index(op.f("ix_question_state"), "question", ["state"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "open",
                "cancelled",
                "over",
                name="meetingstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("begins_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("ends_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer_by", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("proposal", sa.JSON(), nullable=True),
        sa.Column("is_pending", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("calendar_uid", sa.String(64), nullable=False),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("asked_version", sa.Integer(), nullable=False),
        sa.Column("opened_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("changed_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("said_yes", sa.Integer(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approver_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["proposer_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("calendar_uid"),
    )
    op.create_index(op.f("ix_meeting_approver_id"), "meeting", ["approver_id"], unique=False)
    op.create_index(op.f("ix_meeting_author_id"), "meeting", ["author_id"], unique=False)
    op.create_index(op.f("ix_meeting_begins_at"), "meeting", ["begins_at"], unique=False)
    op.create_index(op.f("ix_meeting_due_at"), "meeting", ["due_at"], unique=False)
    op.create_index(op.f("ix_meeting_proposer_id"), "meeting", ["proposer_id"], unique=False)
    op.create_index(op.f("ix_meeting_state"), "meeting", ["state"], unique=False)
    op.create_table(
        "ticketattempts",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("waits_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("updated_at", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_index(
        op.f("ix_ticketattempts_updated_at"), "ticketattempts", ["updated_at"], unique=False
    )
    op.create_table(
        "meetingfeedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("content_rating", sa.Integer(), nullable=False),
        sa.Column("organisation_rating", sa.Integer(), nullable=False),
        sa.Column("place_rating", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mark", sa.Integer(), nullable=False),
        sa.Column("shown_from", storage.models.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_meetingfeedback_meeting_id"), "meetingfeedback", ["meeting_id"], unique=False
    )
    op.create_table(
        "meetingpapers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("for_all", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("pending", "published", name="papersstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("published_at", storage.models.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["approver_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["member.id"],
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "version"),
    )
    op.create_index(
        op.f("ix_meetingpapers_approver_id"), "meetingpapers", ["approver_id"], unique=False
    )
    op.create_index(
        op.f("ix_meetingpapers_author_id"), "meetingpapers", ["author_id"], unique=False
    )
    op.create_table(
        "rsvp",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("yes", "maybe", "no", "none", name="rsvpanswer", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "place",
            sa.Enum(
                "seated",
                "waiting",
                "offered",
                "none",
                name="rsvpplace",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("waiting_order", sa.Integer(), nullable=True),
        sa.Column(
            "offered_until", storage.models.columns.UtcDateTime(timezone=True), nullable=True
        ),
        sa.Column("asked_version", sa.Integer(), nullable=False),
        sa.Column("wants_reminders", sa.Boolean(), nullable=False),
        sa.Column("digits_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("gave_feedback", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "member_id"),
    )
    op.create_index(op.f("ix_rsvp_member_id"), "rsvp", ["member_id"], unique=False)
    op.create_index(op.f("ix_rsvp_offered_until"), "rsvp", ["offered_until"], unique=False)
    op.create_table(
        "ticket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("code_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("holder_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["meeting.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "code_lookup"),
    )
    op.create_table(
        "indexedpost",
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("plain", sa.LargeBinary(), nullable=True),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("picture_hash", sa.String(512), nullable=True),
        sa.ForeignKeyConstraint(
            ["post_id"],
            ["casepost.id"],
        ),
        sa.PrimaryKeyConstraint("post_id"),
    )
    op.create_index("ix_indexedpost_plain", "indexedpost", ["plain"], unique=False)
    dialect = op.get_bind().dialect.name
    for statement in (*_APPEND_ONLY[dialect], *_INVERTED_INDEX[dialect]):
        op.execute(statement)
