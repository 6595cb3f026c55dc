"""The choices of a new member: language if unknown, purposes, area; and the last screen of joining."""

from handlers.announcing import archive
from handlers.conversation import Context, Html, Routes, area_from, page_from
from handlers.joining import officer_tour
from handlers.messages import Answer, Button, Rows
from handlers.preferences import preferences
from handlers.preferences.pages import OpenedFrom, Page, available_purposes, digest_words
from storage.members import members
from storage.models import Purpose

routes = Routes()


async def show(context: Context, page: Page, *, area_page: int = 0) -> Answer:
    """A page of joining in place of the message before."""
    view = await preferences.page_now(context, page, OpenedFrom.JOINING, area_page=area_page)
    return [context.edit(view.text, view.rows)]


@routes.action("join-all")
async def agree_to_all(context: Context) -> Answer:
    """Agrees to every purpose that the screen names, and goes on."""
    await preferences.agree(context, *available_purposes(context.current_member))
    return await (show(context, Page.AREA) if context.club.areas else finish(context))


@routes.action("join-area")
async def choose_area(context: Context) -> Answer:
    """Takes the area and ends joining, or turns the page of the list."""
    page = page_from(context, 1)
    if page is not None:
        return await show(context, Page.AREA, area_page=page)
    context.current_member.area = area_from(context, 0)
    return await finish(context)


@routes.action("joined")
async def finish(context: Context) -> Answer:
    """Ends joining: what they will receive, what they can do, and what there is to read now."""
    tour = [officer_tour.first_screen(context)] if context.current_member.role.is_officer else []
    expected = await _expected_purposes(context)
    rows = (_purpose_rows(context, expected), await _reading_row(context))
    first, then = reversed(rows) if expected else rows
    return [
        context.edit(_summary(context, expected), (*first, *then)),
        *tour,
        context.menu_change(),
    ]


async def _expected_purposes(context: Context) -> frozenset[Purpose]:
    """The purposes for which something will be sent: a digest without a day is not."""
    return frozenset(
        await members.agreed(context.tx, context.member_id)
        - (set() if context.current_member.digest_days else {Purpose.DIGEST})
    )


def _summary(context: Context, expected: frozenset[Purpose]) -> Html:
    can = context.say(
        "joining-can-officer" if context.current_member.role.is_officer else "joining-can-member"
    )
    if not expected:
        return context.say("joining-done-nothing", can=can)
    lines = [context.say(f"joining-gets-{p.value}") for p in Purpose if p in expected]
    if Purpose.DIGEST in expected:
        when = digest_words(context.say, context.current_member)
        lines.append(context.say("joining-digest-when", when=when))
    return context.say("joining-done", gets=Html("\n".join(lines)), can=can)


def _purpose_rows(context: Context, expected: frozenset[Purpose]) -> Rows:
    """Back to the purposes for whoever ticked none; else the time of the digest."""
    if not expected:
        page = ("set-page", OpenedFrom.JOINING, Page.PURPOSES)
        return ((context.button("joining-choose-again", *page),),)
    if Purpose.DIGEST in expected:
        page = ("set-page", OpenedFrom.SETTINGS, Page.DIGEST)
        return ((context.button("preferences-open-digest", *page),),)
    return ()


async def _reading_row(context: Context) -> Rows:
    """The announcements that are current for this member; they open below."""
    count = len(await archive.current(context))
    if not count:
        return ()
    return ((Button(context.say("joining-read", count=count), action="/thongbao"),),)
