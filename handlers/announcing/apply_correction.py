"""Applies an approved correction: to queued deliveries, delivered copies and what is shown later.

The corrected text becomes a new version of the announcement itself, so everything that shows it
later (the share kit, `/thongbao`, questions, digests) shows the new text.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from handlers.announcing.correction_notice import notice
from handlers.announcing.delivered_copy import delivered
from handlers.authenticity import record
from handlers.conversation import ClubSettings, Speech, UserError, found, require
from handlers.messages import Message
from handlers.notifications import in_every_language
from handlers.views.announcement import Content, member_copy, pack, unpack
from storage.announcements import announcements, published, references
from storage.announcements.references import Reference
from storage.database import Tx, id_of
from storage.models import (
    Announcement,
    Lane,
    MailingKind,
    MailingState,
    OfficialKind,
)
from storage.outbox import corrections, enqueue, mailings


async def check(tx: Tx, correction: Announcement, content: Content) -> None:
    """Checks that a correction fits the newest version of the announcement and changes it.

    An announcement that corrects nothing always passes.

    Raises:
        UserError: it was recalled or corrected meanwhile, or every word is the same.
    """
    if correction.corrects_id is None:
        return
    number = (await references.of(tx, correction.corrects_id)).label
    original = await announcements.lock(tx, correction.corrects_id)
    if original is None or original.state not in announcements.PUBLISHED:
        raise UserError("correcting-recalled", number=number)
    before = unpack((await announcements.version_of(tx, original)).content)
    require(before.corrected + 1 == content.corrected, "correcting-stale", number=number)
    require(_readable_part(before) != _readable_part(content), "correcting-unchanged")


def _readable_part(content: Content) -> Content:
    """The part of the content that a member reads, without the line that says it was corrected."""
    return replace(content.without_marks(), corrected=0, send_at=None)


async def begin(tx: Tx, club: ClubSettings, correction: Announcement, content: Content) -> None:
    """Starts editing every copy in place, and notifies everyone who was sent one.

    Raises:
        UserError: it was recalled or corrected otherwise since this was written.
    """
    await check(tx, correction, content)
    original_id = correction.corrects_id or 0
    original = found(await announcements.lock(tx, original_id), "button-unknown")
    which = references.reference(original)
    write = partial(notice, await _known_to_members(tx, original), content, which)
    await announcements.correct(tx, original, pack(content))
    await _record(tx, club, original, content, write)
    await _reword(tx, club, which, content)
    await mailings.cancel_corrections(tx, original_id)
    await announcements.go_out(tx, correction)
    await enqueue.open_mailing(
        tx,
        kind=MailingKind.CORRECTION,
        subject=corrections.subject(original_id, original.version),
        announcement_id=original_id,
        lane=Lane.CORRECTION,
        bodies=in_every_language(club, write),
        state=MailingState.FILLING,
        spending=await mailings.allowance_of(tx, original_id),
        watcher_id=correction.author_id,
    )


async def _known_to_members(tx: Tx, original: Announcement) -> Content:
    """The newest wording of which every recipient was told.

    A correction that is replaced before it is finished leaves some who know the wording before it.
    """
    original_id = id_of(original)
    unpacked = unpack((await announcements.version_of(tx, original)).content)
    told = await corrections.last_finished_version(tx, original_id)
    version = told or original.version - unpacked.corrected
    packed = await published.content_of_version(tx, original_id, version)
    return unpack(packed) if packed else unpacked


async def _record(
    tx: Tx,
    club: ClubSettings,
    original: Announcement,
    content: Content,
    write: Callable[[Speech], Message],
) -> None:
    """Adds the corrected text and the notice about it to the index of official texts."""
    which = references.reference(original)
    await record.announcement_went_out(tx, club, which, original.version, content)
    kind = OfficialKind.CORRECTION
    await record.notice_went_out(tx, club, kind, original, content=content, write=write)


async def _reword(tx: Tx, club: ClubSettings, which: Reference, content: Content) -> None:
    mailing = await mailings.of_announcement(tx, which.id)
    if mailing is None:  # who was sent it has been forgotten by now
        return

    def write(say: Speech) -> Message:
        return delivered(member_copy(content, which, say))

    await mailings.lock(tx, mailing)
    await corrections.set_wording(tx, mailing, in_every_language(club, write), content.valid_until)
