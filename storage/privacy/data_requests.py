"""Requests about personal data that need a person, and the law's time limits for them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlalchemy import delete
from sqlmodel import col, select

from storage.database import sealing
from storage.database.engine import Tx
from storage.models import DataRequest, RequestKind

_TEXT = "datarequest.text"
_ANSWER = "datarequest.answer"

LIMITS: Mapping[str, timedelta] = MappingProxyType(
    {
        "answer": timedelta(days=2),
        "correct": timedelta(days=10),
        "restrict": timedelta(days=15),
        "erase": timedelta(days=20),
    }
)
"""Vietnam's rules on protecting personal data: to respond; to provide or correct; to withdraw or
restrict; to erase."""
_FINISH = {
    RequestKind.CORRECTION: LIMITS["correct"],
    RequestKind.OBJECTION: LIMITS["restrict"],
}


async def ask(tx: Tx, member_id: int, kind: RequestKind, text: str) -> DataRequest:
    """Takes a request down, sealed; its clocks run from now."""
    request = DataRequest(
        member_id=member_id,
        kind=kind,
        asked_at=tx.clock.now(),
    )
    await sealing.add(tx, request, text=text)
    return request


async def open_of(tx: Tx, member_id: int) -> DataRequest | None:
    """The member's request that waits for an answer; there is at most one."""
    query = select(DataRequest).where(
        DataRequest.member_id == member_id, col(DataRequest.answered_at).is_(None)
    )
    return (await tx.session.exec(query)).first()


async def waiting(tx: Tx) -> list[DataRequest]:
    """Every request without an answer."""
    query = select(DataRequest).where(col(DataRequest.answered_at).is_(None))
    return list((await tx.session.exec(query.order_by(col(DataRequest.id)))).all())


async def lock(tx: Tx, number: int) -> DataRequest | None:
    """A request without an answer, locked until the end of the transaction."""
    query = select(DataRequest).where(
        DataRequest.id == number, col(DataRequest.answered_at).is_(None)
    )
    locked = query.with_for_update().execution_options(populate_existing=True)
    return (await tx.session.exec(locked)).first()


async def receive(tx: Tx, request: DataRequest) -> None:
    """The member is told that it is being worked on."""
    request.received_at = tx.clock.now()
    await tx.session.flush()


async def answer(tx: Tx, request: DataRequest, officer_id: int, text: str) -> None:
    """Ends a request with its answer, sealed."""
    request.answered_at = tx.clock.now()
    request.answer_sealed = sealing.seal(tx, _ANSWER, text, request)
    request.officer_id = officer_id
    await tx.session.flush()


async def erase(tx: Tx, member_id: int) -> None:
    """Nothing is kept of what a member asked."""
    await tx.session.exec(delete(DataRequest).where(col(DataRequest.member_id) == member_id))


def text_of(tx: Tx, request: DataRequest) -> str:
    """What the member asks, in their words."""
    return sealing.opened(tx, _TEXT, request.text_sealed, request)


def response_due(request: DataRequest) -> datetime:
    """Until when the member must have heard something."""
    return request.asked_at + LIMITS["answer"]


def finish_due(request: DataRequest) -> datetime:
    """Until when it must be settled."""
    return request.asked_at + _FINISH[request.kind]


def due(request: DataRequest) -> datetime:
    """The limit that comes next."""
    return finish_due(request) if request.received_at else response_due(request)
