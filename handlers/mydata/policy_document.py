"""Generates PRIVACY.md: for each table what is stored, why, how long, and what an erasure does.

Written from `storage.privacy.data_inventory` and `storage.privacy.retention_policy`, so that it always matches the
program.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from handlers.conversation import Speech
from storage.privacy.data_inventory import AS_MEMBER, AS_OFFICER, MEMBER
from storage.privacy.data_inventory_types import InventoryEntry, plain_name
from storage.privacy.data_requests import LEGAL_LIMITS
from storage.privacy.retention_policy import RETENTION, RetentionSettings, retention_time

_OF_MEMBERS = (MEMBER, *AS_MEMBER)


def document(retention: RetentionSettings) -> str:
    """The whole document as Markdown, in English and then in Vietnamese."""
    return "\n".join(
        _policy(Speech(language, ZoneInfo("UTC")), retention) for language in ("en", "vi")
    )


def _policy(say: Speech, retention: RetentionSettings) -> str:
    parts = [
        f"# {say('policy-title')}",
        say("policy-intro"),
        say("policy-no-author"),
        f"## {say('policy-of-members')}",
        _table(_OF_MEMBERS, say, retention),
        f"## {say('policy-of-officers')}",
        _table(AS_OFFICER, say, retention),
        f"## {say('policy-of-nobody')}",
        _others(say, retention),
        f"## {say('policy-sealed-title')}",
        say("policy-sealed"),
        *_erasing(say),
        f"## {say('policy-clocks-title')}",
        say(
            "policy-clocks",
            answer=LEGAL_LIMITS.response_working_days,
            correct=LEGAL_LIMITS.correction_days,
            restrict=LEGAL_LIMITS.restriction_days,
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _erasing(say: Speech) -> Iterable[str]:
    return (
        f"## {say('policy-erasing-title')}",
        say("policy-erasing-both"),
        "\n".join(
            f"- {line}"
            for line in (
                say("policy-erasing-sqlite"),
                say("policy-erasing-postgresql"),
                say("policy-erasing-not"),
            )
        ),
    )


def _table(entries: Iterable[InventoryEntry], say: Speech, retention: RetentionSettings) -> str:
    columns = [column.strip() for column in say("policy-columns").split(";")]
    return _rows([columns, ["---"] * len(columns), *(_row(one, say, retention) for one in entries)])


def _row(entry: InventoryEntry, say: Speech, retention: RetentionSettings) -> list[str]:
    return [
        f"{say(f'data-table-{entry.name}')} (`{entry.table.name}`)",
        ", ".join(
            say(f"data-column-{name}")
            for name in (*entry.also_shown, *map(plain_name, entry.exported_columns))
        ),
        say(f"data-why-{entry.name}"),
        _how_long(entry.table.name, say, retention),
        say(f"policy-fate-{entry.action.value}"),
    ]


def _others(say: Speech, retention: RetentionSettings) -> str:
    """The tables without personal data."""
    of_people = {one.table.name for one in (*_OF_MEMBERS, *AS_OFFICER)}
    what, _, why, how_long, _ = say("policy-columns").split(";")
    lines = [
        [
            f"{say(f'data-table-{table}')} (`{table}`)",
            say(f"data-why-{table}"),
            _how_long(table, say, retention),
        ]
        for table in RETENTION
        if table not in of_people
    ]
    return _rows([[what.strip(), why.strip(), how_long.strip()], ["---"] * 3, *lines])


def _how_long(table: str, say: Speech, retention: RetentionSettings) -> str:
    span = retention_time(retention, RETENTION[table])
    return say(f"data-kept-{RETENTION[table]}", time=say.span(span) if span else "")


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
