"""Uncertain deliveries: proven to have arrived, sent again, or left as they are; never guessed."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import and_, exists, select, update
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows

from storage.database import Tx
from storage.models import DeliveryState, Mailing, MailingKind, MailingState
from storage.outbox import enqueue
from storage.outbox.deliveries import transition
from storage.outbox.mailings import SHOWN

LEFT_AFTER = timedelta(days=1)
"""When a digest, a notice or a verdict is left as it is without anybody choosing."""

_S = DeliveryState
_TABLES = SQLModel.metadata.tables
_DELIVERY = _TABLES["delivery"].c
_MAILING = _TABLES["mailing"]
_MEMBER = _TABLES["member"].c
_ENDED = (MailingState.DONE, MailingState.CANCELLED)
_UNCERTAIN_OF_IT = exists().where(
    _DELIVERY.mailing_id == _MAILING.c.id, _DELIVERY.state == _S.UNCERTAIN
)
_OPEN_DOUBT = and_(
    _MAILING.c.state.in_(_ENDED), _MAILING.c.uncertain_dismissed_at.is_(None), _UNCERTAIN_OF_IT
)


async def undecided_mailings(tx: Tx, *, limit: int) -> list[Mailing]:
    """Ended mailings whose uncertain copies no officer has decided about, the newest first."""
    query = select_rows(Mailing).where(col(Mailing.kind).in_(SHOWN), _OPEN_DOUBT)
    return list(await tx.all(query.order_by(col(Mailing.id).desc()).limit(limit)))


async def mark_delivered(tx: Tx, announcement_id: int, member_id: int, message_id: str) -> None:
    """Records a proof of arrival: this member's uncertain copy is this message."""
    mailing = select(_MAILING.c.id).where(
        _MAILING.c.kind == MailingKind.ANNOUNCEMENT, _MAILING.c.announcement_id == announcement_id
    )
    query = select(_DELIVERY.id, _DELIVERY.message_ids).where(
        and_(_DELIVERY.member_id == member_id, _DELIVERY.mailing_id.in_(mailing)),
        _DELIVERY.state == _S.UNCERTAIN,
    )
    for row in (await tx.execute(query)).all():
        # The pictures of an album may have been recorded before its text was.
        ids_with_new = [*row.message_ids, message_id]
        ids, sources = [row.id], {_S.UNCERTAIN}
        await transition(
            tx, ids, _S.SENT, sources, message_ids=ids_with_new, reason=None, **enqueue.EMPTIED
        )


async def send_again(tx: Tx, mailing: Mailing, bodies: Mapping[str, str]) -> int:
    """Queues uncertain copies again with these bodies (language to message); returns how many."""
    queued = sum([await _requeue(tx, mailing, tag, body) for tag, body in bodies.items()])
    if queued:
        mailing.state, mailing.finished_at = MailingState.SENDING, None
        await tx.session.flush()
    return queued


async def dismiss_uncertain(tx: Tx, mailing: Mailing) -> None:
    """Leaves uncertain copies as they are; no officer is asked again."""
    mailing.uncertain_dismissed_at = tx.clock.now()
    await tx.session.flush()


async def dismiss_old_uncertain(tx: Tx) -> None:
    """Leaves old uncertain copies of other mailings, and deletes their bodies."""
    now = tx.clock.now()
    old = and_(
        _MAILING.c.kind.not_in(SHOWN),
        _OPEN_DOUBT,
        _MAILING.c.finished_at <= now - LEFT_AFTER,
    )
    changed = await tx.execute(
        update(_MAILING).where(old).values(uncertain_dismissed_at=now).returning(_MAILING.c.id)
    )
    await _delete_bodies(tx, list(changed.scalars()))


async def _delete_bodies(tx: Tx, mailings: Collection[int]) -> None:
    uncertain = and_(_DELIVERY.mailing_id.in_(mailings), _DELIVERY.state == _S.UNCERTAIN)
    await tx.execute(update(_TABLES["delivery"]).where(uncertain).values(**enqueue.EMPTIED))


async def _requeue(tx: Tx, mailing: Mailing, language: str, body: str) -> int:
    of_language = and_(
        _DELIVERY.mailing_id == mailing.id,
        _DELIVERY.member_id.in_(select(_MEMBER.id).where(_MEMBER.language == language)),
    )
    reset = {
        "not_before": tx.clock.now(),
        "attempts": 0,
        "claimed_by": None,
        "lease_until": None,
        "reason": None,
    }
    queued = await transition(tx, None, _S.QUEUED, {_S.UNCERTAIN}, of_language, **reset)
    await enqueue.give_own_body(tx, queued, body)
    return len(queued)
