"""What the bot knew at its last start: the club's settings, and the address of its account."""

from collections.abc import Mapping

from sqlmodel import select

from storage.database import Tx
from storage.models import ClubSetting

_LINK = "telegram-link"


async def remember_settings(tx: Tx, values: Mapping[str, str]) -> dict[str, str]:
    """Stores the present settings; returns the previous value of each changed one.

    A setting that was not stored before does not count as changed.
    """
    kept = {row.name: row for row in await tx.all(select(ClubSetting))}
    before = {
        name: kept[name].value
        for name, value in values.items()
        if name in kept and kept[name].value != value
    }
    for name, value in values.items():
        if name in kept:
            kept[name].value = value
        else:
            tx.session.add(ClubSetting(name=name, value=value))
    return before


async def remember_link(tx: Tx, link: str) -> None:
    """Stores the address that opens a chat with the bot."""
    await remember_settings(tx, {_LINK: link})


async def last_link(tx: Tx) -> str:
    """The address at the last start at which the messenger could be reached; empty if never."""
    row = await tx.session.get(ClubSetting, _LINK)
    return row.value if row else ""
