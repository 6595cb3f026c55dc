"""The data held about a person, as a self-contained HTML page and as JSON."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from html import escape
from typing import Any

from handlers.audit import entry_text
from handlers.conversation import ClubSettings, Speech, speech_to
from handlers.mydata.data_text import message_words, words_within
from handlers.recognition.plain_text import visible
from storage.privacy.subject_access import DisclosedTable

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#1c2b33}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 0}p.why{margin:0;color:#5b6b75}
dl{border:1px solid #d5dde2;border-radius:.6rem;padding:.6rem .9rem;margin:.6rem 0}
dt{font-size:.85rem;color:#5b6b75}dd{margin:0 0 .4rem;overflow-wrap:anywhere;white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{background:#17212b;color:#e8eef2}dl{border-color:#2b3a47}
p.why,dt{color:#9fb0bb}}
"""

_HIDDEN_COLUMN = {"step": "name"}
"""Columns that hold internal names and are left out of the page, by table."""


def as_page(
    tables: Iterable[DisclosedTable], say: Speech, club: ClubSettings, now: datetime
) -> str:
    """An HTML page for phones, without external resources."""
    intro = say("data-page-intro", club=club.name, when=say.when(now))
    return "\n".join(
        [
            f"<!doctype html><html lang={say.language!r}><meta charset='utf-8'>",
            "<meta name='viewport' content='width=device-width,initial-scale=1'>",
            f"<title>{say('data-page-title')}</title><style>{_STYLE}</style>",
            f"<h1>{say('data-page-title')}</h1><p>{intro}</p>",
            *(_section(table, say, club) for table in tables),
            f"<p>{say('data-page-rights', contact=club.contact)}</p></html>",
        ]
    )


def as_json(tables: Iterable[DisclosedTable], club: ClubSettings, now: datetime) -> str:
    """The disclosed rows as JSON, with names of tables and columns, times in UTC."""
    content = {
        "club": club.name,
        "at": now.isoformat(),
        "held": {table.name: table.rows for table in tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_jsonable)


def _jsonable(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _section(table: DisclosedTable, say: Speech, club: ClubSettings) -> str:
    title, why = say(f"data-table-{table.name}"), say(f"data-why-{table.name}")
    hidden = _HIDDEN_COLUMN.get(table.name, "")
    shown = ({name: row[name] for name in row if name != hidden} for row in table.rows)
    rows = "\n".join(_row(row, say, club) for row in shown)
    return f"<section><h2>{title}</h2><p class='why'>{why}</p>{rows}</section>"


def _row(row: Mapping[str, Any], say: Speech, club: ClubSettings) -> str:
    """The filled columns of a row; internal ones are in the JSON only."""
    if "action" in row:
        row = {"at": row["at"], "action": _action(row, say)}
    cells = ((name, _words(name, value, say, club)) for name, value in row.items())
    lines = (
        f"<dt>{say(f'data-column-{name}')}</dt><dd>{escape(words)}</dd>"
        for name, words in cells
        if words
    )
    return f"<dl>{''.join(lines)}</dl>"


def _words(name: str, value: Any, say: Speech, club: ClubSettings) -> str:
    if value in (None, "", [], {}):
        return say.plain("data-whole-province") if name == "area" else ""
    if name in _OF_COLUMN:
        return _OF_COLUMN[name](value, say, club)
    return _plain_words(value, say)


def _action(row: Mapping[str, Any], say: Speech) -> str:
    """The sentence of an audit entry, without names of other members."""
    someone = say.plain("data-some-member")
    return visible(
        entry_text.entry_text(say, row["action"], row["details"], lambda _number: someone)
    )


def _days(value: int, say: Speech, _club: ClubSettings) -> str:
    return ", ".join(say.weekday(day) for day in range(7) if value >> day & 1)


def _language(value: str, _say: Speech, club: ClubSettings) -> str:
    return speech_to(club, value).plain("preferences-language-name")


def _message(value: Any, _say: Speech, _club: ClubSettings) -> str:
    return message_words(value)


def _written(value: Any, _say: Speech, _club: ClubSettings) -> str:
    return words_within(value)


def _picture(_value: Any, say: Speech, _club: ClubSettings) -> str:
    return say.plain("data-picture-in-json")


_OF_COLUMN: dict[str, Callable[[Any, Speech, ClubSettings], str]] = {
    "area": lambda value, _say, club: club.area_name(value) or str(value),
    "digest_minute": lambda value, say, _club: say.clock(value),
    "digest_days": _days,
    "quiet_from": lambda value, say, _club: say.clock(value),
    "quiet_until": lambda value, say, _club: say.clock(value),
    "language": _language,
    "body": _message,
    "data": _written,
    "payload": _written,
    "content": _written,
    "picture": _picture,
}


def _plain_words(value: Any, say: Speech) -> str:
    match value:
        case bool():
            return say.plain("data-yes") if value else say.plain("data-no")
        case Enum():
            return say.plain(f"data-value-{value.value}")
        case datetime():
            return say.when(value)
        case date():
            return f"{value:%d/%m/%Y}"
        case list():
            return "\n".join(map(str, value))
    return (
        "\n".join(f"{name}: {part}" for name, part in value.items())
        if isinstance(value, Mapping)
        else str(value)
    )
