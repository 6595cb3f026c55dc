"""The club's settings at the last start of the bot, by which changes are detected."""

from collections.abc import Mapping

from sqlmodel import select

from storage.database import Tx
from storage.models import ClubSetting


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
