"""Imports aiogram without building the pydantic validators of its 400 types.

aiogram builds a validator for each type on import, which takes longer than the rest of the start.
Few are used: here pydantic builds each on first use, as with its `defer_build` option.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

_REBUILD = "model_rebuild"


def import_aiogram() -> None:
    """Imports aiogram unless it is imported; must run before any other import of aiogram."""
    if "aiogram" in sys.modules:
        return
    with _postponed() as names:
        import aiogram.methods  # noqa: PLC0415
        import aiogram.types  # noqa: PLC0415
    for base in (
        aiogram.types.TelegramObject,
        aiogram.methods.TelegramMethod,
        aiogram.methods.Response,
    ):
        _build_with(base, names)


@contextmanager
def _postponed() -> Iterator[dict[str, Any]]:
    """Replaces `model_rebuild` by a function that only collects the namespace of the types."""
    original = BaseModel.__dict__[_REBUILD]
    names: dict[str, Any] = {}

    def postpone(
        cls: Any, /, *, _types_namespace: dict[str, Any] | None = None, **more: Any
    ) -> bool | None:
        if _types_namespace is None:
            return original.__func__(cls, **more)  # type: ignore[no-any-return]
        names.update(_types_namespace)
        return None

    setattr(BaseModel, _REBUILD, classmethod(postpone))
    try:
        yield names
    finally:
        setattr(BaseModel, _REBUILD, original)


def _build_with(base: type[BaseModel], names: dict[str, Any]) -> None:
    """Makes `base` and its subclasses resolve these names when their validator is built."""
    original = BaseModel.__dict__[_REBUILD]

    def build(
        cls: Any, /, *, _types_namespace: dict[str, Any] | None = None, **more: Any
    ) -> bool | None:
        known = names if _types_namespace is None else {**names, **_types_namespace}
        return original.__func__(cls, _types_namespace=known, **more)  # type: ignore[no-any-return]

    setattr(base, _REBUILD, classmethod(build))
