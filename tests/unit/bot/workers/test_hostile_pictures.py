"""Pictures made to kill whoever opens or reads them: no worker dies of one, and none grows."""

from contextlib import suppress

import pytest

from bot.workers.pool import DONE, Pool
from bot.workers.settings import WorkerSettings
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.reader import MOST_CHARACTERS
from handlers.recognition.pictures.safe_image import NoPicture
from tests.support.hostile_files import pictures
from tests.support.waiting import TIMEOUT_S
from tests.unit.bot.workers import worker_tasks

LIBRARIES_MB = 130
"""Memory that the limit does not count: code and model files that a process maps."""


@pytest.mark.parametrize(
    ("many", "seconds"),
    [(10, 0.5), pytest.param(200, 6.0, marks=[pytest.mark.torture, pytest.mark.timeout(3600)])],
)
async def test_hostile_pictures_are_opened_and_read_within_the_limits_of_a_worker(
    many: int, seconds: float
) -> None:
    """Each is read for at most so many seconds of processor time."""
    settings = WorkerSettings(count=1, task_s=30, wall_s=round(TIMEOUT_S))
    peaks = [0.0]
    async with Pool(settings).kept() as pool:
        for name, content in pictures(many):
            with suppress(NoPicture):
                cleaned = await pool.run(clean, content)
                read = await pool.run(worker_tasks.read_within, cleaned.jpeg, seconds)
                assert len(read) <= MOST_CHARACTERS, name
                peaks.append(await pool.run(worker_tasks.peak_mb))
    assert len(peaks) > many // 4
    assert max(peaks) <= settings.memory_mb + LIBRARIES_MB
    assert set(pool.outcomes) == {DONE}
