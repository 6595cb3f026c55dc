"""`/xuatsolieu`: exports tables as CSV or XLSX; the file is made after the transaction."""

from datetime import timedelta
from functools import partial

from handlers.conversation import Context, Routes, require
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.rendering.spreadsheets import as_csv, as_xlsx
from handlers.reports.export_tables import Sheet, table
from storage import audit_log
from storage.models import AuditAction, Role

routes = Routes()

DAYS = (90, 365)
"""Periods of an export in days; deliveries and shares are kept for a year."""
_ALL = "all"


@routes.command("xuatsolieu", "export", role=Role.OFFICER, also=["xuat"])
async def offer_export(context: Context) -> Answer:
    """Offers all tables in one workbook, or one table as CSV."""
    return [_menu(context, DAYS[0])]


@routes.action("export-days", role=Role.OFFICER)
async def offer_period(context: Context) -> Answer:
    """Offers the same for another period."""
    return [_menu(context, _days(context, 0))]


def _menu(context: Context, days: int) -> Reply:
    all_in_one = context.button("export-all", "export", _ALL, days)
    each = [
        context.button(
            "export-one",
            "export",
            sheet,
            days,
            name=context.say.plain(f"export-sheet-{sheet.value}"),
        )
        for sheet in Sheet
    ]
    others = tuple(
        context.button("export-days", "export-days", other, days=str(other))
        for other in DAYS
        if other != days
    )
    return context.edit(
        context.say("export-which", days=days),
        ((all_in_one,), tuple(each[:2]), tuple(each[2:]), others),
    )


@routes.action("export", role=Role.OFFICER)
async def export(context: Context) -> Answer:
    """Sends the file and records the export in the audit log."""
    days, what = _days(context, 1), context.args[0]
    sheets = _sheets(what)
    since = context.now - timedelta(days=days)
    tables = [await table(context, sheet, since) for sheet in sheets]
    await audit_log.record(
        context.tx, context.current_member, AuditAction.EXPORT_MADE, sheet=what, days=days
    )
    if what == _ALL:
        make = partial(as_xlsx, tables, context.club.timezone)
    else:
        make = partial(as_csv, tables[0], context.club.timezone)
    caption = context.say("export-caption", days=days)
    document = Media(MediaKind.DOCUMENT, name=context.say.plain(f"export-file-{what}"))
    return [Reply(context.wording(caption, media=document), draw=make)]


def _sheets(what: str) -> list[Sheet]:
    if what == _ALL:
        return list(Sheet)
    require(what in set(Sheet), "button-unknown")
    return [Sheet(what)]


def _days(context: Context, position: int) -> int:
    days = context.number(position)
    require(days in DAYS, "button-unknown")
    return days
