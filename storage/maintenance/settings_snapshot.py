"""What the club's settings were when the bot last started."""

from collections.abc import Mapping

from sqlmodel import select

from storage.database.engine import Tx
from storage.models import ClubSetting


async def remember_settings(tx: Tx, values: Mapping[str, str]) -> dict[str, str]:
    """Keeps what the settings are now; returns what those that are another now were before.

    A setting that nobody remembers yet has not changed: it is kept from here on.
    """
    kept = {row.name: row for row in (await tx.session.exec(select(ClubSetting))).all()}
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
