"""On a messenger with a messaging window: who gets it now, at what price, and who later."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import event, func
from sqlmodel import col, select, update

from handlers.messages import (
    Address,
    Charge,
    DeliveryUncertain,
    Message,
    Refused,
    ServerError,
    WindowClosed,
)
from scheduler.delivery import metered
from scheduler.delivery.charge_reports import MeteredAccount
from scheduler.delivery.sender import DeliveryOutcome
from storage.database import Tx, id_of
from storage.database.engine import Store
from storage.members import interactions, members
from storage.models import (
    Contact,
    Delivery,
    DeliveryState,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Purpose,
)
from storage.outbox import charges, enqueue, mailings, recipients
from storage.outbox.deliveries import Result
from storage.outbox.metering import (
    Allowance,
    Reservation,
    Settlement,
    SpendingLimits,
    Spent,
)
from storage.outbox.priority import WINDOW_ENDS
from tests.support import ClubInATest, ManualClock, Phone, publish, waiting_for
from tests.support.metered_account import (
    CHARGED,
    CLOSED,
    FREE,
    LIMITS,
    OA,
    PRICE,
    MeteredHarness,
    with_account,
)
from tests.support.waiting import poll

S = DeliveryState
MINUTE = timedelta(minutes=1)


@pytest.fixture
def club(store: Store, clock: ManualClock) -> ClubInATest:
    """A club with an account that has a messaging window."""
    return ClubInATest(store, clock, with_account())


@pytest.fixture
def oa(club: ClubInATest) -> MeteredHarness:
    return MeteredHarness(club)


@pytest.fixture
async def number(club: ClubInATest) -> int:
    """An announcement that has no mailing yet."""
    return await publish(club)


async def test_whoever_wrote_lately_gets_it_free(oa: MeteredHarness, number: int) -> None:
    await oa.person("An", FREE)
    await oa.announce(number)
    await oa.deliver(S.SENT)
    assert oa.messenger.charged == {Charge.FREE: 1}
    assert (await oa.month()).spent == Spent() == await oa.cost(number)


async def test_whoever_was_silent_for_a_week_gets_it_later_and_no_call_is_made(
    oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", CLOSED)
    await oa.announce(number, paid_most=1000)
    await oa.deliver(S.NOT_NOW)
    assert oa.messenger.calls == []


@pytest.mark.parametrize(
    ("silent_for", "state"),
    [
        (timedelta(hours=48) - MINUTE - timedelta(seconds=1), S.SENT),
        (timedelta(hours=48) - MINUTE, S.NOT_NOW),
    ],
)
async def test_the_free_period_ends_a_minute_early(
    oa: MeteredHarness, number: int, silent_for: timedelta, state: DeliveryState
) -> None:
    await oa.person("An", silent_for)
    await oa.announce(number)
    await oa.deliver(state)


@pytest.mark.parametrize(
    ("silent_for", "state"),
    [
        (timedelta(days=7) - MINUTE - timedelta(seconds=1), S.SENT),
        (timedelta(days=7) - MINUTE, S.NOT_NOW),
    ],
)
async def test_the_window_closes_a_minute_early(
    oa: MeteredHarness, number: int, silent_for: timedelta, state: DeliveryState
) -> None:
    await oa.person("An", silent_for)
    await oa.announce(number, paid_most=1)
    await oa.deliver(state)


async def test_the_quota_goes_first_then_money_up_to_what_the_officer_chose(
    oa: MeteredHarness, number: int
) -> None:
    for name in ("An", "Bình", "Chi", "Dung", "Giang"):
        await oa.person(name, CHARGED)
    await oa.has_quota(2)
    await oa.announce(number, paid_most=2)
    await oa.deliver(*[S.SENT] * 4, S.NOT_NOW)
    spent = Spent(from_quota=2, paid=2, dong=2 * PRICE)
    assert oa.messenger.charged == {Charge.QUOTA: 2, Charge.PAID: 2}
    assert (await oa.month()).spent == spent == await oa.cost(number)
    assert (await oa.month()).quota_left == 0


async def test_an_officer_may_leave_the_quota_alone(oa: MeteredHarness, number: int) -> None:
    await oa.person("An", CHARGED)
    await oa.has_quota(5)
    await oa.announce(number, from_quota=False)
    await oa.deliver(S.NOT_NOW)
    assert oa.messenger.calls == []


async def test_what_may_use_the_quota_waits_until_it_is_known(
    oa: MeteredHarness, number: int
) -> None:
    oa.is_asked = False
    await oa.person("An", CHARGED)
    await oa.announce(number, paid_most=9)
    async with oa.running():
        await oa.until(lambda found: found == [S.QUEUED])
        await poll(partial(is_put_off, oa))
        await oa.has_quota(5)
        oa.club.clock.advance(seconds=5)
        await oa.until(lambda found: found == [S.SENT])
    assert oa.messenger.charged == {Charge.QUOTA: 1}


async def is_put_off(oa: MeteredHarness) -> bool:
    oa.worker.nudge()
    (row,) = await oa.box.rows()
    return row.not_before > oa.club.clock.now()


async def test_what_may_not_use_the_quota_need_not_know_it(oa: MeteredHarness, number: int) -> None:
    oa.is_asked = False
    await oa.person("An", CHARGED)
    await oa.announce(number, from_quota=False)
    await oa.deliver(S.NOT_NOW)


@pytest.mark.parametrize(
    "limits",
    [
        replace(LIMITS, announcement_messages=2),
        replace(LIMITS, announcement_dong=3 * PRICE - 1),
        replace(LIMITS, month_messages=2),
        replace(LIMITS, month_dong=3 * PRICE - 1),
    ],
    ids=["announcement", "announcement in đồng", "month", "month in đồng"],
)
async def test_no_officer_spends_more_than_the_configuration_allows(
    store: Store, clock: ManualClock, limits: SpendingLimits
) -> None:
    oa = MeteredHarness(ClubInATest(store, clock, with_account(limits=limits)))
    for name in ("An", "Bình", "Chi"):
        await oa.person(name, CHARGED)
    number = await publish(oa.club)
    await oa.announce(number, paid_most=1000)
    await oa.deliver(S.SENT, S.SENT, S.NOT_NOW)
    assert oa.messenger.charged == {Charge.PAID: 2}


async def test_a_month_ends_at_midnight_in_the_clubs_time_zone(
    store: Store, clock: ManualClock
) -> None:
    limits = replace(LIMITS, month_messages=1)
    awake = replace(with_account(limits=limits), quiet_begin_minute=0, quiet_end_minute=0)
    oa = MeteredHarness(ClubInATest(store, clock, awake))
    an = await oa.person("An", CHARGED)
    numbers = [await publish(oa.club) for _ in range(3)]
    await oa.announce(numbers[0], paid_most=9)
    await oa.deliver(S.SENT)
    clock.advance(days=21, hours=14, minutes=59)  # 31 March, 23:59
    await oa.wrote(an, clock.now() - CHARGED)
    await oa.announce(numbers[1], paid_most=9)
    await oa.deliver(S.SENT, S.NOT_NOW)
    clock.advance(minutes=1)
    await oa.announce(numbers[2], paid_most=9)
    await oa.deliver(S.SENT, S.NOT_NOW, S.SENT)


@pytest.mark.parametrize("kind", [MailingKind.VERDICT, MailingKind.REMINDER])
async def test_only_announcements_cost_money_others_use_the_quota(
    oa: MeteredHarness, kind: MailingKind
) -> None:
    an = await oa.person("An", CHARGED)
    await oa.box.mail(an.member_id, kind=kind)
    await oa.deliver(S.NOT_NOW)
    await oa.has_quota(1)
    await oa.box.mail(an.member_id, kind=kind)
    await oa.deliver(S.NOT_NOW, S.SENT)
    assert (await oa.month()).spent == Spent(from_quota=1)


@pytest.mark.parametrize("failure", [Refused("no"), ServerError("busy")], ids=type)
async def test_what_did_not_leave_is_not_spent(
    oa: MeteredHarness, number: int, failure: Exception
) -> None:
    an = await oa.person("An", CHARGED)
    oa.messenger.fails(an.address.chat, failure)
    await oa.announce(number, paid_most=1)
    async with oa.running():
        await oa.until(lambda _: bool(oa.messenger.calls))
        await oa.until(lambda found: found in ([S.FAILED], [S.QUEUED]))
    assert await oa.cost(number) == Spent() == (await oa.month()).spent


async def test_what_is_uncertain_counts_as_spent(oa: MeteredHarness, number: int) -> None:
    an = await oa.person("An", CHARGED)
    await oa.person("Bình", CHARGED)
    oa.messenger.fails(an.address.chat, DeliveryUncertain("silence"))
    await oa.announce(number, paid_most=1)
    await oa.deliver(S.UNCERTAIN, S.NOT_NOW)
    assert await oa.cost(number) == Spent(paid=1, dong=PRICE)


async def test_a_message_of_which_nothing_is_said_counts_as_it_was_reserved(
    oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", CHARGED)
    oa.messenger.report = lambda to, _charge, _left: oa.reports.report(to, None, None)
    await oa.announce(number, paid_most=1)
    await oa.deliver(S.SENT)
    assert await oa.cost(number) == Spent(paid=1, dong=PRICE)


async def test_the_platform_is_believed_that_it_cost_less(oa: MeteredHarness, number: int) -> None:
    await oa.person("An", CHARGED)
    oa.messenger.report = lambda to, _charge, _left: oa.reports.report(to, Charge.FREE, None)
    await oa.announce(number, paid_most=1)
    await oa.deliver(S.SENT)
    assert await oa.cost(number) == Spent()


async def test_money_taken_for_what_should_be_free_pauses_the_announcement(
    club: ClubInATest, oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", FREE)
    minh = await club.officer("Minh")
    oa.messenger.report = lambda to, _charge, _left: oa.reports.report(to, Charge.PAID, None)
    mailing_id = await oa.announce(number)
    async with oa.running():
        await oa.until(lambda _: Charge.FREE in oa.messenger.charged)
        await oa.until(lambda found: S.SENT in found)
    mailing = await oa.box.mailing(mailing_id)
    assert (mailing.state, await oa.cost(number)) == (
        MailingState.PAUSED,
        Spent(paid=1, dong=PRICE),
    )
    assert "tính tiền" in (await waiting_for(minh))[-1].text


async def test_a_message_of_the_quota_pauses_an_announcement_that_was_to_be_free(
    oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", FREE)
    oa.messenger.report = lambda to, _charge, _left: oa.reports.report(to, Charge.QUOTA, None)
    mailing_id = await oa.announce(number, from_quota=False)
    assert await state_after_delivery(oa, mailing_id) is MailingState.PAUSED


async def test_a_message_of_the_quota_pauses_nothing_that_may_use_it(
    oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", FREE)
    oa.messenger.report = lambda to, _charge, _left: oa.reports.report(to, Charge.QUOTA, None)
    mailing_id = await oa.announce(number)
    assert await state_after_delivery(oa, mailing_id) is MailingState.DONE


@pytest.mark.parametrize(
    "limits",
    [
        replace(LIMITS, announcement_messages=0),
        replace(LIMITS, announcement_dong=PRICE - 1),
        replace(LIMITS, month_messages=0),
        replace(LIMITS, month_dong=PRICE - 1),
    ],
    ids=["announcement", "announcement in đồng", "month", "month in đồng"],
)
async def test_unexpected_money_beyond_a_limit_of_the_configuration_pauses_it(
    store: Store, clock: ManualClock, limits: SpendingLimits
) -> None:
    oa = MeteredHarness(ClubInATest(store, clock, with_account(limits=limits)))
    await oa.person("An", FREE)
    oa.messenger.report = lambda to, _charge, _left: oa.reports.report(to, Charge.PAID, None)
    mailing_id = await oa.announce(await publish(oa.club), paid_most=1)
    assert await state_after_delivery(oa, mailing_id) is MailingState.PAUSED


async def state_after_delivery(oa: MeteredHarness, mailing_id: int) -> MailingState:
    async with oa.running():
        await oa.until(lambda found: S.SENT in found)
    await oa.club.in_write(mailings.finish)
    return (await oa.box.mailing(mailing_id)).state


async def test_a_quota_that_the_platform_denies_is_not_tried_for_everybody(
    club: ClubInATest, oa: MeteredHarness, number: int
) -> None:
    for name in ("An", "Bình", "Chi"):
        await oa.person(name, CHARGED)
    minh = await club.officer("Minh")
    await oa.has_quota(5)
    oa.messenger.quota = oa.messenger.balance = 0
    await oa.announce(number)
    async with oa.running():
        await oa.until(lambda found: found.count(S.NOT_NOW) == 3)
    month = await oa.month()
    assert (month.quota_left, month.unpaid_since) == (0, None)
    assert not [one for one in await waiting_for(minh) if "không còn tiền" in one.text]


async def test_a_stated_quota_that_money_was_taken_for_is_not_relied_on_this_month(
    oa: MeteredHarness, clock: ManualClock
) -> None:
    """The platform states a quota again and again, and takes money for what it should pay."""
    people = [await oa.person(f"Hội viên {number}", CHARGED) for number in range(3)]

    async def state(left: int) -> None:
        month = await oa.month()
        await oa.club.in_write(charges.note_stated_quota, oa.metering, left, month)

    await state(488)
    await oa.box.mail(people[0].member_id, kind=MailingKind.VERDICT)
    await oa.deliver(S.SENT)
    assert (await oa.month()).spent == Spent(paid=1, dong=PRICE)
    await state(488)
    await oa.box.mail(people[1].member_id, kind=MailingKind.VERDICT)
    await oa.deliver(S.SENT, S.NOT_NOW)
    clock.advance(days=31)
    await oa.wrote(people[2], clock.now() - CHARGED)
    await state(488)
    assert (await oa.month()).quota_left == 488


async def test_months_are_locked_before_announcements(oa: MeteredHarness, number: int) -> None:
    await oa.person("An", CHARGED)
    await oa.has_quota(1)
    await oa.announce(number)
    last_month = date(2026, 2, 1)
    reservation = Reservation(last_month, number, Charge.QUOTA, 1)
    outcome = DeliveryOutcome(
        1, Result(1, S.SENT), settlement=Settlement(reservation, number, (Charge.PAID,))
    )
    account = MeteredAccount(oa.metering, oa.reports)
    with statements(oa.club.store) as executed:
        async with oa.club.store.write() as tx:
            await metered.settle(tx, oa.club.settings, account, [outcome])
    costs = next(i for i, one in enumerate(executed) if "announcementcost" in one)
    locks = [i for i, one in enumerate(executed) if "FROM sentcount" in one and "ORDER BY" in one]
    assert locks
    assert locks[0] < costs


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The statements that are executed inside the block."""
    executed: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        executed.append(statement)

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield executed
    finally:
        event.remove(store.engine.sync_engine, "before_cursor_execute", note)


