"""`/caidat`: the settings of a member; each is changed with one tap."""

import re

from handlers.conversation import (
    LANGUAGES,
    Context,
    Routes,
    TimeUnclear,
    UserError,
    area_from,
    page_from,
    read_clock,
    require,
)
from handlers.messages import Answer
from handlers.preferences.pages import (
    EVERY_DAY,
    Choices,
    OpenedFrom,
    Page,
    PageView,
    available_purposes,
    render,
)
from handlers.recognition.plain_text import plain
from handlers.views import privacy_notice
from storage import schedules
from storage.members import members
from storage.models import Purpose, ScheduleKind

routes = Routes()

_MINUTES_A_DAY = 24 * 60
_HOUR, _HOUR_READ = "preferences.hour", "preferences.hour-read"
"""States: waiting for an hour; and an hour was read, which the next message may correct."""
routes.passive_step(_HOUR_READ)
_MEANT_AS_HOUR = re.compile(r"(?:luc )?\d{1,2}\s*(?:[:.hg]|gio\b|am\b|pm\b).{0,12}|\d{1,2}")
"""Without diacritics: `25h`, `19h3o`."""


@routes.command("caidat", "settings", words=["cài đặt", "settings"])
async def show_settings(context: Context) -> Answer:
    """Shows the current settings, with a button to change each."""
    view = await page_now(context, Page.OVERVIEW, OpenedFrom.SETTINGS)
    return [context.reply(view.text, view.rows)]


@routes.action("set-page")
async def open_page(context: Context) -> Answer:
    """Opens another page in the same message."""
    return await _show(context, _page(context))


@routes.action("set-want")
async def toggle_purpose(context: Context) -> Answer:
    """Gives or withdraws the consent for one purpose, as the label of the button said."""
    purpose, opened_from = _purpose(context), opened_from_of(context)
    if not _switched_on(context):
        await members.withdraw(context.tx, context.member_id, [purpose])
        return await _show(context, _purposes_page(opened_from))
    asks_days = purpose is Purpose.DIGEST and not context.current_member.digest_days
    await agree(context, purpose)
    return await _show(
        context,
        Page.DIGEST
        if asks_days and opened_from is OpenedFrom.SETTINGS
        else _purposes_page(opened_from),
    )


async def agree(context: Context, *purposes: Purpose) -> None:
    """Records the consent to these purposes, to the text that the member has read."""
    member = context.current_member
    await members.agree(
        context.tx,
        member,
        *purposes,
        text_version=privacy_notice.VERSION,
        language=context.say.language,
    )
    if Purpose.DIGEST in purposes and not member.digest_days:
        member.digest_days = EVERY_DAY  # what the consent said, until they choose otherwise
    await schedule(context)


@routes.action("set-language")
async def choose_language(context: Context) -> Answer:
    """Sets the language of messages and of the command menu."""
    language = context.args[-1] if context.args else ""
    require(language in LANGUAGES, "button-unknown")
    context.current_member.language = language
    context = context.answering_in(language)
    page = Page.LANGUAGE if opened_from_of(context) is OpenedFrom.SETTINGS else Page.PURPOSES
    return [*await _show(context, page), context.menu_change()]


@routes.action("set-area")
async def choose_area(context: Context) -> Answer:
    """Sets the member's area, or shows another page of the list."""
    page = page_from(context, 2)
    if page is None:
        context.current_member.area = area_from(context, 1)
    return await _show(context, Page.AREA, area_page=page or 0)


@routes.action("set-days")
async def choose_days(context: Context) -> Answer:
    """Sets the days of the digest."""
    days = context.number(1)
    require(days <= EVERY_DAY, "button-unknown")
    context.current_member.digest_days = days
    await schedule(context)
    return await _show(context, Page.DIGEST)


@routes.action("set-hour")
async def choose_hour(context: Context) -> Answer:
    """Sets the hour of the digest from a button."""
    minute = context.number(1)
    require(minute < _MINUTES_A_DAY, "button-unknown")
    context.current_member.digest_minute = minute
    await schedule(context)
    return await _show(context, Page.DIGEST)


@routes.action("set-other-hour")
async def ask_hour(context: Context) -> Answer:
    """Asks for a typed hour."""
    await context.set_state(_HOUR, opened_from=opened_from_of(context))
    return [
        context.edit(
            context.say("preferences-ask-hour"),
            ((context.button("back", "set-page", opened_from_of(context), Page.DIGEST),),),
        )
    ]


@routes.step(_HOUR)
async def read_hour(context: Context) -> Answer:
    """Sets the hour from a typed text: `19h30`, `7 giờ sáng`."""
    try:
        clock = read_clock(context.incoming.text)
    except TimeUnclear:
        raise UserError("preferences-hour-unclear") from None
    context.current_member.digest_minute = clock.hour * 60 + clock.minute
    await context.set_state(_HOUR_READ, opened_from=context.data["opened_from"])
    await schedule(context)
    view = await page_now(context, Page.DIGEST, OpenedFrom(context.data["opened_from"]))
    return [context.reply(view.text, view.rows)]


@routes.step(_HOUR_READ)
async def read_hour_again(context: Context) -> Answer | None:
    """Takes another hour as a correction; any other message is handled by itself."""
    incoming = context.incoming
    if incoming.forwarded or incoming.media or not _MEANT_AS_HOUR.fullmatch(plain(incoming.text)):
        await context.clear_state()
        return None
    return await read_hour(context)


async def page_now(
    context: Context, page: Page, opened_from: OpenedFrom, *, area_page: int = 0
) -> PageView:
    """A page with the member's current choices."""
    agreed = await members.agreed(context.tx, context.member_id)
    return render(page, Choices(context, opened_from, agreed, area_page))


async def _show(context: Context, page: Page, *, area_page: int = 0) -> Answer:
    if context.step in {_HOUR, _HOUR_READ}:
        await context.clear_state()
    view = await page_now(context, page, opened_from_of(context), area_page=area_page)
    return [context.edit(view.text, view.rows)]


async def schedule(context: Context) -> None:
    """Creates the schedule for the time of this member's digest if there is none."""
    member = context.current_member
    if member.digest_days and Purpose.DIGEST in await members.agreed(context.tx, context.member_id):
        await schedules.ensure(
            context.tx,
            ScheduleKind.MEMBER_DIGEST,
            minute=member.digest_minute,
            days=member.digest_days,
            timezone=context.club.timezone,
        )


def _purposes_page(opened_from: OpenedFrom) -> Page:
    """The page on which purposes are switched."""
    return Page.OVERVIEW if opened_from is OpenedFrom.SETTINGS else Page.PURPOSES


def opened_from_of(context: Context) -> OpenedFrom:
    """From where the page was opened, by the pressed button."""
    require(context.args and context.args[0] in set(OpenedFrom), "button-unknown")
    return OpenedFrom(context.args[0])


def _page(context: Context) -> Page:
    require(len(context.args) >= 2 and context.args[1] in set(Page), "button-unknown")
    return Page(context.args[1])


def _purpose(context: Context) -> Purpose:
    for purpose in available_purposes(context.current_member):
        if context.args[1:2] == (purpose.value,):
            return purpose
    raise UserError("button-unknown")


def _switched_on(context: Context) -> bool:
    require(context.args[2:] in {("on",), ("off",)}, "button-unknown")
    return context.args[2] == "on"
