"""The announcement that a command names by its label, or that a button carries by its id.

Storage makes the label (`storage.announcements.references`); this is the one place that reads it.
"""

import re
from dataclasses import dataclass

from handlers.conversation import Context, UserError
from handlers.recognition.plain_text import plain
from storage.announcements import references
from storage.announcements.references import Reference

_LABEL = re.compile(
    r"(?:thong bao |announcement )?(?:so |no\.? ?|number |[#№] ?)?"
    rf"(?P<provisional>{references.PROVISIONAL.lower()})? ?(?P<digits>[0-9]{{1,9}})(?![0-9a-z]|[.,][0-9])"
)
"""At the beginning of a text without diacritics: `7`, `so 7`, `n12`, `thong bao so 7`."""


@dataclass(frozen=True)
class TypedLabel:
    """A label as somebody typed it."""

    value: int
    is_provisional: bool = False


def read_label(text: str) -> TypedLabel | None:
    """The label that a text begins with; None if it begins with none."""
    found = _LABEL.match(plain(text))
    return TypedLabel(int(found["digits"]), bool(found["provisional"])) if found else None


async def named(context: Context) -> Reference:
    """The announcement that the command names or the button carries.

    A number that somebody typed is never an id. A label of no announcement is kept to be shown.

    Raises:
        UserError: there is no label behind the command, or no id on the button.
    """
    if not context.command:
        return await references.of(context.tx, context.number())
    label = read_label(context.rest)
    if label is None:
        raise UserError("number-missing", command=context.command)
    if not label.is_provisional:
        numbered = await references.with_number(context.tx, label.value)
        return numbered or Reference(0, label.value)
    found = await references.with_provisional(context.tx, label.value)
    return found or Reference(label.value)
