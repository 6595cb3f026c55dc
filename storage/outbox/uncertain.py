"""Deliveries of which nobody knows whether they arrived: proven, sent again, or left; never guessed."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import and_, exists, select, update
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows

from storage.database.engine import Tx
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
    _MAILING.c.state.in_(_ENDED), _MAILING.c.doubts_left_at.is_(None), _UNCERTAIN_OF_IT
)


async def count_uncertain(tx: Tx, *, limit: int) -> list[Mailing]:
    """Announcements that went out and about whose uncertain copies nobody has decided, newest first."""
    query = select_rows(Mailing).where(col(Mailing.kind).in_(SHOWN), _OPEN_DOUBT)
    return list((await tx.session.exec(query.order_by(col(Mailing.id).desc()).limit(limit))).all())


async def mark_delivered(tx: Tx, number: int, member_id: int, message_id: str) -> None:
    """This member's copy of the announcement is there, as this message; known ones stay as they are."""
    mailing = select(_MAILING.c.id).where(
        _MAILING.c.kind == MailingKind.ANNOUNCEMENT, _MAILING.c.announcement_id == number
    )
    theirs = and_(_DELIVERY.member_id == member_id, _DELIVERY.mailing_id.in_(mailing))
    query = select(_DELIVERY.id, _DELIVERY.message_ids).where(
        theirs, _DELIVERY.state == _S.UNCERTAIN
    )
    for row in (await tx.execute(query)).all():
        # An album may have been known to be there before its words were.
        known = [*row.message_ids, message_id]
        ids, was = [row.id], {_S.UNCERTAIN}
        await transition(tx, ids, _S.SENT, was, message_ids=known, reason=None, **enqueue.EMPTIED)


async def send_again(tx: Tx, mailing: Mailing, bodies: Mapping[str, str]) -> int:
    """Queues what is uncertain once more, in these words (language to message); returns how many."""
    queued = sum([await _requeue(tx, mailing, tag, body) for tag, body in bodies.items()])
    if queued:
        mailing.state, mailing.finished_at = MailingState.SENDING, None
        await tx.session.flush()
    return queued


async def leave_uncertain(tx: Tx, mailing: Mailing) -> None:
    """What is uncertain stays so; nobody is asked any more."""
    mailing.doubts_left_at = tx.clock.now()
    await tx.session.flush()


async def leave_old_uncertain(tx: Tx) -> None:
    """Leaves what is no announcement by itself, and forgets what such messages said."""
    now = tx.clock.now()
    old = and_(
        _MAILING.c.kind.not_in(SHOWN),
        _OPEN_DOUBT,
        _MAILING.c.finished_at <= now - LEFT_AFTER,
    )
    left = await tx.execute(
        update(_MAILING).where(old).values(doubts_left_at=now).returning(_MAILING.c.id)
    )
    await _forget_bodies(tx, list(left.scalars()))


async def _forget_bodies(tx: Tx, mailings: Collection[int]) -> None:
    uncertain = and_(_DELIVERY.mailing_id.in_(mailings), _DELIVERY.state == _S.UNCERTAIN)
    await tx.execute(update(_TABLES["delivery"]).where(uncertain).values(**enqueue.EMPTIED))


async def _requeue(tx: Tx, mailing: Mailing, language: str, body: str) -> int:
    speaks = _DELIVERY.member_id.in_(select(_MEMBER.id).where(_MEMBER.language == language))
    theirs = and_(_DELIVERY.mailing_id == mailing.id, speaks)
    anew = {
        "not_before": tx.clock.now(),
        "attempts": 0,
        "claimed_by": None,
        "lease_until": None,
        "reason": None,
    }
    queued = await transition(tx, None, _S.QUEUED, {_S.UNCERTAIN}, theirs, **anew)
    await enqueue.give_own_body(tx, queued, body)
    return len(queued)
