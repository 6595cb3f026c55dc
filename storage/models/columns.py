"""Column types and column declarations that all tables share."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import DateTime, Enum, Field, LargeBinary


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware datetime in UTC. SQLite stores no time zone, so it is added on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Converts an aware datetime to UTC for storage.

        Raises:
            ValueError: the datetime is naive.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Converts a stored value to an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def moment(*, index: bool = False, optional: bool = False) -> Any:
    """Declares a column for a UTC datetime."""
    return (
        Field(default=None, sa_type=UtcDateTime, index=index, nullable=True)
        if optional
        else Field(sa_type=UtcDateTime, index=index)
    )


def choice(values: type[StrEnum], **options: Any) -> Any:
    """Declares a text column for the values of an enum; a new member needs no migration."""
    return Field(
        sa_type=Enum(
            values,
            native_enum=False,
            create_constraint=False,
            length=32,
            values_callable=lambda enum: [member.value for member in enum],
        ),
        **options,
    )


def sealed(*, optional: bool = False) -> Any:
    """Declares a column for bytes encrypted by `Vault.seal`."""
    return (
        Field(default=None, sa_type=LargeBinary, nullable=True)
        if optional
        else Field(sa_type=LargeBinary)
    )


def keyed_hash(**options: Any) -> Any:
    """Declares a column for a keyed hash made by `Vault.lookup`."""
    return Field(sa_type=LargeBinary, **options)


def reference(target: str, *, optional: bool = False, index: bool = True, **options: Any) -> Any:
    """Declares a foreign key; `index=False` where it comes first in another index."""
    if optional:
        options["default"] = None
    return Field(foreign_key=target, index=index, **options)


def empty_list() -> list[Any]:
    """Default of a JSON column.

    pydantic inspects the signature of a default factory for each new row; for the built-in `list` that
    takes longer than the rest of the row.
    """
    return []


def empty_dict() -> dict[str, Any]:
    """Default of a JSON column; see `empty_list`."""
    return {}
