"""Alembic's entry: runs on the connection that `storage.database.schema` hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import storage.models  # noqa: F401  (fills the metadata)


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration outlives the library it was written with: plain strings stay plain."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length})" if item.length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=_render,
)
with context.begin_transaction():
    context.run_migrations()
