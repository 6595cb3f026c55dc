"""An approved correction takes effect: on what is still queued, on every copy, on what can be read.

The corrected words become a new version of the announcement itself, so whatever shows it from now
on – the share kit, `/thongbao`, questions, digests – shows these.
"""

from dataclasses import replace

from handlers.announcing.delivered_copy import delivered
from handlers.conversation.context import UserError
from handlers.conversation.i18n import Speech
from handlers.conversation.settings import ClubSettings
from handlers.messages import Button, Message, lasting
from handlers.notifications import in_every_language
from handlers.views.announcement import Content, member_copy, pack, unpack
from storage.announcements import announcements
from storage.database.engine import Tx
from storage.models import Announcement, AnnouncementState, Lane, MailingKind, MailingState
from storage.outbox import corrections, enqueue, mailings


async def check(tx: Tx, correction: Announcement, content: Content) -> None:
    """Whether a correction still fits what it corrects, and changes it; else raises UserError.

    An announcement of its own is always fine.
    """
    if correction.corrects_id is None:
        return
    number = str(correction.corrects_id)
    original = await announcements.hold(tx, correction.corrects_id)
    if original is None or original.state not in announcements.PUBLISHED:
        raise UserError("correcting-recalled", number=number)
    before = unpack((await announcements.version_of(tx, original)).content)
    if before.corrected + 1 != content.corrected:
        raise UserError("correcting-stale", number=number)
    if _to_read(before) == _to_read(content):
        raise UserError("correcting-unchanged")


def _to_read(content: Content) -> Content:
    """What a member reads of it, apart from the line that says it was corrected."""
    return replace(content, corrected=0, send_at=None, checked=(), answered=())


async def begin(tx: Tx, club: ClubSettings, correction: Announcement, content: Content) -> None:
    """Every copy is edited in place, and everyone who was sent one is told.

    Raises:
        UserError: it was recalled or corrected otherwise since this was written.
    """
    await check(tx, correction, content)
    number = correction.corrects_id or 0
    original = await announcements.hold(tx, number)
    if original is None:
        raise UserError("button-unknown")
    await announcements.correct(tx, original, pack(content))
    await _reword(tx, club, number, content)
    await mailings.cancel_corrections(tx, number)
    announcements.transition(correction, AnnouncementState.SENDING)
    correction.due_at, correction.sent_at = None, tx.clock.now()
    await enqueue.open_mailing(
        tx,
        kind=MailingKind.CORRECTION,
        subject=f"{number} v{original.version}",
        announcement_id=number,
        lane=Lane.CORRECTION,
        bodies=in_every_language(club, lambda say: notice(content, number, say)),
        state=MailingState.FILLING,
        watcher_id=correction.author_id,
    )


async def _reword(tx: Tx, club: ClubSettings, number: int, content: Content) -> None:
    mailing = await mailings.of_announcement(tx, number)
    if mailing is None:  # who was sent it has been forgotten by now
        return

    def write(say: Speech) -> Message:
        return delivered(member_copy(content, number, say))

    await mailings.hold(tx, mailing)
    await corrections.set_wording(tx, mailing, in_every_language(club, write), content.valid_until)


def notice(content: Content, number: int, say: Speech) -> Message:
    """The short word to everyone who was sent the original; without a sound unless it is urgent."""
    title = content.in_language(say.language).title
    text = say("correction-notice", number=str(number), title=title)
    read = Button(say.plain("correction-read"), action=f"read:{number}")
    return lasting(Message(text, ((read,),), silent=not content.urgent))
