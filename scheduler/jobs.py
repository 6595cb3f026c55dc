"""The scheduled jobs, by name; the timetable runs each once a second."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from handlers.announcing import recurrence, release
from handlers.conversation import ClubSettings
from handlers.deciding import reminders as case_reminding
from handlers.deciding.verdict import notify
from handlers.flagging import category, delay_notice
from handlers.reports.refresh_totals import BatchCounts
from handlers.sharing import reminders
from handlers.worker_tasks import Workers
from scheduler.digests.dispatcher import DigestDispatcher
from scheduler.housekeeping import MINUTE, Housekeeping
from scheduler.official_pictures import OfficialPictures
from scheduler.settings import DigestSettings
from storage import schedules
from storage.database import Store, Tx
from storage.models import ScheduleKind
from storage.privacy import erasure
from storage.privacy.retention_policy import RetentionSettings

Job = Callable[[], Awaitable[int]]
"""Does what is due and returns how much that was; cheap when nothing is."""


def jobs(
    store: Store,
    club: ClubSettings,
    digests: DigestSettings,
    retention: RetentionSettings,
    workers: Workers,
) -> Mapping[str, Job]:
    """All jobs of one club."""

    def in_one_transaction(work: Callable[[Tx, ClubSettings], Awaitable[int]]) -> Job:
        async def job() -> int:
            async with store.write() as tx:
                return await work(tx, club)

        return job

    return {
        "recurrences": in_one_transaction(recurrence.make_due),
        "announcements": in_one_transaction(release.send_due),
        "reminders": in_one_transaction(reminders.send_due_reminders),
        "verdicts": in_one_transaction(notify.send_pending_notifications),
        "new cases": in_one_transaction(case_reminding.notify_new_cases),
        "late cases": in_one_transaction(case_reminding.notify_overdue_cases),
        "delays": in_one_transaction(delay_notice.send_delay_notices),
        "categories": in_one_transaction(category.recount_due),
        "batches": BatchCounts(store, club).count_due,
        "official pictures": OfficialPictures(store, club, workers).draw_due,
        "digests": DigestDispatcher(store, club, digests, workers).send_due,
        "erasures": partial(erasure.finish, store),
        "housekeeping": Housekeeping(store, club.timezone, retention).run_due,
    }


async def ensure_schedules(store: Store, club: ClubSettings) -> None:
    """Creates or updates the club's own schedules at start."""
    minutes = {
        ScheduleKind.OFFICER_DIGEST: club.officer_digest_minute,
        ScheduleKind.HOUSEKEEPING: MINUTE,
    }
    async with store.write() as tx:
        for kind, minute in minutes.items():
            days = schedules.EVERY_DAY
            await schedules.keep_only(tx, kind, minute=minute, days=days)
            await schedules.ensure(tx, kind, minute=minute, days=days, timezone=club.timezone)
