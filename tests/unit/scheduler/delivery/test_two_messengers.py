"""A member on two messengers gets everything once: where they prefer it, else on the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from handlers.messages import (
    Button,
    DeliveryUncertain,
    Limits,
    Message,
    QuotaSpent,
    RecipientGone,
    Refused,
)
from handlers.notifications import pack
from scheduler.settings import DeliverySettings
from storage.conversation import numbered_choices
from storage.database import sealing
from storage.members import account_linking
from storage.models import ChoiceList, Contact, DeliveryState, Lane, MailingKind, MailingState
from storage.outbox import enqueue
from storage.outbox.priority import ONE_APP_ONLY
from tests.support import ClubInATest, Phone
from tests.support.scripted_messenger import SETTINGS, DeliveryHarness, ScriptedMessenger

S = DeliveryState
NEXT_MONTH = datetime(2026, 3, 31, 17, tzinfo=UTC)
ON_SQLITE = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


class Both:
    """A worker on each messenger, over one outbox."""

    def __init__(self, club: ClubInATest, settings: DeliverySettings = SETTINGS) -> None:
        self.club = club
        limits = Limits(text=2000, caption=2000, most_buttons=0, edits=False)
        self.telegram = DeliveryHarness(club)
        self.zalo = DeliveryHarness(club, settings, ScriptedMessenger("zalo", limits))

    async def deliver(self, *states: DeliveryState) -> None:
        async with self.telegram.running(), self.zalo.running():
            await self.zalo.until(lambda found: self._nudged(found, states))

    def _nudged(self, found: Sequence[object], states: Sequence[DeliveryState]) -> bool:
        self.telegram.worker.nudge()
        return list(found) == list(states)

    async def linked(self, name: str, *, prefers: str = "telegram") -> Phone:
        """A member with chat 7 on Zalo beside the one on Telegram."""
        phone = await self.club.member(name)
        async with self.club.store.write() as tx:
            chat = f"zalo of {name}"
            contact = Contact(
                member_id=phone.member_id,
                messenger="zalo",
                lookup=sealing.chat_lookup(tx, "zalo", chat),
                preferred=False,
            )
            await sealing.add(tx, contact, chat=chat)
            await account_linking.prefer(tx, phone.member_id, prefers)
        return phone


@pytest.fixture
def both(club: ClubInATest) -> Both:
    return Both(club)


@pytest.mark.parametrize("prefers", ["telegram", "zalo"])
async def test_everything_goes_where_the_member_prefers_it(both: Both, prefers: str) -> None:
    lan = await both.linked("Lan", prefers=prefers)
    await both.zalo.box.mail(lan.member_id)
    await both.deliver(S.SENT)
    calls = {"telegram": both.telegram.messenger.calls, "zalo": both.zalo.messenger.calls}
    assert {name: len(made) for name, made in calls.items()} == {
        "telegram": int(prefers == "telegram"),
        "zalo": int(prefers == "zalo"),
    }


async def test_somebody_with_one_app_gets_it_there(club: ClubInATest, both: Both) -> None:
    lan = await club.member("Lan", messenger="zalo")
    await both.zalo.box.mail(lan.member_id)
    await both.deliver(S.SENT)
    assert both.zalo.messenger.texts(lan.address.chat) == ["tin 1"]
    assert both.telegram.messenger.calls == []


@pytest.mark.parametrize(
    "failure", [RecipientGone("blocked"), Refused("no"), QuotaSpent(NEXT_MONTH)], ids=type
)
async def test_what_fails_where_they_prefer_it_goes_by_the_other(
    both: Both, failure: Exception
) -> None:
    lan = await both.linked("Lan", prefers="zalo")
    both.zalo.messenger.fails("zalo of Lan", failure)
    await both.zalo.box.mail(lan.member_id)
    await both.deliver(S.SENT)
    assert both.zalo.messenger.calls == ["zalo of Lan"]
    assert both.telegram.messenger.texts(lan.address.chat) == ["tin 1"]


async def test_what_fails_on_both_has_failed(both: Both) -> None:
    lan = await both.linked("Lan", prefers="zalo")
    both.zalo.messenger.fails("zalo of Lan", Refused("no"))
    both.telegram.messenger.fails(lan.address.chat, Refused("no"))
    await both.zalo.box.mail(lan.member_id)
    await both.deliver(S.FAILED)
    assert len(both.zalo.messenger.calls) == len(both.telegram.messenger.calls) == 1


async def test_what_may_have_arrived_goes_by_no_other(both: Both) -> None:
    lan = await both.linked("Lan", prefers="zalo")
    both.zalo.messenger.fails("zalo of Lan", DeliveryUncertain("silence"))
    await both.zalo.box.mail(lan.member_id)
    await both.deliver(S.UNCERTAIN)
    assert both.telegram.messenger.calls == []


async def test_somebody_who_is_on_zalo_alone_waits_for_next_month(
    club: ClubInATest, both: Both
) -> None:
    lan = await club.member("Lan", messenger="zalo")
    both.zalo.messenger.fails(lan.address.chat, QuotaSpent(NEXT_MONTH))
    await both.zalo.box.mail(lan.member_id)
    async with both.zalo.running():
        await both.zalo.until(lambda found: len(both.zalo.messenger.calls) == 1)
        await both.zalo.until(lambda found: found == [S.QUEUED])
    (row,) = await both.zalo.box.rows()
    assert (row.not_before, row.attempts) == (NEXT_MONTH, 0)


async def test_an_app_that_was_unreachable_is_not_asked_first(both: Both) -> None:
    lan = await both.linked("Lan", prefers="zalo")
    async with both.club.store.write() as tx:
        there = col(Contact.messenger) == "zalo"
        contact = (await tx.session.exec(select(Contact).where(there))).one()
        contact.unreachable_since = tx.clock.now()
    await both.zalo.box.mail(lan.member_id)
    await both.deliver(S.SENT)
    assert both.zalo.messenger.calls == []


@ON_SQLITE
@pytest.mark.parametrize(("trouble", "remembered"), [(None, 1), (Refused("no"), 0)])
async def test_numbered_choices_are_remembered_unless_nobody_saw_them(
    club: ClubInATest, both: Both, trouble: Exception | None, remembered: int
) -> None:
    lan = await club.member("Lan", messenger="zalo")
    both.zalo.messenger.fails(lan.address.chat, trouble)
    await offer_in_a_mailing(club, lan)
    await both.deliver(S.FAILED if trouble else S.SENT)
    assert len(await club.rows(select(ChoiceList))) == remembered


@ON_SQLITE
async def test_a_listed_label_is_remembered_as_it_was_read(club: ClubInATest, both: Both) -> None:
    lan = await club.member("Lan", messenger="zalo")
    await offer_in_a_mailing(club, lan)
    await both.deliver(S.SENT)
    async with club.reading() as tx:
        lookup = sealing.chat_lookup(tx, "zalo", lan.address.chat)
        (offered,) = await numbered_choices.offered(tx, lookup)
    assert [choice.label for choice in offered.choices] == ["Có, tôi chia sẻ"]


async def offer_in_a_mailing(club: ClubInATest, lan: Phone) -> None:
    message = Message("Chia sẻ chứ?", ((Button("Có", action="yes:1", listed="Có, tôi chia sẻ"),),))
    async with club.store.write() as tx:
        mailing = await enqueue.open_mailing(
            tx,
            kind=MailingKind.REMINDER,
            subject="x",
            lane=Lane.NOTICE,
            bodies={"vi": pack(message)},
        )
        assert mailing is not None
        await enqueue.add_recipients(tx, mailing, [lan.member_id])


@pytest.mark.parametrize("first", ["song-ngoc", ONE_APP_ONLY])
async def test_who_is_to_go_first_goes_first(club: ClubInATest, first: str) -> None:
    """One call at a time: among those that are under way together any may arrive first."""
    both = Both(club, replace(SETTINGS, in_flight=1))
    await both.linked("An", prefers="zalo")
    await both.linked("Bình", prefers="zalo")
    lan = await club.member("Lan", messenger="zalo", area="song-ngoc")
    number = await both.zalo.box.mail(state=MailingState.FILLING, first=first)
    async with both.zalo.running():
        await both.zalo.until(lambda found: found == [S.SENT] * 3)
    assert both.zalo.messenger.calls[0] == lan.address.chat
    assert number
