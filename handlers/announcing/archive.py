"""`/thongbao`: reading the current announcements again; and who may read which."""

from datetime import datetime

from handlers.announcing import delivered_copy
from handlers.conversation.context import Context, UserError
from handlers.conversation.pagination import FETCHED, PER_PAGE, shown, ways
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Button, Reply
from handlers.recognition.plain_text import shortened
from handlers.views.announcement import Content, member_copy, unpack
from handlers.views.verdict import day_of
from storage.announcements import published, statistics
from storage.models import Member

routes = Routes()

_LABEL_CHARACTERS = 48
"""What a phone shows of a button's label before it cuts it."""

Line = tuple[int, Content]


@routes.command("thongbao", "announcements", words=["thông báo", "announcements"])
async def read_again(turn: Context) -> Answer:
    """The current announcements; with a number, that one."""
    if turn.args:
        return await read_one(turn)
    return [_page(turn, await _current(turn), 0)]


@routes.action("readpage")
async def turn_page(turn: Context) -> Answer:
    """Another page of the list, in its place."""
    return [_page(turn, await _current(turn), turn.number())]


@routes.action("read")
async def read_one(turn: Context) -> Answer:
    """One announcement exactly as it was sent, with its buttons."""
    number = turn.number()
    content = await readable(turn, number)
    if is_over(content, turn.now):
        raise UserError("reading-over", number=str(number))
    return [Reply(member_copy(content, number, turn.say))]


async def readable(turn: Context, number: int, *, opens: bool = True) -> Content:
    """The wording of an announcement that went out and that this member may read.

    It counts as opened by them, unless they pass it by.

    Raises:
        Sorry: there is none for this member; whether it is still a draft is nobody's business here.
    """
    await delivered_copy.arrived(turn, number)
    found = await published.find(turn.tx, number)
    if found is None and await published.is_recalled(turn.tx, number):
        raise UserError("reading-recalled", number=str(number))
    if found is None:
        raise UserError("reading-unknown")
    if opens:
        await statistics.mark_opened(turn.tx, number, turn.member_id, day_of(turn.now, turn.club))
    content = unpack(found.content)
    if is_meant_for(content, turn.who):
        return content
    if await published.was_sent(turn.tx, number, turn.member_id):
        return content
    raise UserError("reading-unknown")


def is_meant_for(content: Content, member: Member) -> bool:
    """Whether an announcement concerns the area a member chose; the whole province has them all."""
    return not content.areas or member.area is None or member.area in content.areas


def is_over(content: Content, now: datetime) -> bool:
    """Whether what the announcement says has ceased to hold."""
    return content.valid_until is not None and content.valid_until <= now


async def _current(turn: Context) -> list[Line]:
    lines = [(one.number, unpack(one.content)) for one in await published.newest(turn.tx)]
    return [
        (number, content)
        for number, content in lines
        if is_meant_for(content, turn.who) and not is_over(content, turn.now)
    ]


def _page(turn: Context, lines: list[Line], page: int) -> Reply:
    if not lines:
        return turn.instead(turn.say("reading-none"))
    # The list may have become shorter since the button was made.
    first = min(page, (len(lines) - 1) // PER_PAGE) * PER_PAGE
    fetched = lines[first : first + FETCHED]
    rows = tuple((_open(turn, line),) for line in shown(fetched))
    others = ways(turn, "readpage", first // PER_PAGE, fetched)
    return turn.instead(turn.say("reading-list", count=len(lines)), rows + others)


def _open(turn: Context, line: Line) -> Button:
    number, content = line
    key = "reading-open-urgent" if content.urgent else "reading-open"
    title = content.in_language(turn.say.language).title
    label = turn.say.plain(key, number=str(number), title=title)
    return Button(shortened(label, _LABEL_CHARACTERS), action=f"read:{number}")
