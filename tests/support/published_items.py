"""Announcements and verdicts as they stand after having gone out, for what tells of them."""

from datetime import datetime, timedelta

from handlers.views.announcement import Content, pack
from storage.database import sealing
from storage.database.engine import Store
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Case,
    CasePost,
    CaseState,
    Category,
    Rating,
    Verdict,
)


async def announce(
    store: Store,
    author_id: int,
    title: str,
    *,
    state: AnnouncementState = AnnouncementState.SENT,
    areas: tuple[str, ...] = (),
    valid_for: timedelta | None = None,
    at: datetime | None = None,
) -> int:
    """An announcement that went out now, or at a given moment; returns its number."""
    async with store.write() as tx:
        now = tx.clock.now()
        content = Content(
            title=title,
            html="Nội dung.",
            issuer="Uỷ ban bầu cử",
            areas=areas,
            valid_until=now + valid_for if valid_for else None,
        )
        announcement = Announcement(
            author_id=author_id,
            state=state,
            created_at=now,
            due_at=now if state is AnnouncementState.SCHEDULED else None,
            sent_at=at or now,
        )
        tx.session.add(announcement)
        await tx.session.flush()
        assert announcement.id is not None
        tx.session.add(
            AnnouncementVersion(
                announcement_id=announcement.id,
                number=1,
                content=pack(content),
                submitted_at=now,
            )
        )
        return announcement.id


async def decide(
    store: Store, officer_id: int, claim: str, *, rating: Rating = Rating.SCAM, flags: int = 1
) -> int:
    """A case that was decided now; returns its id."""
    async with store.write() as tx:
        now = tx.clock.now()
        case = Case(
            code=tx.ids.code(6),
            state=CaseState.DECIDED,
            category=Category.SCAM,
            flags=flags,
            opened_on=now.date(),
            closed_at=now,
            verdict_version=1,
        )
        tx.session.add(case)
        await tx.session.flush()
        assert case.id is not None
        post = CasePost(case_id=case.id, first_on=case.opened_on)
        await sealing.add(tx, post, content="{}")
        tx.session.add(
            Verdict(
                case_id=case.id,
                version=1,
                rating=rating,
                claim=claim,
                explanation="Không đúng.",
                sources=["https://bocongan.example/canh-bao"],
                decided_by=officer_id,
                decided_at=now,
            )
        )
        return case.id
