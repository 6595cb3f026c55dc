"""Worker processes: what they may do, how they end, and that the bot outlives each of them."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.demo.actors import until
from bot.workers import pool as pools
from bot.workers.pool import Pool
from bot.workers.settings import WorkerSettings
from handlers.conversation.i18n import Html
from handlers.recognition.pictures.picture_cleaning import clean
from handlers.recognition.pictures.reader import read_words
from handlers.recognition.pictures.safe_image import NoPicture
from handlers.worker_tasks import Cause, WorkerFailed, stays_loaded
from tests.support.case_actions import RUMOUR
from tests.support.made_codes import picture_with
from tests.support.made_screenshots import dark, encoded, noisy_page
from tests.support.paths import PROJECT
from tests.support.waiting import TIMEOUT_S, begun
from tests.unit.bot.workers import worker_tasks

SETTINGS = WorkerSettings(count=2, task_s=30)
_NOT_IN_A_WORKER = frozenset(
    {"aiogram", "telegram", "aiohttp", "sqlalchemy", "sqlmodel", "pydantic", "cryptography"}
)


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    async with Pool(SETTINGS).kept() as made:
        yield made


def is_there(pid: int) -> bool:
    """Whether this process lives; one that nobody waited for yet does not."""
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text("ascii")
    except FileNotFoundError:
        return False


async def gone(*pids: int) -> None:
    async def are_gone() -> bool:
        return not any(map(is_there, pids))

    await until(are_gone, "the end of the workers")


async def packages_in(pool: Pool) -> set[str]:
    """The packages that a worker has imported."""
    return {name.partition(".")[0] for name in await pool.run(worker_tasks.loaded)}


async def cause_of(running: object) -> Cause:
    with pytest.raises(WorkerFailed) as failed:
        await running  # type: ignore[misc]
    return failed.value.cause


async def test_no_worker_is_there_before_the_first_task_and_one_serves_the_next(pool: Pool) -> None:
    assert pool.pids == []
    first = await pool.run(worker_tasks.pid)
    assert await pool.run(worker_tasks.pid) == first
    assert pool.pids == [first]
    assert first != os.getpid()


async def test_a_worker_knows_no_token_no_key_and_no_address(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NIEMTIN_TELEGRAM_TOKEN", "123456:secret")
    monkeypatch.setenv("NIEMTIN_DATABASE_URL", "postgresql://secret")
    known = await pool.run(worker_tasks.environment)
    assert not [name for name in known if "NIEMTIN" in name or name in ("HOME", "PATH")]


async def test_a_worker_inherits_no_open_file(pool: Pool, tmp_path: Path) -> None:
    with (tmp_path / "key").open("wb") as key:
        os.set_inheritable(key.fileno(), True)
        found = await pool.run(worker_tasks.descriptors)
    assert {one.partition(":")[0] for one in found} <= {"/dev/null", "pipe"}


async def test_a_worker_has_read_neither_database_nor_messenger_nor_key(pool: Pool) -> None:
    await pool.run(worker_tasks.pid)
    assert _NOT_IN_A_WORKER.isdisjoint(await packages_in(pool))


async def test_sentences_of_the_bot_bring_no_database_along(pool: Pool) -> None:
    assert await pool.run(worker_tasks.class_of, Html("Quét để mở nguồn")) == "str"
    assert _NOT_IN_A_WORKER.isdisjoint(await packages_in(pool))


async def test_a_task_that_leaves_much_loaded_has_a_worker_of_its_own(pool: Pool) -> None:
    other = await pool.run(worker_tasks.pid)
    loaded = await pool.run(worker_tasks.load)
    assert other != loaded
    for _ in range(2):
        assert await pool.run(worker_tasks.load) == loaded
        assert await pool.run(worker_tasks.pid) == other
    assert sorted(pool.pids) == sorted([other, loaded])


async def test_tasks_that_leave_much_loaded_wait_for_each_other_and_nobody_for_them(
    pool: Pool, tmp_path: Path
) -> None:
    flag = tmp_path / "flag"
    tasks = [asyncio.create_task(pool.run(worker_tasks.dawdle_loaded, str(flag))) for _ in range(3)]

    async def is_in_hand() -> bool:
        return len(pool.busy) == 1 and pool.waiting == 2

    await until(is_in_hand, "the task of the one worker")
    assert await pool.run(worker_tasks.pid) not in [one.pid for one in pool.busy]
    flag.touch()
    assert len(set(await asyncio.gather(*tasks))) == 1


async def test_the_answers_of_the_bot_go_before_a_worker(pool: Pool) -> None:
    assert await pool.run(worker_tasks.niceness) > os.getpriority(os.PRIO_PROCESS, 0)
    worker = await pool.run(worker_tasks.pid)
    # The kernel compares priorities within a session only, where it groups processes by session.
    assert os.getsid(worker) == os.getsid(0)


async def test_the_only_worker_makes_room_for_one_of_the_other_kind() -> None:
    async with Pool(WorkerSettings(count=1)).kept() as pool:
        other = await pool.run(worker_tasks.pid)
        loaded = await pool.run(worker_tasks.load)
        assert pool.pids == [loaded]
        await gone(other)
        assert await pool.run(worker_tasks.pid) not in (other, loaded)


def test_the_words_of_a_picture_are_such_a_task() -> None:
    assert stays_loaded(read_words)
    assert not stays_loaded(clean)


async def test_what_a_task_raises_is_raised_for_its_caller(pool: Pool) -> None:
    with pytest.raises(NoPicture, match="what it is"):
        await pool.run(worker_tasks.no_picture)
    with pytest.raises(RuntimeError, match="OwnTrouble"):
        await pool.run(worker_tasks.own_trouble)
    assert pool.outcomes == {pools.DONE: 2}


async def test_a_task_that_needs_too_much_memory_fails_alone(pool: Pool) -> None:
    assert await pool.run(worker_tasks.allocate, 100) == 100 * 1024 * 1024
    assert await cause_of(pool.run(worker_tasks.allocate, 400)) is Cause.OUT_OF_MEMORY
    assert await pool.run(worker_tasks.allocate, 100) == 100 * 1024 * 1024


async def test_a_worker_that_dies_is_replaced(pool: Pool) -> None:
    first = await pool.run(worker_tasks.pid)
    assert await cause_of(pool.run(worker_tasks.die)) is Cause.DIED
    second = await pool.run(worker_tasks.pid)
    assert first != second
    assert pool.outcomes == {pools.DONE: 2, Cause.DIED: 1}


async def test_a_worker_that_was_killed_while_idle_costs_nobody_a_task(pool: Pool) -> None:
    first = await pool.run(worker_tasks.pid)
    os.kill(first, signal.SIGKILL)
    assert await pool.run(worker_tasks.pid) != first


async def test_a_task_gets_so_much_processor_and_no_more() -> None:
    async with Pool(WorkerSettings(count=1, task_s=1)).kept() as pool:
        assert await cause_of(pool.run(worker_tasks.spin)) is Cause.TIMED_OUT
        assert await pool.run(worker_tasks.pid)


async def test_a_task_that_only_waits_is_given_up() -> None:
    async with Pool(WorkerSettings(count=1, wall_s=1)).kept() as pool:
        assert await cause_of(pool.run(worker_tasks.hang)) is Cause.TIMED_OUT


async def test_a_task_whose_caller_gave_up_leaves_no_worker_behind(pool: Pool) -> None:
    task = asyncio.create_task(pool.run(worker_tasks.hang))

    async def is_busy() -> bool:
        return bool(pool.busy)

    await until(is_busy, "the task to begin")
    pids = pool.pids
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await gone(*pids)
    assert pool.busy == []


async def test_only_so_many_tasks_are_computed_at_a_time(pool: Pool, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    tasks = [asyncio.create_task(pool.run(worker_tasks.dawdle, str(flag))) for _ in range(5)]

    async def are_in_hand() -> bool:
        return len(pool.busy) == 2 and pool.waiting == 3

    await until(are_in_hand, "two workers")
    flag.touch()
    assert len(set(await asyncio.gather(*tasks))) == 2


async def test_who_would_wait_behind_too_many_is_told_so(tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    async with Pool(WorkerSettings(count=1)).kept() as pool:
        most = 1 + pools.WAITING_MAX
        tasks = [asyncio.create_task(pool.run(worker_tasks.dawdle, str(flag))) for _ in range(most)]

        async def are_in_hand() -> bool:
            return len(pool.busy) == 1 and pool.waiting == pools.WAITING_MAX

        await until(are_in_hand, "the line")
        assert await cause_of(pool.run(worker_tasks.pid)) is Cause.BUSY
        flag.touch()
        await asyncio.gather(*tasks)
        assert await pool.run(worker_tasks.pid)


async def test_a_worker_without_a_task_is_ended() -> None:
    async with Pool(WorkerSettings(idle=timedelta(seconds=0.1))).kept() as pool:
        await gone(await pool.run(worker_tasks.pid))
        assert await pool.run(worker_tasks.pid)


async def test_the_workers_end_with_the_bot() -> None:
    async with Pool(SETTINGS).kept() as pool:
        pid = await pool.run(worker_tasks.pid)
    await gone(pid)


_KILLED = """
import asyncio, sys
from bot.workers.pool import Pool
from bot.workers.settings import WorkerSettings
from tests.unit.bot.workers import worker_tasks

