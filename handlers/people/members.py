"""`/hoivien`: search for members.

Owners filter the list by name, area and state. An officer finds only members whose whole name they
type. Neither sees what a member flagged or shared.
"""

from dataclasses import replace

from handlers.conversation import (
    Context,
    Html,
    Page,
    Routes,
    area_from,
    area_rows,
    page_from,
    require,
)
from handlers.conversation.read_apart import read_apart
from handlers.messages import Answer, Button, Rows
from handlers.people.search import STEP, Search, current_search, find_names, save_search
from handlers.recognition.plain_text import plain
from storage.members import directory
from storage.members.directory import Listed
from storage.models import Role

routes = Routes()

_LABEL_CHARACTERS = 40
_NAME_CHARACTERS = 129
"""Telegram's maximum: first name (64), space, last name (64)."""


@routes.command("hoivien", "members", role=Role.OFFICER)
async def search(context: Context) -> Answer:
    """`/hoivien lan nguyen`: members with this name; without words, an owner sees all."""
    if context.role is not Role.OWNER and not plain(context.rest):
        await save_search(context, Search())
        return [context.reply(context.say("people-name-wanted"))]
    return await _show(context, Search(context.rest[:_NAME_CHARACTERS]))


@routes.step(STEP, role=Role.OFFICER)
async def search_again(context: Context) -> Answer | None:
    """Searches for a name that was asked for, or that was typed under a list and is found.

    Any other text is handled as if no list were open.
    """
    words = context.incoming.text
    if context.incoming.forwarded or context.incoming.media or not _may_be_a_name(words):
        return None
    before = current_search(context)
    asked = context.role is not Role.OWNER and not before.words
    search = replace(before, words=words)
    return await _show(context, search) if asked or await _find(context, search) else None


@routes.action("members", role=Role.OFFICER)
async def turn_page(context: Context) -> Answer:
    """Another page of the same search."""
    return await _show(context, current_search(context), context.number())


@routes.action("members-state", role=Role.OWNER)
async def choose_state(context: Context) -> Answer:
    """Everybody, or only those who are suspended."""
    return await _show(
        context, replace(current_search(context), suspended=context.args == ("suspended",))
    )


@routes.action("members-area", role=Role.OWNER)
async def choose_area(context: Context) -> Answer:
    """The list of areas, a page of it, or the area chosen from it."""
    current = current_search(context)
    page = page_from(context, 2) if context.args != ("list",) else 0
    if page is None:
        return await _show(context, replace(current, area=area_from(context, 1)))
    rows = area_rows(context, "members-area:pick", current.area, page)
    return [
        context.edit(
            context.say("people-ask-area"), (*rows, (context.button("back", "members", 0),))
        )
    ]


async def _show(context: Context, search: Search, number: int = 0) -> Answer:
    page = Page(context, "members", number)
    fetched, count = await _fetch(context, search, page)
    shown, others = page.split(fetched)
    await save_search(context, replace(search, shown=[listed.member_id for listed in shown]))
    people = tuple((_member_button(context, listed),) for listed in shown)
    rows = (*people, *others, *_filters(context, search), *context.home_row())
    return [context.edit(_head(context, search, count), rows)]


async def _fetch(context: Context, search: Search, page: Page) -> tuple[list[Listed], int]:
    """The members on this page, and how many there are in all."""
    if context.role is not Role.OWNER or plain(search.words):
        found = await _find(context, search)
        listed = await directory.listed(context.tx, found[page.offset :][: page.limit])
        return listed, len(found)
    area, suspended = search.area, search.suspended
    count = await directory.count(context.tx, area=area, suspended=suspended)
    listed = await directory.newest(
        context.tx, area=area, suspended=suspended, start=page.offset, many=page.limit
    )
    return listed, count


def _may_be_a_name(words: str) -> bool:
    return len(words) <= _NAME_CHARACTERS and bool(plain(words))


async def _find(context: Context, search: Search) -> list[int]:
    """The ids of the members whose name matches, by name.

    Raises:
        OffloadRequired: they are searched for now, outside of the transaction.
    """
    whole_name = context.role is not Role.OWNER
    require(not whole_name or plain(search.words), "button-unknown")
    found = read_apart(context.offload, find_names, search.wanted(whole=whole_name))
    if search.area is None and not search.suspended:
        return found
    return await directory.only(context.tx, found, area=search.area, suspended=search.suspended)


def _head(context: Context, search: Search, count: int) -> Html:
    parts = [
        context.say("people-found", count=count) if count else context.say("people-none-found")
    ]
    if search.words:
        parts.append(context.say("people-searched", words=search.words))
    if context.role is Role.OWNER:
        if count and not plain(search.words):
            parts.append(context.say("people-newest-first"))
        parts.append(context.say("people-how-to-search"))
    elif not count:
        parts.append(context.say("people-name-whole"))
    return Html("\n".join(parts))


def _member_button(context: Context, one: Listed) -> Button:
    key = "people-suspended-one" if one.suspended else "people-one"
    return context.button(key, "person", one.member_id, name=one.name[:_LABEL_CHARACTERS])


def _filters(context: Context, search: Search) -> Rows:
    if context.role is not Role.OWNER:
        return ()
    other = "all" if search.suspended else "suspended"
    row = [context.button(f"people-show-{other}", "members-state", other)]
    if context.club.areas:
        area = context.club.area_name(search.area) or context.say.plain("people-every-area")
        row.append(context.button("inviting-area", "members-area", "list", area=area))
    return (tuple(row),)
