"""Choosing one area out of the club's list, which may be longer than a screen."""

from handlers.conversation.context import Context, UserError
from handlers.messages import Button, Rows

ON_A_PAGE = 12
_IN_A_ROW = 2


def area_rows(turn: Context, action: str, chosen: str | None, page: int = 0) -> Rows:
    """One button an area, the whole province first.

    Buttons carry `action:<area>` (nothing for the whole province) and `action:<area>:<page>` to turn
    the page; the handler reads them with `area_from` and `page_from`.
    """
    areas = turn.club.areas[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    options = [(area.id, area.name) for area in areas]
    buttons = [_option(turn, action, name, area, chosen) for area, name in options]
    whole = _option(turn, action, turn.say.plain("area-whole-province"), "", chosen)
    pairs = [tuple(buttons[i : i + _IN_A_ROW]) for i in range(0, len(buttons), _IN_A_ROW)]
    return ((whole,), *pairs, *_turning(turn, action, chosen, page))


def area_from(turn: Context, position: int) -> str | None:
    """The area a button carries; None is the whole province.

    Raises:
        Sorry: the club has no such area (any more).
    """
    area = turn.args[position] if len(turn.args) > position else ""
    if area and turn.club.area_name(area) is None:
        raise UserError("button-unknown")
    return area or None


def page_from(turn: Context, position: int) -> int | None:
    """The page a button turns to; None when it is no such button.

    Raises:
        Sorry: there is no such page.
    """
    if len(turn.args) <= position:
        return None
    page = turn.number(position)
    if page * ON_A_PAGE >= len(turn.club.areas):
        raise UserError("button-unknown")
    return page


def _option(turn: Context, action: str, name: str, area: str, chosen: str | None) -> Button:
    key = "choice-taken" if (chosen or "") == area else "choice-free"
    return turn.button(key, action, area, name=name)


def _turning(turn: Context, action: str, chosen: str | None, page: int) -> Rows:
    row = []
    if page:
        row.append(turn.button("area-page-before", action, chosen or "", page - 1))
    if (page + 1) * ON_A_PAGE < len(turn.club.areas):
        row.append(turn.button("area-page-after", action, chosen or "", page + 1))
    return (tuple(row),) if row else ()