async def main():
    async with Pool(WorkerSettings()).kept() as pool:
        print(await pool.run(worker_tasks.pid), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_the_workers_end_when_the_bot_is_killed() -> None:
    root = PROJECT
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _KILLED, cwd=root, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert bot.stdout
        pid = int(await bot.stdout.readline())
        assert is_there(pid)
    finally:
        bot.kill()
        await bot.wait()
    await gone(pid)


async def test_being_asked_to_stop_is_for_the_bot_not_for_a_worker(pool: Pool) -> None:
    pid = await pool.run(worker_tasks.pid)
    os.kill(pid, signal.SIGTERM)
    os.kill(pid, signal.SIGINT)
    assert await pool.run(worker_tasks.pid) == pid


async def test_a_worker_reaches_no_network_starts_no_process_and_writes_no_file(
    pool: Pool, tmp_path: Path
) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(RuntimeError, match="PermissionError"):
            await pool.run(worker_tasks.connect, port)
    with pytest.raises(RuntimeError, match="PermissionError"):
        await pool.run(worker_tasks.start_process)
    with pytest.raises(RuntimeError, match="OSError"):
        await pool.run(worker_tasks.write_file, str(tmp_path / "file"))


async def test_what_a_task_may_not_result_in_is_an_error_of_the_task(pool: Pool) -> None:
    for task in (worker_tasks.what_runs_code, worker_tasks.a_class, worker_tasks.too_much_text):
        with pytest.raises(RuntimeError, match=r"TypeError|ValueError"):
            await pool.run(task)
    assert len(await pool.run(worker_tasks.many_bytes, 40)) == 40 * 1024 * 1024
    assert len(pool.pids) == 1


async def test_a_worker_that_answers_something_else_is_ended(pool: Pool) -> None:
    first = await pool.run(worker_tasks.pid)
    for task in (worker_tasks.answers_with_a_pickle, worker_tasks.promises_too_much):
        assert await cause_of(pool.run(task)) is Cause.DIED
    await gone(first)


async def test_where_no_worker_can_be_started_health_and_log_say_how_it_ended() -> None:
    with capture_logs() as logs:
        async with Pool(WorkerSettings(memory_mb=10**15)).kept() as pool:
            assert await cause_of(pool.run(worker_tasks.pid)) is Cause.NOT_STARTED
            assert "no worker can be started: exit status 1" in pool.problem
    assert pool.outcomes == {Cause.NOT_STARTED: 1}
    (told,) = [line for line in logs if line["event"] == "worker process not started"]
    assert "exit status 1" in told["reason"]


async def test_the_log_says_how_a_worker_ended(pool: Pool) -> None:
    with capture_logs() as logs:
        assert await cause_of(pool.run(worker_tasks.die)) is Cause.DIED
    assert (logs[0]["event"], logs[0]["exit_status"]) == ("worker process ended", -signal.SIGKILL)
    assert logs[-1]["event"] == "worker task failed"


async def test_when_the_bot_ends_no_worker_is_started_for_what_is_computed_or_waits(
    tmp_path: Path,
) -> None:
    flag = str(tmp_path / "never")
    pool = Pool(WorkerSettings(count=1))
    async with pool.kept():
        await pool.run(worker_tasks.pid)
        tasks = [asyncio.create_task(pool.run(worker_tasks.dawdle, flag)) for _ in range(3)]

        async def are_in_hand() -> bool:
            return len(pool.busy) == 1 and pool.waiting == 2

        await until(are_in_hand, "the line")
    failures = await asyncio.gather(*tasks, return_exceptions=True)
    assert [getattr(one, "cause", one) for one in failures] == [Cause.STOPPING] * 3
    assert await cause_of(pool.run(worker_tasks.pid)) is Cause.STOPPING
    assert pool.pids == []


async def test_a_worker_that_is_just_being_started_when_the_bot_ends_does_not_outlive_it() -> None:
    pool = Pool(WorkerSettings(count=1))
    async with pool.kept():
        starting = await begun(pool.run(worker_tasks.pid))
    assert await cause_of(starting) is Cause.STOPPING
    assert pool.pids == []


async def test_codes_are_read_in_a_worker_only(pool: Pool) -> None:
    cleaned = await pool.run(clean, picture_with("https://the-cu-tri.example/nop"))
    assert cleaned.codes == ("https://the-cu-tri.example/nop",)
    assert "zxingcpp" in await pool.run(worker_tasks.loaded)


@pytest.mark.parametrize("noise", [False, True])
async def test_the_words_of_a_picture_are_read_within_the_memory_of_a_worker(noise: bool) -> None:
    page = noisy_page() if noise else dark(RUMOUR)
    patient = WorkerSettings(count=1, task_s=round(TIMEOUT_S), wall_s=round(TIMEOUT_S))
    async with Pool(patient).kept() as pool:
        read = await pool.run(worker_tasks.read_within, encoded(page), TIMEOUT_S)
        assert pool.outcomes == {pools.DONE: 1}
    assert bool(read) is not noise


def test_the_bot_itself_loads_no_reader_of_codes() -> None:
    readers = {"zxingcpp", "trueocr", "cv2", "onnxruntime"}
    program = f"import sys, bot.app; sys.exit(not {readers}.isdisjoint(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, check=False)
    assert ended.returncode == 0
