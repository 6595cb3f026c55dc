"""aiogram, imported without building the validators of its 400 types.

Its package builds one for each type when it is imported, which takes longer than all else that the
process does before it listens. Few of them are ever asked for: here pydantic builds each at its first
use, as their own `defer_build` has it.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import BaseModel

_REBUILD = "model_rebuild"


def import_aiogram() -> None:
    """Imports the package, unless somebody has done so; to be called before any of its parts is."""
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
    """Has the types only told by which names they speak of each other."""
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
    """Whatever is built of this class, or of what inherits from it, knows these names."""
    original = BaseModel.__dict__[_REBUILD]

    def build(
        cls: Any, /, *, _types_namespace: dict[str, Any] | None = None, **more: Any
    ) -> bool | None:
        known = names if _types_namespace is None else {**names, **_types_namespace}
        return original.__func__(cls, _types_namespace=known, **more)  # type: ignore[no-any-return]

    setattr(base, _REBUILD, classmethod(build))
