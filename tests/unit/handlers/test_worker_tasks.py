"""Heavy work is computed between two tries of a handler, never inside its transaction."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from handlers.conversation.context import Context, UserError
from handlers.conversation.dispatcher import Conversation
from handlers.conversation.routes import Routes
from handlers.messages import Answer
from handlers.worker_tasks import (
    MOST_TASKS,
    Args,
    Cause,
    OffloadRequired,
    OffloadsExhausted,
    T,
    WorkerFailed,
)
from storage.database.engine import Store
from storage.models import CodeAttempts, Role
from tests.support import SETTINGS, ClubInATest, InlineWorkers, Phone

routes = Routes()


def doubled(number: int) -> int:
    return 2 * number


def refused(number: int) -> int:
    raise ValueError(number)


@routes.command("tinh", "compute", role=None)
async def compute(context: Context) -> Answer:
    context.tx.session.add(
        CodeAttempts(lookup=context.incoming.update_key.encode(), updated_at=context.now)
    )
    await context.tx.session.flush()
    found = [context.offload(doubled, number) for number in range(context.number())]
    return [context.toast(str(sum(found)))]


@routes.command("hong", "broken", role=None)
async def fail(context: Context) -> Answer:
    try:
        context.offload(refused, 7)
    except (ValueError, WorkerFailed) as error:
        raise UserError("cancelled") from error
    return []


@routes.fallback(role=Role.MEMBER)
async def nothing(context: Context) -> Answer:
    return []


class Computing(InlineWorkers):
    """Notes what was computed, and that no transaction of writing was open meanwhile."""

    def __init__(self, store: Store, failure: Exception | None = None) -> None:
        self.store = store
        self.failure = failure
        self.computed: list[tuple[object, ...]] = []

    async def run(self, task: Callable[[*Args], T], *args: *Args) -> T:
        self.computed.append(args)
        if self.failure:
            raise self.failure
        # A second writer waits for the first one on SQLite, until its patience is over.
        async with self.store.write() as tx:
            await tx.session.exec(select(CodeAttempts))
        return await super().run(task, *args)


@pytest.fixture
def computing(club: ClubInATest) -> Computing:
    club.conversation = Conversation(SETTINGS, [routes])
    workers = Computing(club.store)
    club.workers = workers
    return workers


async def test_a_handler_begins_anew_when_its_task_was_computed_and_writes_once(
    club: ClubInATest, computing: Computing, lan: Phone
) -> None:
    await lan.says("/tinh 3")
    assert lan.toasts == ["6"]
    assert computing.computed == [(0,), (1,), (2,)]
    assert len(await club.rows(select(CodeAttempts))) == 1


async def test_what_is_known_for_one_update_is_not_known_for_the_next(
    computing: Computing, lan: Phone
) -> None:
    await lan.says("/tinh 1")
    await lan.says("/tinh 1")
    assert computing.computed == [(0,), (0,)]


async def test_the_error_of_a_task_is_raised_where_it_was_called(
    computing: Computing, lan: Phone
) -> None:
    await lan.says("/hong")
    assert lan.last
    assert computing.computed == [(7,)]


async def test_a_worker_that_fails_is_an_error_that_the_handler_can_catch(
    club: ClubInATest, computing: Computing
) -> None:
    computing.failure = WorkerFailed(Cause.DIED)
    lan = await club.member("Lan")
    await lan.says("/hong")
    assert lan.last
    assert computing.computed == [(7,)]


async def test_one_update_has_so_many_tasks_computed_and_no_more(
    computing: Computing, lan: Phone
) -> None:
    await lan.says(f"/tinh {MOST_TASKS}")
    assert len(lan.toasts) == 1
    with pytest.raises(OffloadsExhausted):
        await lan.says(f"/tinh {MOST_TASKS + 1}")


async def test_without_a_result_the_handler_is_given_up_with_all_it_wrote(
    club: ClubInATest, computing: Computing, lan: Phone
) -> None:
    def unknown(task: Callable[[*Args], T], *args: *Args) -> T:
        raise OffloadRequired(task, args)

    incoming = lan.incoming(text="/tinh 1")
    with pytest.raises(OffloadRequired):
        await club.in_write(club.conversation.answer, incoming, unknown)
    assert (await club.rows(select(CodeAttempts))) == []
