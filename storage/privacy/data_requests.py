"""Requests about personal data that an owner answers, and their legal time limits."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sqlmodel import col, delete, select

from storage.database import Tx, sealing
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
"""To respond; to provide or correct; to withdraw, restrict or object; to erase.

No longer than the limits of Vietnam's Decree 356/2025/NĐ-CP, which gives two *working* days to respond.
"""
_FINISH = {
    RequestKind.CORRECTION: LIMITS["correct"],
    RequestKind.OBJECTION: LIMITS["restrict"],
}


async def ask(tx: Tx, member_id: int, kind: RequestKind, text: str) -> DataRequest:
    """Stores a request, sealed; its time limits run from now."""
    request = DataRequest(
        member_id=member_id,
        kind=kind,
        asked_at=tx.clock.now(),
    )
    await sealing.add(tx, request, text=text)
    return request


async def open_of(tx: Tx, member_id: int) -> DataRequest | None:
    """The member's unanswered request, if any; there is at most one."""
    return await tx.first(
        select(DataRequest).where(
            DataRequest.member_id == member_id, col(DataRequest.answered_at).is_(None)
        )
    )


async def waiting(tx: Tx) -> list[DataRequest]:
    """All unanswered requests, oldest first."""
    query = select(DataRequest).where(col(DataRequest.answered_at).is_(None))
    return list(await tx.all(query.order_by(col(DataRequest.id))))


async def lock(tx: Tx, number: int) -> DataRequest | None:
    """An unanswered request, refreshed and locked until the transaction ends."""
    return await tx.first(
        select(DataRequest)
        .where(DataRequest.id == number, col(DataRequest.answered_at).is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def receive(tx: Tx, request: DataRequest) -> None:
    """Records that an owner acknowledged the request."""
    request.received_at = tx.clock.now()
    await tx.session.flush()


async def answer(tx: Tx, request: DataRequest, officer_id: int, text: str) -> None:
    """Stores the answer, sealed, and closes the request."""
    request.answered_at = tx.clock.now()
    request.answer_sealed = sealing.seal(tx, _ANSWER, text, request)
    request.officer_id = officer_id
    await tx.session.flush()


async def erase(tx: Tx, member_id: int) -> None:
    """Deletes all requests of a member."""
    await tx.session.exec(delete(DataRequest).where(col(DataRequest.member_id) == member_id))


def text_of(tx: Tx, request: DataRequest) -> str:
    """The member's text."""
    return sealing.opened(tx, _TEXT, request.text_sealed, request)


def response_due(request: DataRequest) -> datetime:
    """Deadline of the first response."""
    return request.asked_at + LIMITS["answer"]


def finish_due(request: DataRequest) -> datetime:
    """Deadline of the answer."""
    return request.asked_at + _FINISH[request.kind]


def due(request: DataRequest) -> datetime:
    """The next deadline."""
    return finish_due(request) if request.received_at else response_due(request)
