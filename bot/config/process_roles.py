"""The roles of a process: all work, or one part of it beside other processes."""

import asyncio
from collections.abc import Callable, Collection, Coroutine
from enum import StrEnum
from typing import Any

from bot.config.settings import ConfigWrong, Settings
from storage.database import with_driver


class ProcessRole(StrEnum):
    """A part of the work. Delivery and timetable run in one leader; others stand by."""

    WEB = "web"
    """Receives updates and answers them."""
    DELIVERY = "delivery"
    """Sends the outbox; one leader for each messenger account."""
    TIMETABLE = "timetable"
    """Runs scheduled jobs; one leader."""


Roles = Collection[ProcessRole]
ALL: Roles = frozenset(ProcessRole)
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""A background task: runs until the event is set, then finishes work in progress."""


def only(role: ProcessRole, settings: Settings) -> Roles:
    """This role alone; needs a configuration for several processes.

    Raises:
        ConfigWrong: the database is not PostgreSQL, or the web role has no public URL.
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
