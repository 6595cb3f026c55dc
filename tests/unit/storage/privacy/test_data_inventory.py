"""Nothing about a member can be kept without being seen, erased and given a time."""

from dataclasses import fields

import pytest
from sqlalchemy import JSON, Column, LargeBinary, String
from sqlmodel import SQLModel

from storage.privacy.data_inventory import INVENTORY
from storage.privacy.data_inventory_types import ErasureAction, InventoryEntry
from storage.privacy.retention_policy import KEPT_WITHOUT_LIMIT, RETENTION, RetentionSettings
from storage.privacy.retention_purge import PURGES

TABLES = SQLModel.metadata.tables
SHORT_CHARACTERS = 200
OF_NOBODY = {
    "accountauthorization.nonce_sealed": "of a link that the command line made",
    "accountauthorization.verifier_sealed": "of a link that the command line made",
    "accountgrant.access_token_sealed": "of the club's account",
    "accountgrant.refresh_token_sealed": "of the club's account",
    "accountrateshares.shares": "numbers of processes",
    "announcementversion.content": "what was sent is public; drafts are emptied",
    "auditentry.details": "numbers and states only; a test of the log holds that",
    "auditentry.link": "over the entry before",
    "batchfigure.value": "totals",
    "casepost.content_sealed": "the post; nothing says who sent it in",
    "casepost.keys_sealed": "of the post",
    "casepost.media_lookup": "of the post",
    "casepost.url_lookup": "of the post",
    "casepost.words_lookup": "of the post",
    "indexedpost.plain": "of the post",
    "indexedpost.picture_hash": "of the post",
    "indexedpost.words_sealed": "of the post",
    "filelink.target_sealed": "a file of an announcement, or the number of a file that goes with its chat",
    "invite.code_lookup": "of a code that nobody's name is on",
    "mailing.areas": "areas of the province",
    "mailing.bodies": "public words; the words of a notice are sealed in its deliveries",
    "mailing.samples": "numbers of deliveries",
    "meeting.content": "what members are invited to is public",
    "meetingfeedback.words_sealed": "nothing says who wrote it",
    "meetingpapers.content": "what members are sent is public",
    "officialtext.code_lookup": "of a code that nobody's name is on",
    "officialtext.content_sealed": "what the club has sent",
    "officialtext.media_lookup": "of a picture or file that the club has sent",
    "publicanswer.answer": "public",
    "publicanswer.question": "public, in the officer's words",
    "slot.purged": "numbers",
    "ticket.code_lookup": "of digits that nobody's name is on",
    "ticket.holder_sealed": "goes with the ticket, which leaving takes away",
    "verdict.claim": "public",
    "verdict.explanation": "public",
    "verdict.picture": "public",
    "verdict.sources": "public",
    "verdictlink.address_lookup": "of a link that a verdict calls a fraud",
    "verdictlink.address_sealed": "a link that a verdict calls a fraud",
    "verdictlink.site_lookup": "of a domain that a verdict calls a fraud",
}
"""Columns that could be about a member by their kind and are not; why."""


def names_a_member(column: Column[object]) -> bool:
    """Whether a column, by its kind, could identify a member or hold their words."""
    to_member = any(key.target_fullname == "member.id" for key in column.foreign_keys)
    is_text = isinstance(column.type, String) and not hasattr(column.type, "enums")
    is_long = is_text and (column.type.length or SHORT_CHARACTERS) >= SHORT_CHARACTERS  # type: ignore[attr-defined]
    return (
        to_member
        or is_long
        or column.name == "member_id"
        or isinstance(column.type, LargeBinary | JSON)
    )


def columns() -> list[tuple[str, str]]:
    return [
        (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if names_a_member(column) and f"{table.name}.{column.name}" not in OF_NOBODY
    ]


def is_seen(holding: InventoryEntry, column: str) -> bool:
    """Shown, or what ties the row to them: a number or a hash that says nothing more."""
    return column in holding.exported_columns or column in holding.link_columns


def is_erased(holding: InventoryEntry, column: str) -> bool:
    cut = column in holding.link_columns or column in holding.blank_on_erase
    return holding.action is ErasureAction.DELETED or (
        cut and holding.action is ErasureAction.UNLINKED
    )


@pytest.mark.parametrize(("table", "column"), columns())
def test_what_names_a_member_is_seen_by_them_and_goes_with_them(table: str, column: str) -> None:
    if table == "erasure":
        return  # the number of an emptied row, for the seconds until it is gone
    entries = [holding for holding in INVENTORY if holding.table.name == table]
    assert any(is_seen(one, column) for one in entries), (
        "not in /dulieu: see storage.privacy.data_inventory"
    )
    assert any(is_erased(one, column) for one in entries), (
        "not in /xoadulieu: see storage.privacy.data_inventory"
    )


def test_every_reference_to_a_member_is_cut_by_some_holding() -> None:
    """The row of a member can only be deleted when nothing points to it."""
    for table, column in columns():
        keys = TABLES[table].columns[column].foreign_keys
        if any(key.target_fullname == "member.id" for key in keys):
            cut = [h for h in INVENTORY if h.table.name == table and column in h.link_columns]
            assert cut, f"{table}.{column}"


def test_every_table_has_a_time_or_a_reason_to_have_none() -> None:
    assert set(RETENTION) == set(TABLES), "see storage.privacy.retention_policy"
    settings = {one.name for one in fields(RetentionSettings)}
    assert set(RETENTION.values()) <= settings | KEPT_WITHOUT_LIMIT


def test_every_time_is_kept_to() -> None:
    assert set(PURGES) == {one.name for one in fields(RetentionSettings)}
