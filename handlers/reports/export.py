"""`/xuat`: which tables, of how long a time; the file is made when it is sent."""

from datetime import timedelta
from functools import partial

from handlers.conversation.context import Context, UserError
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.rendering.spreadsheets import as_csv, as_xlsx
from handlers.reports.export_tables import Sheet, table
from storage import audit_log
from storage.models import Role

routes = Routes()

DAYS = (90, 365)
"""Of how many days back tables can be had: what is kept of deliveries and shares is a year's."""
_ALL = "all"


@routes.command("xuat", "export", role=Role.OFFICER)
async def offer(turn: Context) -> Answer:
    """Everything in one workbook, or one table for other programs."""
    return [_offer(turn, DAYS[0])]


@routes.action("export-days", role=Role.OFFICER)
async def offer_of(turn: Context) -> Answer:
    """The same of a longer or a shorter time."""
    return [_offer(turn, _days(turn, 0))]


def _offer(turn: Context, days: int) -> Reply:
    all_in_one = turn.button("export-all", "export", _ALL, days)
    each = [
        turn.button("export-one", "export", sheet, days, name=_name(turn, sheet)) for sheet in Sheet
    ]
    others = tuple(
        turn.button("export-days", "export-days", other, days=str(other))
        for other in DAYS
        if other != days
    )
    rows = ((all_in_one,), tuple(each[:2]), tuple(each[2:]), others)
    return turn.instead(turn.say("export-which", days=days), rows)


@routes.action("export", role=Role.OFFICER)
async def export(turn: Context) -> Answer:
    """The file; that it was taken along is in the log."""
    days, what = _days(turn, 1), turn.args[0]
    sheets = _sheets(what)
    since = turn.now - timedelta(days=days)
    tables = [await table(turn, sheet, since) for sheet in sheets]
    await audit_log.record(turn.tx, turn.who, "export made", sheet=what, days=days)
    if what == _ALL:
        make = partial(as_xlsx, tables, turn.club.timezone)
    else:
        make = partial(as_csv, tables[0], turn.club.timezone)
    caption = turn.say("export-caption", days=days)
    document = Media(MediaKind.DOCUMENT, name=turn.say.plain(f"export-file-{what}"))
    return [Reply(turn.wording(caption, media=document), draw=make)]


def _sheets(what: str) -> list[Sheet]:
    if what == _ALL:
        return list(Sheet)
    if what not in set(Sheet):
        raise UserError("button-unknown")
    return [Sheet(what)]


def _days(turn: Context, position: int) -> int:
    days = turn.number(position)
    if days not in DAYS:
        raise UserError("button-unknown")
    return days


def _name(turn: Context, sheet: Sheet) -> str:
    return turn.say.plain(f"export-sheet-{sheet.value}")
