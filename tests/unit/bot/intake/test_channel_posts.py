"""The address of a forwarded channel post is stored only for an officer who was asked for a text."""

import time
from dataclasses import replace

import pytest
from sqlalchemy import update

from bot.intake.flood_control import FloodControl, FloodSettings
from bot.intake.inbox_payload import unpack
from bot.intake.processor import UpdateProcessor
from bot.replies.router import ReplyRouter
from bot.replies.sender import ReplySender
from bot.workers.media_tasks import MediaTasks
from scheduler.pacing.limiter import RateLimiter
from scheduler.settings import PaceSettings
from storage.inbox import updates
from storage.members import members
from storage.models import MemberState, Role, Step
from tests.support import ClubInATest, InlineWorkers, Phone
from tests.support.recording_messenger import RecordingMessenger

POST = "https://t.me/hoaan_tin/12"


def intake(club: ClubInATest) -> UpdateProcessor:
    messenger, workers, talk = RecordingMessenger(), InlineWorkers(), club.conversation
    pace = RateLimiter(PaceSettings(), time.monotonic)
    sender = ReplySender(messenger, pace, talk, MediaTasks(workers, [messenger]))
    router = ReplyRouter({messenger.name: sender})
    return UpdateProcessor(club.store, talk, router, FloodControl(FloodSettings()), workers)


async def stored_address(phone: Phone) -> str:
    """What is stored of the address when this person forwards a channel post now."""
    incoming = phone.incoming(text="Ngày bầu cử", forwarded=True, channel_post=POST)
    await intake(phone.club).receive([incoming])
    (waiting,) = await phone.club.in_read(updates.waiting, limit=1, per_chat=1)
    assert POST in waiting.payload or "t.me" not in waiting.payload
    stored = unpack(waiting.payload)
    assert stored.text == "Ngày bầu cử"
    return stored.channel_post


@pytest.fixture
async def minh(club: ClubInATest) -> Phone:
    return await club.officer("Minh")


async def test_an_officer_who_was_asked_for_the_text_gives_the_address_too(minh: Phone) -> None:
    await minh.says("/soan")
    assert await stored_address(minh) == POST


async def test_at_any_other_step_the_address_is_dropped(minh: Phone) -> None:
    await minh.opens("/soan", "Từng bước")
    assert await stored_address(minh) == ""


async def test_of_what_an_officer_just_forwards_the_address_is_dropped(minh: Phone) -> None:
    assert await stored_address(minh) == ""


async def test_of_what_a_member_forwards_the_address_is_dropped(lan: Phone) -> None:
    await lan.says("/baotin")
    assert await stored_address(lan) == ""


@pytest.mark.parametrize(
    "change", [{"role": Role.MEMBER}, {"state": MemberState.SUSPENDED}], ids=["member", "suspended"]
)
async def test_who_is_no_officer_any_more_gives_no_address(
    minh: Phone, change: dict[str, object]
) -> None:
    await minh.says("/soan")
    async with minh.club.store.write() as tx:
        member = await members.get(tx, minh.member_id)
        for name, value in change.items():
            setattr(member, name, value)
    assert await stored_address(minh) == ""


async def test_a_step_that_cannot_be_opened_stops_no_update(minh: Phone) -> None:
    """As after a restore with another key, or where a row was damaged."""
    await minh.says("/soan")
    async with minh.club.store.write() as tx:
        await tx.session.exec(update(Step).values(data_sealed=b"no seal"))
    assert await stored_address(minh) == POST


def test_an_address_is_no_part_of_an_updates_representation(club: ClubInATest) -> None:
    incoming = club.stranger("Lan").incoming(text="tin")
    assert POST not in repr(replace(incoming, channel_post=POST))
