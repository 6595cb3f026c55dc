"""Delivery through an account whose messages cost something outside free periods.

See docs/decisions/0037-messaging-windows.md.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.announcing.auto_pause import notify_paid, notify_unpaid, pause_overspent
from handlers.conversation import ClubSettings
from handlers.messages import Charge
from scheduler.delivery.charge_reports import MeteredAccount
from scheduler.delivery.sender import DeliveryOutcome
from storage.database import Tx
from storage.members import interactions
from storage.models import DeliveryState
from storage.outbox import charges
from storage.outbox.deliveries import Result


async def reconsider(
    tx: Tx, batch: Sequence[tuple[str, DeliveryOutcome]]
) -> list[tuple[str, DeliveryOutcome]]:
    """Believes the platform that windows are closed; who wrote meanwhile is tried again."""
    relied_on = {
        outcome.result.delivery_id: outcome.contradicted
        for _, outcome in batch
        if outcome.contradicted is not None
    }
    forgotten = await interactions.forget(tx, list(relied_on.values()))
    return [
        (holder, _again(tx, outcome))
        if outcome.contradicted is not None and outcome.contradicted[0] not in forgotten
        else (holder, outcome)
        for holder, outcome in batch
    ]


def _again(tx: Tx, outcome: DeliveryOutcome) -> DeliveryOutcome:
    result = Result(
        outcome.result.delivery_id,
        DeliveryState.QUEUED,
        not_before=tx.clock.now(),
        counted=False,
    )
    return replace(outcome, result=result, failed_via=None)


async def settle(
    tx: Tx, club: ClubSettings, account: MeteredAccount, outcomes: Sequence[DeliveryOutcome]
) -> None:
    """Counts what recorded attempts cost, and acts on what the platform says of the account."""
    metering, left = account.metering, account.reports.take_quota_left()
    settlements = [one.settlement for one in outcomes if one.settlement is not None]
    unpaid = [one.reserved for one in outcomes if one.is_unpaid]
    if not settlements and not unpaid and left is None:
        return
    await charges.lock_months(tx, metering, settlements)
    for number in await charges.settle(tx, metering, settlements):
        await pause_overspent(tx, club, number)
    if any(Charge.PAID in one.charged and one.announcement_id is None for one in settlements):
        await notify_paid(tx, club, metering.messenger)
    if left is not None:
        await charges.note_quota_left(tx, metering, left)
    if any(Charge.PAID in one.charged for one in settlements):
        await charges.note_paid(tx, metering)
    if Charge.QUOTA in unpaid:
        await charges.set_quota_left(tx, metering, 0)  # it wants money: there is no quota any more
    if Charge.PAID in unpaid and await charges.note_unpaid(tx, metering):
        await notify_unpaid(tx, club, metering.messenger)
