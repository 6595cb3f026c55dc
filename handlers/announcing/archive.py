"""`/thongbao`: lists current announcements to read again; checks who may read which."""

import re
from dataclasses import dataclass
from datetime import datetime

from handlers.announcing import delivered_copy
from handlers.conversation import Context, Html, Page, Routes, UserError, paged, require
from handlers.messages import Answer, Button, Message, Reply, Rows
from handlers.notifications import choose
from handlers.recognition.plain_text import plain, shortened, visible
from handlers.views.announcement import Content, member_copy, unpack
from handlers.views.announcement_reference import named
from handlers.views.verdict import day_of
from storage.announcements import published, statistics
from storage.announcements.published import Published
from storage.announcements.references import Reference
from storage.models import MailingKind, Member
from storage.outbox import enqueue

routes = Routes()

_LABEL_CHARACTERS = 48
"""What a phone shows of a button's label before it cuts it."""

Line = tuple[Reference, Content]


@routes.command("thongbao", "announcements", words=["thông báo", "announcements"])
async def read_again(context: Context) -> Answer:
    """Lists the current announcements; with a number, shows that one."""
    return await read_one(context) if context.args else await list_current(context)


@paged(routes, "readpage")
async def list_current(context: Context, page: Page) -> tuple[Html, Rows]:
    """The list of the current announcements."""
    lines = await current(context)
    if not lines:
        return context.say("reading-none"), ()
    page = page.within(len(lines))
    shown, others = page.split(lines[page.offset :][: page.limit])
    rows = tuple((open_button(context, line),) for line in shown)
    return context.say("reading-list", count=len(lines)), (*rows, *others)


@routes.action("read")
async def read_one(context: Context) -> Answer:
    """Shows one announcement exactly as it was sent, with its buttons."""
    which = await named(context)
    try:
        content = await readable(context, which)
    except UserError:
        if notice := await _recall_notice(context, which):
            return [Reply(notice)]
        raise
    require(not is_over(content, context.now), "reading-over", number=which.label)
    return [Reply(member_copy(content, which, context.say))]


async def _recall_notice(context: Context, which: Reference) -> Message | None:
    """The notice of the recall, with its reason, for a member who had a copy; None for any other."""
    tx = context.tx
    if not await published.is_recalled(tx, which.id):
        return None
    if not await published.was_sent(tx, which.id, context.member_id):
        return None
    bodies = await enqueue.bodies_of(tx, MailingKind.RECALL, str(which.id))
    return choose(bodies, context.say.language) if bodies else None


@dataclass(frozen=True)
class Readable:
    """A sent announcement that a member may read."""

    content: Content
    sent_at: datetime | None
    """When its sending began."""


async def readable(context: Context, which: Reference, *, opens: bool = True) -> Content:
    """The content of `find_readable`."""
    return (await find_readable(context, which, opens=opens)).content


async def find_named(context: Context) -> Published | None:
    """The published announcement whose button was pressed; None for any other, or a command."""
    return None if context.command else await published.find(context.tx, context.number())


async def find_readable(
    context: Context, which: Reference, *, opens: bool = True, known: Published | None = None
) -> Readable:
    """The current content of a sent announcement that this member may read.

    With `opens` it counts as opened by the member. `known` is the announcement, if it was found already
    in this transaction.

    Raises:
        UserError: there is none for this member, which does not disclose whether a draft exists.
    """
    await delivered_copy.arrived(context, which.id)
    announcement = known or await published.find(context.tx, which.id)
    if announcement is None and await published.is_recalled(context.tx, which.id):
        raise UserError("reading-recalled", number=which.label)
    if announcement is None:
        raise UserError("reading-unknown")
    if opens:
        await statistics.mark_opened(
            context.tx, which.id, context.member_id, day_of(context.now, context.club)
        )
    found = Readable(unpack(announcement.content), announcement.sent_at)
    if is_meant_for(found.content, context.current_member):
        return found
    if await published.was_sent(context.tx, which.id, context.member_id):
        return found
    raise UserError("reading-unknown")


def is_meant_for(content: Content, member: Member) -> bool:
    """Whether the announcement is for the member's area and role; the whole province gets every one."""
    if content.officers_only and not member.role.is_officer:
        return False
    return not content.areas or member.area is None or member.area in content.areas


def is_over(content: Content, now: datetime) -> bool:
    """Whether its end of validity has passed."""
    return content.valid_until is not None and content.valid_until <= now


async def current(context: Context) -> list[Line]:
    """The announcements for this member whose validity has not ended, the newest first."""
    lines = [
        (announcement.reference, unpack(announcement.content))
        for announcement in await published.newest(context.tx)
    ]
    return [
        (which, content)
        for which, content in lines
        if is_meant_for(content, context.current_member) and not is_over(content, context.now)
    ]


async def mentioning(context: Context, words: str) -> list[Line]:
    """The current announcements for this member that have all these words, the newest first."""
    wanted = set(_words(words))
    return [line for line in await current(context) if wanted and wanted <= _words_in(line[1])]


def _words_in(content: Content) -> set[str]:
    texts = (content.title, content.title_en, visible(content.html), visible(content.html_en))
    return set(_words(" ".join((*texts, *content.facts, content.issuer))))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


def open_button(context: Context, line: Line) -> Button:
    """The button that opens one announcement."""
    which, content = line
    label = context.say.plain(
        "reading-open-urgent" if content.urgent else "reading-open",
        number=which.label,
        title=content.in_language(context.say.language).title,
    )
    return Button(shortened(label, _LABEL_CHARACTERS), action=f"read:{which.id}")
