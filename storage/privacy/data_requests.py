"""Requests about personal data that an owner answers, and their legal time limits."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, delete, select

from storage.database import Tx, sealing
from storage.models import DataRequest, RequestKind

_TEXT = "datarequest.text"
_ANSWER = "datarequest.answer"

_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_SATURDAY = 5


@dataclass(frozen=True)
class RequestLimits:
    """How soon requests are settled. The defaults are what Vietnam's Decree 356/2025/NĐ-CP allows at most.

    What the decree lets take up to 20 days, erasing, the bot does at once.
    """

    response_working_days: int = 2
    """To respond; the only limit that the decree counts in working days."""
    correction_days: int = 10
    restriction_days: int = 15
    """To restrict processing, or to stop it after an objection."""

    def days(self, kind: RequestKind) -> int:
        """To settle a request of this kind."""
        return self.correction_days if kind is RequestKind.CORRECTION else self.restriction_days


LEGAL_LIMITS = RequestLimits()
"""The longest limits that a club may set."""


async def ask(
    tx: Tx, member_id: int, kind: RequestKind, text: str, limits: RequestLimits = LEGAL_LIMITS
) -> DataRequest:
    """Stores a request, sealed; its time limits run from now and stay as they are."""
    now = tx.clock.now()
    request = DataRequest(
        member_id=member_id,
        kind=kind,
        asked_at=now,
        respond_by=_after_working_days(now, limits.response_working_days),
        finish_by=now + timedelta(days=limits.days(kind)),
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


def due(request: DataRequest) -> datetime:
    """The next deadline."""
    return request.finish_by if request.received_at else request.respond_by


def _after_working_days(start: datetime, days: int) -> datetime:
    """The same time of day, so many working days later: Monday to Friday in Vietnam.

    Public holidays count as working days, so the deadline is never later than the law's.
    """
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.astimezone(_VIETNAM).weekday() < _SATURDAY
    return end
