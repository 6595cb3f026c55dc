"""Buttons to choose an area of the club, over several pages if needed."""

from handlers.conversation.context import Context, UserError, require
from handlers.conversation.pagination import Page
from handlers.messages import Button, Rows

ON_A_PAGE = 12
_IN_A_ROW = 2
_LABELS = ("area-page-before", "area-page-after")


def area_rows(context: Context, action: str, chosen: str | None, page: int = 0) -> Rows:
    """One button an area, the whole province first.

    Buttons carry `action:<area>` (empty for the whole province) and `action:<area>:<page>` to turn
    the page; the handler reads them with `area_from` and `page_from`.
    """
    shown = Page(context, action, page, position=1, per_page=ON_A_PAGE, labels=_LABELS)
    areas, others = shown.split(context.club.areas[shown.offset :][: shown.limit], chosen or "")
    buttons = [_option(context, action, area.name, area.id, chosen) for area in areas]
    whole = _option(context, action, context.say.plain("area-whole-province"), "", chosen)
    pairs = [tuple(buttons[i : i + _IN_A_ROW]) for i in range(0, len(buttons), _IN_A_ROW)]
    return ((whole,), *pairs, *others)


def area_from(context: Context, position: int) -> str | None:
    """The area a button carries; None is the whole province.

    Raises:
        UserError: the club has no such area (any more).
    """
    area = context.args[position] if len(context.args) > position else ""
    if area and context.club.area_name(area) is None:
        raise UserError("button-unknown")
    return area or None


def page_from(context: Context, position: int) -> int | None:
    """The page a button turns to; None when it is no such button.

    Raises:
        UserError: there is no such page.
    """
    if len(context.args) <= position:
        return None
    page = context.number(position)
    require(page * ON_A_PAGE < len(context.club.areas), "button-unknown")
    return page


def _option(context: Context, action: str, name: str, area: str, chosen: str | None) -> Button:
    return context.button(
        "choice-taken" if (chosen or "") == area else "choice-free", action, area, name=name
    )
