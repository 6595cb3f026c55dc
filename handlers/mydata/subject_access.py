"""`/dulieu`: subject access: all data held about the person, as a page and as JSON."""

from dataclasses import replace

from handlers.audit.entry_text import with_labels
from handlers.conversation import Context, Html, Routes, require
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.mydata.data_page import as_json, as_page
from storage.models import RequestKind, Role
from storage.privacy.subject_access import DisclosedTable, disclose

routes = Routes()


@routes.command(
    "dulieu", "mydata", role=None, shown_to=Role.MEMBER, words=["dữ liệu của tôi", "my data"]
)
async def show(context: Context) -> Answer:
    """A short summary and two documents."""
    require(context.is_member, "data-nothing")
    disclosed = await disclose(context.tx, context.current_member)
    tables = [await _with_labels(context, table) for table in disclosed]
    page, json = (
        as_page(tables, context.say, context.club, context.now),
        as_json(tables, context.club, context.now),
    )
    return [
        _summary(context, tables),
        _document(
            context, context.say("data-caption-page"), context.say.plain("data-file-page"), page
        ),
        _document(
            context, context.say("data-caption-json"), context.say.plain("data-file-json"), json
        ),
    ]


async def _with_labels(context: Context, table: DisclosedTable) -> DisclosedTable:
    """The rows of the audit log with labels of announcements; any other table as it is."""
    if not table.rows or "details" not in table.rows[0]:
        return table
    shown = await with_labels(context.tx, [row["details"] for row in table.rows])
    rows = zip(table.rows, shown, strict=True)
    return replace(table, rows=tuple({**row, "details": details} for row, details in rows))


def _summary(context: Context, tables: list[DisclosedTable]) -> Reply:
    rows = context.say.number(sum(len(table.rows) for table in tables))
    text = context.say("data-summary", rows=rows, tables=context.say.number(len(tables)))
    asks = tuple(
        (context.button(f"data-ask-{kind.value}", "data-request", kind.value),)
        for kind in RequestKind
    )
    return context.reply(text, (*asks, (context.button("data-ask-erasure", "erase-ask"),)))


def _document(context: Context, caption: Html, name: str, content: str) -> Reply:
    return context.reply(
        caption, media=Media(MediaKind.DOCUMENT, name=name, content=content.encode())
    )
