"""On a messenger with a messaging window: who gets it now, at what price, and who later."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlmodel import col, update

from handlers.messages import (
    Address,
    Charge,
    DeliveryUncertain,
    Message,
    Refused,
    ServerError,
)
from storage.database import id_of
from storage.database.engine import Store
from storage.members import interactions, members
from storage.models import Contact, DeliveryState, Mailing, MailingKind, MailingState, Purpose
from storage.outbox import charges, mailings
from storage.outbox.metering import SpendingLimits, Spent
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


async def test_an_unknown_quota_is_not_relied_on(oa: MeteredHarness, number: int) -> None:
    await oa.person("An", CHARGED)
    oa.messenger.quota = 5
    await oa.announce(number)
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
