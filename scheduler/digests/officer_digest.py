"""One slot of the officers' digest: collected and drawn before the transaction that takes the slot."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple

from handlers.conversation import LANGUAGES, ClubSettings, Html, speech_to
from handlers.messages import Media, MediaKind, Message
from handlers.notifications import pack_text
from handlers.recognition.plain_text import visible_length
from handlers.rendering import bar_chart
from handlers.reports.officer_digest import officers_digest, shares_chart
from handlers.views.announcement import CAPTION_LIMIT
from handlers.worker_tasks import WorkerFailed, Workers
from scheduler.settings import DigestSettings
from storage import schedules
from storage.database import Store, Tx, id_of
from storage.members import members
from storage.models import Lane, MailingKind, Member, Purpose, Role, Slot, SlotOutcome
from storage.outbox import charges, enqueue, monthly_quota
from storage.reports import officer_digest
from storage.reports.officer_digest import OfficerDigest


class Reader(NamedTuple):
    """The properties of an officer on which the text and the chart depend."""

    language: str
    role: Role
    dark: bool


Bodies = Mapping[Reader, list[str]]
"""The messages of a digest, packed."""


async def send(
    store: Store, club: ClubSettings, settings: DigestSettings, workers: Workers, schedule_id: int
) -> None:
    """Takes the due slot and queues the digest, unless it would be empty."""
    async with store.read() as tx:
        digest = await gather(tx, club)
        readers = {_reader(officer) for officer in await members.officers(tx)}
        now = tx.clock.now()
    bodies = {reader: await write(digest, reader, club, now, workers) for reader in readers}
    async with store.write() as tx:
        taken = await schedules.take(tx, schedule_id, club.timezone)
        if taken is None:
            return
        slot = taken[1]
        if tx.clock.now() - slot.due_at > settings.grace:
            slot.outcome = SlotOutcome.SKIPPED
        else:
            await _queue(tx, settings, slot, bodies)


async def gather(tx: Tx, club: ClubSettings) -> OfficerDigest:
    """Open work, and the totals of yesterday."""
    today = tx.clock.now().astimezone(club.timezone).date()
    end = datetime.combine(today, time(), club.timezone)
    yesterday = today - timedelta(days=1)
    start = datetime.combine(yesterday, time(), club.timezone)
    sent = await monthly_quota.sent(tx, "zalo", club.timezone)
    months = {one: await charges.month(tx, one) for one in club.metered.values()}
    collected = await officer_digest.collect(tx, start, end, yesterday)
    return replace(collected, zalo_sent=sent, months=months)


async def write(
    digest: OfficerDigest, reader: Reader, club: ClubSettings, now: datetime, workers: Workers
) -> list[str]:
    """The packed messages for one kind of reader; none when the digest would be empty.

    Without the chart when it could not be drawn; its numbers are in the text as well.
    """
    say = speech_to(club, reader.language, reader.role)
    message = officers_digest(digest, reader.role, club, now, say)
    if message is None:
        return []
    chart = shares_chart(digest, say)
    if chart is None:
        return [pack_text(message)]
    try:
        content = await workers.run(partial(bar_chart.draw, chart, club.palette, dark=reader.dark))
    except WorkerFailed:
        return [pack_text(message)]
    picture = Media(MediaKind.PHOTO, name="digest.png", content=content)
    if visible_length(message.text) <= CAPTION_LIMIT:
        return [pack_text(replace(message, media=picture))]
    # Too long for a caption: the picture is a message of its own.
    return [pack_text(message), pack_text(Message(Html(chart.title), media=picture, silent=True))]


async def _queue(tx: Tx, settings: DigestSettings, slot: Slot, bodies: Bodies) -> None:
    officers = await members.officers(tx)
    for part in range(2):
        own = {
            id_of(officer): body[part]
            for officer in officers
            if len(body := bodies.get(_reader(officer), [])) > part
        }
        if own:
            await _send_part(tx, settings, slot, part, own)
            slot.recipients = max(slot.recipients, len(own))
    slot.outcome = SlotOutcome.SENT if slot.recipients else SlotOutcome.EMPTY


async def _send_part(
    tx: Tx, settings: DigestSettings, slot: Slot, part: int, own: Mapping[int, str]
) -> None:
    mailing = await enqueue.open_mailing(
        tx,
        kind=MailingKind.DIGEST,
        subject=f"officers {slot.due_at:%Y-%m-%dT%H:%M} {part}",
        lane=Lane.DIGEST,
        bodies={},
        purpose=Purpose.DUTIES,
        valid_until=slot.taken_at + settings.useful,
    )
    if mailing is not None:
        await enqueue.add_recipients(tx, mailing, own, bodies=own)


def _reader(officer: Member) -> Reader:
    language = officer.language if officer.language in LANGUAGES else LANGUAGES[0]
    return Reader(language, officer.role, officer.dark_pictures)
