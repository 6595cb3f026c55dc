"""An entry of the audit log as a sentence."""

from collections.abc import Callable, Mapping, Sequence

from handlers.conversation import Html, Speech
from storage.announcements import references
from storage.database import Tx
from storage.models import Rating, Role

SWITCHED = ("off", "on")
"""The values of a boolean setting in the log."""


async def with_labels(tx: Tx, each: Sequence[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """The details of entries, with labels of announcements in place of their ids; one query."""
    ids = {one for details in each if isinstance(one := details.get("announcement"), int)}
    named = await references.of_all(tx, ids)
    return [
        {**details, "announcement": named[one].label}
        if isinstance(one := details.get("announcement"), int) and one in named
        else details
        for details in each
    ]


def entry_text(
    say: Speech, action: str, details: Mapping[str, object], who: Callable[[int], str]
) -> Html:
    """The sentence of an entry; `who` gives the name of the member with an audit number."""
    return say(
        f"journal-action-{action.replace(' ', '-')}",
        **{name: _words(say, name, value, who) for name, value in details.items()},
    )


def _words(say: Speech, name: str, value: object, who: Callable[[int], str]) -> str:
    if name == "member" and isinstance(value, int):
        return who(value)
    key = _key(name, str(value))
    return say(key) if key else str(value)


def _key(name: str, value: str) -> str | None:
    """The message key of a value; None for one that is shown as it is."""
    key = None
    match name:
        case "role" | "before" | "after":
            key = f"journal-role-{Role(value).value}"
        case "sheet":
            key = f"export-sheet-{value}"
        case "rating":
            key = f"verdict-rating-{Rating(value).value}"
        case "setting":
            key = f"journal-setting-{value}"
        case "was" | "now" if value in SWITCHED:
            key = f"journal-switched-{value}"
        case "outcome":
            key = f"journal-appeal-{value}"
    return key
