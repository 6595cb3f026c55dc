"""Differences between SQLite and PostgreSQL (docs/decisions/0022-sqlite-and-postgresql.md)."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    FromClause,
    Integer,
    Table,
    any_,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from storage.database.engine import Tx


def insert(tx: Tx, table: type[SQLModel] | Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that can have an `ON CONFLICT` clause."""
    return postgresql.insert(table) if tx.on_postgresql else sqlite.insert(table)


def among(tx: Tx, number: Column[int], wanted: Collection[int]) -> ColumnElement[bool]:
    """The number is one of these; all of them are one bind parameter.

    An `IN` list has a parameter for each value, so every count is another statement to compile and
    plan.
    """
    if tx.on_postgresql:
        return number == any_(literal(list(wanted), postgresql.ARRAY(Integer)))
    return number.in_(
        select(func.json_each(json.dumps(list(wanted))).table_valued("value").c.value)
    )


def lists_by_number(tx: Tx, lists: Mapping[int, Sequence[str]]) -> FromClause:
    """A table of `number` and `list` (as JSON) to join with, as one bind parameter."""
    given = json.dumps(list(lists.items()))
    number, texts, each = _of_array(given) if tx.on_postgresql else _of_text(given)
    return select(number.label("number"), texts.label("list")).select_from(each).subquery()


_Pair = tuple[ColumnElement[int], ColumnElement[Any], FromClause]


def _of_array(given: str) -> _Pair:
    each = func.jsonb_array_elements(cast(literal(given), postgresql.JSONB)).table_valued(
        column("value", postgresql.JSONB)
    )
    pair = each.c.value
    return cast(pair[0].astext, Integer), cast(pair[1], JSON), each


def _of_text(given: str) -> _Pair:
    each = func.json_each(given).table_valued("value")
    number = func.json_extract(each.c.value, "$[0]", type_=Integer)
    return number, func.json_extract(each.c.value, "$[1]", type_=JSON), each
