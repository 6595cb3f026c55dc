"""`doctor`: whether the Official Account grants access, and for how long."""

from collections.abc import Mapping
from datetime import datetime

from bot.config.settings import Settings
from bot.monitoring.alarm_checks import GrantStage, grant_stage
from bot.store.open_store import open_clock, open_store
from bot.zalo_oa.tokens import ACCOUNT
from storage.accounts import account_grants
from storage.accounts.account_grants import GrantStatus


async def examine(settings: Settings) -> tuple[bool, str, Mapping[str, str]]:
    """Whether access is granted for long enough and can be renewed, and the sentence that says how it stands.

    Raises:
        KeyWrong, SandboxAway, SQLAlchemyError, OSError: the database cannot be read.
    """
    store = open_store(settings, await open_clock(settings))
    try:
        async with store.read() as tx:
            status, now = await account_grants.status(tx, ACCOUNT), tx.clock.now()
    finally:
        await store.close()
    stage = grant_stage(status, now)
    is_failing = status is not None and bool(status.failure)
    return stage is None and not is_failing, *_sentence(settings, status, stage, now)


def _sentence(
    settings: Settings, status: GrantStatus | None, stage: GrantStage | None, now: datetime
) -> tuple[str, Mapping[str, str]]:
    if status is None:
        return "doctor-oa-none", {}
    if status.lost is not None:
        return f"doctor-oa-lost-{status.lost.value.replace('_', '-')}", {}
    until = status.ends_at.astimezone(settings.club.timezone)
    values = {"days": str(status.days_left(now)), "until": f"{until:%d/%m/%Y}"}
    if status.failure:
        return "doctor-oa-failing", values | {"failure": status.failure}
    return ("doctor-oa-ends" if stage else "doctor-oa-granted"), values
