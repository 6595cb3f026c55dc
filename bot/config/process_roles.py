"""What one process of the club does: everything, or one part of it beside other processes."""

import asyncio
from collections.abc import Callable, Collection, Coroutine
from enum import StrEnum
from typing import Any

from bot.config.settings import ConfigWrong, Settings
from storage.database.engine import with_driver


class ProcessRole(StrEnum):
    """A part of the work. Of the last two, one process does it and the others stand by."""

    WEB = "web"
    """Hears what people write and answers them."""
    DELIVERY = "delivery"
    """Empties the outbox; one leader for each messenger account."""
    TIMETABLE = "timetable"
    """Does what comes round by itself; one leader."""


Roles = Collection[ProcessRole]
ALL: Roles = frozenset(ProcessRole)
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Something that goes on until the event is set, and then finishes what it has begun."""


def only(role: ProcessRole, settings: Settings) -> Roles:
    """The role alone, where the club is set up for several processes.

    Raises:
        ConfigWrong: it is not.
    """
    if with_driver(settings.database.url).get_backend_name() != "postgresql":
        raise ConfigWrong(
            f"--role {role}: database.url must be a postgresql:// one, since processes share it; "
            "`niemtin migrate --to postgresql://…` moves the club there"
        )
    if role is ProcessRole.WEB and not settings.web.public_url:
        raise ConfigWrong(
            "--role web: web.public_url must be set; only one process can ask for updates, "
            "but a webhook's can come to any"
        )
    return frozenset({role})
