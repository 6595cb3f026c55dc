"""Whose copies a correction or a recall is about, and which of them are beyond reach."""

from sqlmodel import select

from storage.members import contacts, members
from storage.models import (
    Contact,
    CorrectionOutcome,
    Delivery,
    DeliveryState,
    MailingKind,
    MailingState,
    MemberState,
)
from storage.outbox import corrections, deliveries
from tests.support import (
    LEASE,
    ClubInATest,
    Outbox,
    Phone,
    add_recipients,
    deliveries_of,
    mailings_of,
    publish_copies,
)

S = DeliveryState


async def block(club: ClubInATest, phone: Phone) -> None:
    async with club.store.write() as tx:
        query = select(Contact.id).where(Contact.member_id == phone.member_id)
        await contacts.mark_unreachable(tx, [(await tx.session.exec(query)).one() or 0])


async def opened(club: ClubInATest, number: int, kind: MailingKind) -> int:
    """A correction or a recall of this announcement, with its recipients; the mailing's id."""
    mailing_id = await Outbox(club.store).mail(
        kind=kind, announcement_id=number, purpose=None, state=MailingState.FILLING
    )
    await add_recipients(club)
    return mailing_id


async def test_everyone_who_was_sent_it_or_may_have_been_is_among_them(club: ClubInATest) -> None:
    phones = {state: await club.member(state.value) for state in S}
    number = await publish_copies(club, [(phone, state) for state, phone in phones.items()])
    await club.member("Không có")
    await opened(club, number, MailingKind.CORRECTION)
    (mailing,) = await mailings_of(club, MailingKind.CORRECTION)
    with_copy = {phones[state].member_id for state in (S.SENDING, S.SENT, S.UNCERTAIN)}
    assert set(await deliveries_of(club, mailing)) == with_copy
    assert await club.in_read(corrections.count_copies, number) == 3


async def test_copies_of_those_who_blocked_left_or_are_forgotten_are_beyond_reach(
    club: ClubInATest,
) -> None:
    names = ("Lan", "Hoa", "Nam", "Tâm", "Hà")
    lan, hoa, nam, tam, ha = [await club.member(name) for name in names]
    copies = [(phone, S.SENT) for phone in (lan, hoa, nam, tam)]
    number = await publish_copies(club, [*copies, (ha, S.QUEUED)])
    await block(club, hoa)
    async with club.store.write() as tx:
        (await members.get(tx, nam.member_id)).state = MemberState.LEFT
        rows = await tx.session.exec(select(Delivery).where(Delivery.member_id == tam.member_id))
        rows.one().member_id = None
    await opened(club, number, MailingKind.RECALL)
    (mailing,) = await mailings_of(club, MailingKind.RECALL)
    assert set(await deliveries_of(club, mailing)) == {lan.member_id}
    async with club.store.write() as tx:  # sent later, in words that are right
        rows = await tx.session.exec(select(Delivery).where(Delivery.member_id == ha.member_id))
        rows.one().state = S.SENT
    assert await club.in_read(corrections.unreachable_copies, mailing) == 3


async def test_a_recall_cut_short_by_a_crash_is_taken_up_again(
    club: ClubInATest, lan: Phone
) -> None:
    await opened(club, await publish_copies(club, [(lan, S.SENT)]), MailingKind.RECALL)
    box = Outbox(club.store)
    (row,) = await box.claim()
    assert await box.begin(row) == {row.id}
    club.clock.advance(hours=1)
    found = await club.in_write(deliveries.recover, lease=LEASE)
    assert (found.requeued, found.uncertain) == (1, 0)
    assert [one.id for one in await box.claim()] == [row.id]


async def test_a_correction_cut_short_by_a_crash_is_uncertain(
    club: ClubInATest, lan: Phone
) -> None:
    await opened(club, await publish_copies(club, [(lan, S.SENT)]), MailingKind.CORRECTION)
    box = Outbox(club.store)
    (row,) = await box.claim()
    await box.begin(row)
    club.clock.advance(hours=1)
    assert (await club.in_write(deliveries.recover, lease=LEASE)).uncertain == 1


async def test_what_was_done_about_copies_is_counted(
    club: ClubInATest, lan: Phone, hoa: Phone
) -> None:
    number = await publish_copies(club, [(lan, S.SENT), (hoa, S.SENT)])
    mailing_id = await opened(club, number, MailingKind.RECALL)
    box = Outbox(club.store)
    for row, outcome in zip(
        await box.claim(), (CorrectionOutcome.EDITED, CorrectionOutcome.DELETED), strict=True
    ):
        await box.begin(row)
        await box.record(deliveries.Result(row.id, S.SENT, correction_outcome=outcome))
    counted = await club.in_read(corrections.counts, mailing_id)
    assert counted == {CorrectionOutcome.EDITED: 1, CorrectionOutcome.DELETED: 1}
