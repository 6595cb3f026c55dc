"""The scheduled jobs, by name: what each does, and when it is due next."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from handlers.announcing import recurrence, release
from handlers.conversation import ClubSettings
from handlers.deciding import reminders as case_reminding
from handlers.deciding.verdict import notify
from handlers.flagging import category, delay_notice
from handlers.meetings import due_steps
from handlers.reports.refresh_totals import BatchCounts
from handlers.sharing import reminders
from handlers.worker_tasks import Workers
from scheduler.digests.dispatcher import DigestDispatcher
from scheduler.settings import DigestSettings
from scheduler.upkeep.housekeeping import MINUTE, Housekeeping
from scheduler.upkeep.official_pictures import OfficialPictures
from storage import schedules
from storage.announcements import announcements, official_texts
from storage.announcements import reminders as asked_reminders
from storage.cases import category_votes, flags, queue
from storage.database import Store, Tx
from storage.database.due import Due
from storage.meetings import meetings
from storage.models import ScheduleKind
from storage.privacy import erasure
from storage.privacy.retention_policy import RetentionSettings


@dataclass(frozen=True)
class Job:
    """Something that is done when its time has come."""

    run: Callable[[], Awaitable[int]]
    """Does what is due and returns how much that was; does nothing when nothing is due."""
    due: Due
    """When that is."""


def jobs(
    store: Store,
    club: ClubSettings,
    digests: DigestSettings,
    retention: RetentionSettings,
    workers: Workers,
) -> Mapping[str, Job]:
    """All jobs of one club, in the order in which they run when several are due."""

    def in_one_transaction(work: Callable[[Tx, ClubSettings], Awaitable[int]], due: Due) -> Job:
        async def run() -> int:
            async with store.write() as tx:
                return await work(tx, club)

        return Job(run, due)

    totals = BatchCounts(store, club)
    pictures = OfficialPictures(store, club, workers)
    all_digests = DigestDispatcher(store, club, digests, workers)
    housekeeping = Housekeeping(store, club.timezone, retention)
    return {
        "recurrences": in_one_transaction(
            recurrence.make_due, schedules.first_due(ScheduleKind.ANNOUNCEMENTS)
        ),
        "announcements": in_one_transaction(release.send_due, announcements.first_due()),
        "reminders": in_one_transaction(reminders.send_due_reminders, asked_reminders.first_due()),
        "meetings": in_one_transaction(due_steps.run_due, meetings.first_due()),
        "verdicts": in_one_transaction(
            notify.send_pending_notifications, flags.first_pending_notification()
        ),
        "new cases": in_one_transaction(case_reminding.notify_new_cases, queue.first_new()),
        "late cases": in_one_transaction(
            case_reminding.notify_overdue_cases, case_reminding.first_overdue(store.clock, club)
        ),
        "delays": in_one_transaction(
            delay_notice.send_delay_notices, delay_notice.first_due(store.clock, club)
        ),
        "categories": in_one_transaction(category.recount_due, category_votes.first_recount()),
        "batches": Job(totals.count_due, totals.first_due()),
        "digests": Job(all_digests.send_due, all_digests.first_due()),
        "erasures": Job(partial(erasure.finish, store), erasure.first_unfinished()),
        "housekeeping": Job(housekeeping.run_due, schedules.first_due(ScheduleKind.HOUSEKEEPING)),
        # Last, since drawing takes seconds and nobody waits for it.
        "official pictures": Job(pictures.draw_due, official_texts.first_undrawn()),
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
