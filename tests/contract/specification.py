"""The Bot API's types as data, and whether an object is one of them."""

import json
from dataclasses import dataclass
from typing import Any

from tests.support.paths import SHARED_DATA

FOLDER = SHARED_DATA / "telegram"
MISSING = f"{FOLDER.parent.name}/{FOLDER.name} does not stand beside the project"

_PRIMITIVES: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Boolean": (bool,),
    "Float": (int, float),
}
_ARRAY = "Array of "


class Mismatch(AssertionError):
    """An object is not what the Bot API says; the message names the place."""


@dataclass(frozen=True)
class Specification:
    """`types` and `methods` as the file has them."""

    types: dict[str, Any]
    methods: dict[str, Any]

    def check_result(self, method: str, result: object) -> None:
        """Raises Mismatch unless the method may return this."""
        self._check_any(self.methods[method]["returns"], result, method)

    def check(self, kind: str, value: object) -> None:
        """Raises Mismatch unless the value is of this type, recursively."""
        self._check(kind, value, kind)

    def _check_any(self, kinds: list[str], value: object, place: str) -> None:
        complaints = []
        for kind in kinds:
            try:
                return self._check(kind, value, place)
            except Mismatch as mismatch:
                complaints.append(str(mismatch))
        raise Mismatch(" / ".join(complaints))

    def _check(self, kind: str, value: object, place: str) -> None:
        if kind.startswith(_ARRAY):
            self._check_array(kind.removeprefix(_ARRAY), value, place)
        elif kind in self.types:
            self._check_object(kind, value, place)
        elif kind == "Integer":
            _expect(isinstance(value, int) and not isinstance(value, bool), kind, value, place)
        else:
            _expect(isinstance(value, _PRIMITIVES[kind]), kind, value, place)

    def _check_array(self, kind: str, value: object, place: str) -> None:
        if not isinstance(value, list):
            raise Mismatch(f"{place}: {value!r} is no array")
        for index, item in enumerate(value):
            self._check(kind, item, f"{place}[{index}]")

    def _check_object(self, kind: str, value: object, place: str) -> None:
        if subtypes := self.types[kind].get("subtypes"):
            return self._check_any(subtypes, value, place)
        if not isinstance(value, dict):
            raise Mismatch(f"{place}: {value!r} is no {kind}")
        fields = {field["name"]: field for field in self.types[kind].get("fields", [])}
        if unknown := set(value) - set(fields):
            raise Mismatch(f"{place}: a {kind} has no {', '.join(sorted(unknown))}")
        for name, field in fields.items():
            if name in value:
                self._check_any(field["types"], value[name], f"{place}.{name}")
            elif field["required"]:
                raise Mismatch(f"{place}: a {kind} needs {name}")
        return None


def load() -> Specification | None:
    path = FOLDER / "bot_api_spec.min.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text())
    return Specification(data["types"], data["methods"])


def _expect(fits: bool, kind: str, value: object, place: str) -> None:
    if not fits:
        raise Mismatch(f"{place}: {value!r} is no {kind}")