def have_ended(copies: int, found: list[DeliveryState]) -> bool:
    """Whether so many of each announcement were left out, and so many sent."""
    return found.count(S.NOT_NOW) == found.count(S.SENT) == copies


async def test_without_money_nothing_paid_is_tried_for_an_hour_and_free_ones_go_on(
    club: ClubInATest, oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", CHARGED)
    await oa.person("Chi", FREE)
    minh = await club.officer("Minh")
    oa.messenger.balance = 0
    for calls in (2, 3):  # the second announcement is tried for Chi alone
        await oa.announce(number, paid_most=10)
        async with oa.running():
            await oa.until(partial(have_ended, calls - 1))
        assert len(oa.messenger.calls) == calls
        number = await publish(club)
    assert (await oa.month()).spent == Spent()
    assert "không còn tiền" in (await waiting_for(minh))[1].text
    club.clock.advance(hours=1)
    oa.messenger.balance = 10
    await oa.announce(number, paid_most=10)
    async with oa.running():
        await oa.until(lambda _: oa.messenger.charged[Charge.PAID] == 1)
        await oa.until(lambda found: found.count(S.SENT) == 4)
    assert (await oa.month()).unpaid_since is None


async def test_the_platform_is_believed_that_a_window_is_closed(
    oa: MeteredHarness, number: int
) -> None:
    an = await oa.person("An", FREE)
    oa.messenger.last.clear()
    await oa.announce(number)
    await oa.deliver(S.NOT_NOW)
    assert await last_of(oa, an) is None


async def test_a_moment_that_cannot_be_opened_counts_as_unknown_and_holds_nobody_up(
    oa: MeteredHarness, number: int
) -> None:
    an = await oa.person("An", FREE)
    await oa.person("Bình", FREE)
    async with oa.club.store.write() as tx:
        broken = update(Contact).where(col(Contact.member_id) == an.member_id)
        await tx.session.exec(broken.values(last_interaction_sealed=b"damaged"))
    await oa.announce(number)
    await oa.deliver(S.NOT_NOW, S.SENT)


async def test_whoever_writes_while_the_platform_says_it_is_closed_gets_it(
    oa: MeteredHarness, number: int
) -> None:
    an = await oa.person("An", FREE)
    oa.messenger.last.clear()
    refuse = oa.messenger.send

    async def write_meanwhile(to: Address, message: Message) -> list[str]:
        try:
            return await refuse(to, message)
        finally:
            oa.club.clock.advance(seconds=2)
            await oa.wrote(an, oa.club.clock.now())

    oa.messenger.send = write_meanwhile  # type: ignore[method-assign]
    await oa.announce(number)
    await oa.deliver(S.SENT)
    assert await last_of(oa, an) is not None


async def last_of(oa: MeteredHarness, phone: Phone) -> object:
    async with oa.club.store.read() as tx:
        found = await members.find_by_chat(tx, OA, phone.address.chat)
        assert found
        return interactions.last_of(tx, found[1])


async def test_each_message_of_a_copy_is_paid_for(oa: MeteredHarness, number: int) -> None:
    club = ClubInATest(oa.club.store, oa.club.clock, with_account(messages_in=lambda _: 3))
    oa = MeteredHarness(club)
    await oa.person("An", CHARGED)
    await oa.announce(number, paid_most=2)
    await oa.deliver(S.NOT_NOW)
    await oa.announce(await publish(oa.club), paid_most=3)
    async with oa.running():
        await oa.until(lambda found: found == [S.NOT_NOW, S.SENT])


@pytest.mark.parametrize(
    ("first", "chosen"),
    [(WINDOW_ENDS, "Chi"), ("song-ngoc", "Bình"), ("", "An")],
)
async def test_whoever_goes_first_gets_what_may_be_spent(
    oa: MeteredHarness, number: int, first: str, chosen: str
) -> None:
    silence = {"An": 3, "Bình": 4, "Chi": 6, "Dung": 8}
    people = {
        name: await oa.person(
            name, timedelta(days=days), area="song-ngoc" if name == "Bình" else "thi-xa"
        )
        for name, days in silence.items()
    }
    await oa.announce(number, paid_most=1, first=first)
    async with oa.running():
        await oa.until(lambda found: sorted(found) == [*[S.NOT_NOW] * 3, S.SENT])
    assert oa.messenger.calls == [people[chosen].address.chat]


async def test_an_announcement_is_sent_once_its_recipients_are_complete(
    oa: MeteredHarness, number: int
) -> None:
    await oa.person("An", FREE)
    mailing_id = await oa.announce(number)
    async with oa.running():
        await oa.until(lambda found: found == [S.SENT])
    assert (await oa.box.mailing(mailing_id)).state is MailingState.DONE


async def test_corrections_spend_on_account_of_their_announcement(
    oa: MeteredHarness, number: int
) -> None:
    an = await oa.person("An", CHARGED)
    await oa.announce(number, paid_most=2)
    await oa.deliver(S.SENT)
    async with oa.club.store.write() as tx:
        original = await mailings.of_announcement(tx, number)
        assert original
        tx.session.add(
            Mailing(
                kind=MailingKind.CORRECTION,
                subject="c",
                announcement_id=number,
                state=MailingState.FILLING,
                lane=28,
                bodies={"vi": {"text": "đính chính"}},
                paid_most=original.paid_most,
                created_at=tx.clock.now(),
            )
        )
    # The notice and the corrected text are two messages, and one may still be spent.
    await oa.deliver(S.SENT, S.NOT_NOW)
    assert an.address.chat in oa.messenger.calls
    assert await oa.cost(number) == Spent(paid=1, dong=PRICE)


@pytest.mark.parametrize("after", [ServerError("busy"), WindowClosed("closed")], ids=type)
async def test_the_notice_of_a_correction_is_told_and_charged_once(
    oa: MeteredHarness, number: int, after: Exception
) -> None:
    an = await oa.person("An", CHARGED)
    await oa.announce(number, paid_most=9)
    await oa.deliver(S.SENT)
    await open_changes(oa, number, MailingKind.CORRECTION)
    oa.messenger.fails(an.address.chat, None, after)
    async with oa.running():
        await oa.until(lambda found: found[0] is S.SENT and len(oa.messenger.calls) == 3)
        await oa.until(lambda found: found[1] in (S.QUEUED, S.NOT_NOW))
    oa.club.clock.advance(minutes=10)
    await oa.writes(an)
    await oa.deliver(S.SENT, S.SENT)
    texts = oa.messenger.texts(an.address.chat)
    assert texts.count("correction") == 1
    assert len(texts) == 3


async def test_an_interrupted_recall_that_is_a_message_is_uncertain(
    store: Store, clock: ManualClock
) -> None:
    settings = replace(with_account(), unchangeable=(OA,))
    oa = MeteredHarness(ClubInATest(store, clock, settings))
    await oa.person("An", FREE)
    number = await publish(oa.club)
    await oa.announce(number)
    await oa.deliver(S.SENT)
    await open_changes(oa, number, MailingKind.RECALL)
    await oa.club.in_write(recipients.fill_next_range, members=100)
    await oa.club.in_write(interrupt_last)
    clock.advance(hours=1)
    await oa.deliver(S.SENT, S.UNCERTAIN)


async def interrupt_last(tx: Tx) -> None:
    """The process that sent the last delivery on the account was killed."""
    last = select(func.max(Delivery.id)).scalar_subquery()
    values = {"state": S.SENDING, "via": OA, "claimed_by": "x", "lease_until": tx.clock.now()}
    await tx.session.exec(update(Delivery).where(col(Delivery.id) == last).values(**values))


async def open_changes(oa: MeteredHarness, number: int, kind: MailingKind) -> None:
    await oa.club.in_write(
        enqueue.open_mailing,
        kind=kind,
        subject=f"{kind} {number}",
        lane=Lane.CORRECTION,
        announcement_id=number,
        bodies={"vi": {"text": str(kind)}},
        state=MailingState.FILLING,
        spending=Allowance(number, paid_most=9),
    )


async def test_answers_that_cost_something_are_counted(oa: MeteredHarness) -> None:
    await oa.club.in_write(charges.count_charged, oa.metering, [Charge.QUOTA, Charge.PAID])
    assert (await oa.month()).spent == Spent(1, 1, PRICE)


async def test_a_digest_is_sent_while_it_is_free(oa: MeteredHarness) -> None:
    an = await oa.person("An", CHARGED)
    await oa.has_quota(5)
    mailing_id = await oa.box.mail(an.member_id, kind=MailingKind.DIGEST, purpose=Purpose.DIGEST)
    async with oa.club.store.write() as tx:
        mailing = await tx.session.get_one(Mailing, mailing_id)
        mailing.from_quota = False
    await oa.deliver(S.NOT_NOW)
    assert id_of(mailing) == mailing_id
