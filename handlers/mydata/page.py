"""What is held about a person, written as a page that stands alone and as JSON."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from html import escape
from typing import Any

from handlers.settings import ClubSettings
from handlers.speech import Speech
from storage.disclosure import Held

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem;color:#1c2b33}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 0}p.why{margin:0;color:#5b6b75}
dl{border:1px solid #d5dde2;border-radius:.6rem;padding:.6rem .9rem;margin:.6rem 0}
dt{font-size:.85rem;color:#5b6b75}dd{margin:0 0 .4rem;overflow-wrap:anywhere;white-space:pre-wrap}
@media(prefers-color-scheme:dark){body{background:#17212b;color:#e8eef2}dl{border-color:#2b3a47}
p.why,dt{color:#9fb0bb}}
"""


def as_page(held: Iterable[Held], say: Speech, club: ClubSettings, now: datetime) -> str:
    """An HTML page without anything from elsewhere, good to read on a phone."""
    intro = say("data-page-intro", club=club.name, when=say.when(now))
    parts = [
        f"<!doctype html><html lang={say.language!r}><meta charset='utf-8'>",
        "<meta name='viewport' content='width=device-width,initial-scale=1'>",
        f"<title>{say('data-page-title')}</title><style>{_STYLE}</style>",
        f"<h1>{say('data-page-title')}</h1><p>{intro}</p>",
        *(_section(one, say, club) for one in held),
        f"<p>{say('data-page-rights', contact=club.contact)}</p></html>",
    ]
    return "\n".join(parts)


def as_json(held: Iterable[Held], club: ClubSettings, now: datetime) -> str:
    """The same for machines: names of the database, moments in UTC."""
    content = {
        "club": club.name,
        "at": now.isoformat(),
        "held": {one.name: one.rows for one in held},
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_jsonable)


def _jsonable(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


def _section(one: Held, say: Speech, club: ClubSettings) -> str:
    title, why = say(f"data-table-{one.name}"), say(f"data-why-{one.name}")
    rows = "\n".join(_row(row, say, club) for row in one.rows)
    return f"<section><h2>{title}</h2><p class='why'>{why}</p>{rows}</section>"


def _row(row: Mapping[str, Any], say: Speech, club: ClubSettings) -> str:
    lines = (
        f"<dt>{say(f'data-column-{name}')}</dt><dd>{escape(_words(name, value, say, club))}</dd>"
        for name, value in row.items()
    )
    return f"<dl>{''.join(lines)}</dl>"


def _words(name: str, value: Any, say: Speech, club: ClubSettings) -> str:
    if value in (None, "", [], {}):
        return say.plain("data-whole-province") if name == "area" else say.plain("data-empty")
    match name:
        case "area":
            return club.area_name(value) or str(value)
        case "digest_minute":
            return say.clock(value)
        case "digest_days":
            return ", ".join(say.weekday(day) for day in range(7) if value >> day & 1)
    return _plain_words(value, say)


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
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, indent=1)
    return str(value)
