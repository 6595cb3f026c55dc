"""`/caidat`: what a member gets, when, in which language and for which area; each in one tap."""

import re

from handlers.conversation.area_picker import area_from, page_from
from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.conversation.settings import LANGUAGES
from handlers.conversation.time_parser import TimeUnclear, read_clock
from handlers.messages import Answer
from handlers.preferences.pages import EVERY_DAY, Choices, Leaf, Page, Way, leaf, offered
from handlers.recognition.plain_text import plain
from handlers.views import privacy_notice
from storage import schedules
from storage.members import members
from storage.models import Purpose, ScheduleKind

routes = Routes()

_MINUTES_A_DAY = 24 * 60
_HOUR, _HOUR_READ = "preferences.hour", "preferences.hour-read"
"""An hour is asked for; and one was read, which the next message may correct."""
routes.passes(_HOUR_READ)
_MEANT_AS_HOUR = re.compile(r"(?:luc )?\d{1,2}\s*(?:[:.hg]|gio\b|am\b|pm\b).{0,12}|\d{1,2}")
"""Without diacritics: `25h`, `19h3o`."""


@routes.command("caidat", "settings", words=["cài đặt", "settings"])
async def show_settings(turn: Context) -> Answer:
    """Everything chosen so far, and a button to change each."""
    shown = await page_now(turn, Page.OVERVIEW, Way.SETTINGS)
    return [turn.reply(shown.text, shown.rows)]


@routes.action("set-page")
async def open_page(turn: Context) -> Answer:
    """Another page in the same message."""
    return await _show(turn, _page(turn))


@routes.action("set-want")
async def toggle_purpose(turn: Context) -> Answer:
    """Agrees to one purpose, or withdraws from it, as the button said when it was drawn."""
    purpose, way = _purpose(turn), way_of(turn)
    if not _switched_on(turn):
        await members.withdraw(turn.tx, turn.member_id, [purpose])
        return await _show(turn, _home(way))
    await members.agree(
        turn.tx, turn.who, purpose, text_version=privacy_notice.VERSION, language=turn.say.language
    )
    asks_days = purpose is Purpose.DIGEST and not turn.who.digest_days
    if asks_days:
        turn.who.digest_days = EVERY_DAY  # what the consent said, until they choose otherwise
    await schedule(turn)
    return await _show(turn, Page.DIGEST if asks_days and way is Way.SETTINGS else _home(way))


@routes.action("set-language")
async def choose_language(turn: Context) -> Answer:
    """Everything the bot says from now on, and the command menu, is in this language."""
    language = turn.args[-1] if turn.args else ""
    if language not in LANGUAGES:
        raise UserError("button-unknown")
    turn.who.language = language
    turn = turn.answering_in(language)
    return [*await _show(turn, Page.LANGUAGE), turn.menu_change()]


@routes.action("set-area")
async def choose_area(turn: Context) -> Answer:
    """The area whose announcements the member gets, or only another page of the list."""
    page = page_from(turn, 2)
    if page is None:
        turn.who.area = area_from(turn, 1)
    return await _show(turn, Page.AREA, area_page=page or 0)


@routes.action("set-days")
async def choose_days(turn: Context) -> Answer:
    """The days of the digest."""
    days = turn.number(1)
    if days > EVERY_DAY:
        raise UserError("button-unknown")
    turn.who.digest_days = days
    await schedule(turn)
    return await _show(turn, Page.DIGEST)


@routes.action("set-hour")
async def choose_hour(turn: Context) -> Answer:
    """The hour of the digest, from the buttons."""
    minute = turn.number(1)
    if minute >= _MINUTES_A_DAY:
        raise UserError("button-unknown")
    turn.who.digest_minute = minute
    await schedule(turn)
    return await _show(turn, Page.DIGEST)


@routes.action("set-other-hour")
async def ask_hour(turn: Context) -> Answer:
    """Lets the member type the hour."""
    await turn.go(_HOUR, way=way_of(turn))
    text = turn.say("preferences-ask-hour")
    return [turn.instead(text, ((turn.button("back", "set-page", way_of(turn), Page.DIGEST),),))]


@routes.step(_HOUR)
async def read_hour(turn: Context) -> Answer:
    """The hour as people write it: `19h30`, `7 giờ sáng`."""
    try:
        clock = read_clock(turn.incoming.text)
    except TimeUnclear:
        raise UserError("preferences-hour-unclear") from None
    turn.who.digest_minute = clock.hour * 60 + clock.minute
    await turn.go(_HOUR_READ, way=turn.data["way"])
    await schedule(turn)
    shown = await page_now(turn, Page.DIGEST, Way(turn.data["way"]))
    return [turn.reply(shown.text, shown.rows)]


@routes.step(_HOUR_READ)
async def read_hour_again(turn: Context) -> Answer | None:
    """Another hour right after the first; anything else is heard for itself."""
    said = turn.incoming
    if said.forwarded or said.media or not _MEANT_AS_HOUR.fullmatch(plain(said.text)):
        await turn.done()
        return None
    return await read_hour(turn)


async def page_now(turn: Context, page: Page, way: Way, *, area_page: int = 0) -> Leaf:
    """A page drawn from what is chosen at this moment."""
    agreed = await members.agreed(turn.tx, turn.member_id)
    return leaf(page, Choices(turn, way, agreed, area_page))


async def _show(turn: Context, page: Page, *, area_page: int = 0) -> Answer:
    if turn.step in {_HOUR, _HOUR_READ}:
        await turn.done()
    shown = await page_now(turn, page, way_of(turn), area_page=area_page)
    return [turn.instead(shown.text, shown.rows)]


async def schedule(turn: Context) -> None:
    """Sees to it that somebody wakes up when this member's digest is due."""
    member = turn.who
    if member.digest_days and Purpose.DIGEST in await members.agreed(turn.tx, turn.member_id):
        await schedules.ensure(
            turn.tx,
            ScheduleKind.MEMBER_DIGEST,
            minute=member.digest_minute,
            days=member.digest_days,
            timezone=turn.club.timezone,
        )


def _home(way: Way) -> Page:
    """Where the purposes are switched."""
    return Page.OVERVIEW if way is Way.SETTINGS else Page.PURPOSES


def way_of(turn: Context) -> Way:
    """How this person came to the page."""
    if not turn.args or turn.args[0] not in set(Way):
        raise UserError("button-unknown")
    return Way(turn.args[0])


def _page(turn: Context) -> Page:
    if len(turn.args) < 2 or turn.args[1] not in set(Page):
        raise UserError("button-unknown")
    return Page(turn.args[1])


def _purpose(turn: Context) -> Purpose:
    for purpose in offered(turn.who):
        if turn.args[1:2] == (purpose.value,):
            return purpose
    raise UserError("button-unknown")


def _switched_on(turn: Context) -> bool:
    if turn.args[2:] not in {("on",), ("off",)}:
        raise UserError("button-unknown")
    return turn.args[2] == "on"
