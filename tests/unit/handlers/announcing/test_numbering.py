"""Numbers as members and officers read them, over the life of several announcements."""

import asyncio
import re
from collections.abc import Iterable

from handlers.announcing import release
from handlers.conversation import speech_to
from handlers.messages import Message, Reply
from handlers.recognition.plain_text import visible
from handlers.views.announcement import member_copy
from storage import audit_log
from storage.announcements import announcements
from storage.announcements.references import Reference
from storage.models import (
    Announcement,
    AnnouncementState,
    AuditAction,
    DeliveryState,
    MailingState,
)
from tests.support import VOTING_DAY, ClubInATest, Phone, add_announcement, publish_copies
from tests.support.announcements.officer_actions import (
    TITLE,
    approve_correction,
    compose_draft,
    open_first_waiting,
    release_due,
    submit_correction,
    submit_draft,
)
from tests.support.announcements.records import mailings_of, newest_number, state_of
from tests.support.databases import others_wait
from tests.support.pending_notices import waiting_for


async def announce(author: Phone, approver: Phone) -> int:
    """An announcement that goes out; returns its id."""
    announcement_id = await submit_draft(author)
    await approver.presses_action(f"approval-give:{announcement_id}:1")
    assert await state_of(author.club, announcement_id) is AnnouncementState.SENDING
    return announcement_id


async def give_up_several(author: Phone, approver: Phone) -> None:
    """A draft is discarded, one expires, and the first announcement is corrected."""
    await compose_draft(author)
    discarded = await newest_number(author.club)
    await author.presses_action(f"draft-discard-sure:{discarded}:1")
    expired = await submit_draft(author, until="20h", when="19h30")
    await submit_correction(author, 1)
    await approve_correction(approver)
    await release_due(author.club, hours=24)
    assert await state_of(author.club, discarded) is AnnouncementState.WITHDRAWN
    assert await state_of(author.club, expired) is AnnouncementState.EXPIRED


async def test_members_read_of_one_two_and_three(
    club: ClubInATest, minh: Phone, hanh: Phone, lan: Phone
) -> None:
    ids = [await announce(minh, hanh)]
    await give_up_several(minh, hanh)
    ids += [await announce(minh, hanh), await announce(minh, hanh)]
    assert ids == [1, 5, 6]
    await lan.says("/thongbao")
    assert [b.label for b in lan.buttons] == [f"{number}. {TITLE}" for number in (3, 2, 1)]
    assert [b.action for b in lan.buttons] == [f"read:{one}" for one in (6, 5, 1)]
    await lan.presses("3. ")
    assert "Thông báo số 3" in lan.last
    await lan.presses("Chia sẻ")
    assert "Thông báo số 3" in lan.last
    await lan.presses("Tôi đã chia sẻ")
    assert "số 3" in lan.last
    assert [one.subject for one in await mailings_of(club)] == ["1", "5", "6"]


async def test_officers_read_the_same_numbers(club: ClubInATest, minh: Phone, hanh: Phone) -> None:
    await announce(minh, hanh)
    await give_up_several(minh, hanh)
    await announce(minh, hanh)
    notices = [one.text for one in await waiting_for(minh)]
    assert [one for one in notices if "Thông báo số 2 " in one and "bắt đầu gửi" in one]
    assert [one for one in notices if "Đính chính thông báo số 1 " in one]
    assert [one for one in notices if "Thông báo số N3 “" in one and "hết hiệu lực" in one]
    await minh.says("/tiendo 2")
    assert "Thông báo số 2: " in minh.last
    await minh.says("/thongke")
    assert "2. " in minh.last
    await minh.presses("Số 2")
    assert "Thông báo số 2: " in minh.last


async def test_a_card_says_that_its_label_is_provisional_until_it_goes_out(
    minh: Phone, hanh: Phone
) -> None:
    await compose_draft(minh)
    assert "Thông báo số N1" in minh.last
    assert "Số N1 là số tạm" in minh.last
    await minh.presses("Gửi duyệt", "Không")
    await open_first_waiting(hanh)
    assert "Số N1 là số tạm" in hanh.last
    await hanh.presses("Duyệt")
    await minh.presses_action("approval-see:1")
    assert "Thông báo số 1" in minh.last
    assert "số tạm" not in minh.last


async def test_a_correction_has_no_provisional_label(minh: Phone, hanh: Phone) -> None:
    await announce(minh, hanh)
    await minh.opens("/dinhchinh 1", "Nội dung")
    await minh.says("Nội dung mới")
    assert "Đính chính thông báo số 1" in minh.last
    assert "số tạm" not in minh.last


async def test_the_log_names_announcements_by_their_label(
    club: ClubInATest, minh: Phone, hanh: Phone, owner: Phone
) -> None:
    await compose_draft(minh)
    await minh.presses_action("draft-discard-sure:1:1")
    await announce(minh, hanh)
    async with club.reading() as tx:
        entries = await audit_log.newest(tx, offset=0, limit=9)
    assert {entry.details["announcement"] for entry in entries} == {1, 2}
    await owner.says("/nhatky")
    assert "bỏ bản nháp số N1" in owner.last
    assert "cho gửi thông báo số 1, bản 1" in owner.last
    assert "số 2" not in owner.last


async def test_two_released_at_once_have_two_numbers(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    ids = [await submit_draft(minh) for _ in range(2)]
    began = asyncio.Event()

    async def release_one(one: int) -> int | None:
        async with club.store.write() as tx:
            announcement = await announcements.lock(tx, one)
            assert announcement is not None
            await release.release(tx, club.settings, announcement)
            if not began.is_set():
                began.set()
                await others_wait(tx)
            return announcement.number

    async def release_later(one: int) -> int | None:
        await began.wait()
        return await release_one(one)

    numbers = await asyncio.gather(release_one(ids[0]), release_later(ids[1]))
    assert list(numbers) == [1, 2]


async def test_sending_now_does_not_block_what_goes_out_after_an_entry_in_the_log(
    club: ClubInATest, minh: Phone, hanh: Phone
) -> None:
    """Whoever has the log gets a number, too: both are locked in one order."""
    ids = [await submit_draft(minh, when="19h30") for _ in range(2)]
    for one in ids:
        await hanh.presses_action(f"approval-give:{one}:1")
    has_log = asyncio.Event()

    async def record_and_release() -> None:
        async with club.store.write() as tx:
            announcement = await announcements.lock(tx, ids[0])
            assert announcement is not None
            await audit_log.record(tx, None, AuditAction.ANNOUNCEMENT_SENT, announcement=ids[0])
            has_log.set()
            await others_wait(tx)
            await release.begin(tx, club.settings, announcement)

    async def send_now() -> None:
        await has_log.wait()
        await hanh.presses_action(f"schedule-now:{ids[1]}:1")

    await asyncio.gather(record_and_release(), send_now())
    async with club.reading() as tx:
        both = [await tx.session.get_one(Announcement, one) for one in ids]
    assert [one.number for one in both] == [1, 2]


OWN_ID = 42
"""The id of the announcement whose number is 1."""
MEMBERS_SCREENS = (
    "/thongbao",
    "/thongbao 1",
    f"read:{OWN_ID}",
    f"share:{OWN_ID}",
    f"card:{OWN_ID}:{OWN_ID}:square",
    f"shared:{OWN_ID}",
    f"myshare:{OWN_ID}",
    f"proof:{OWN_ID}",
    f"notforme:{OWN_ID}",
    f"keepshare:{OWN_ID}",
    f"takeback:{OWN_ID}",
    f"remind:{OWN_ID}",
    f"remindat:{OWN_ID}:tonight",
    f"remindoff:{OWN_ID}",
    f"faq:{OWN_ID}",
    f"question-about:{OWN_ID}",
    "Mấy giờ mở cửa?",
)
OFFICERS_SCREENS = (
    "/menu",
    "/thongke",
    f"statistics:{OWN_ID}",
    "/minhchung",
    f"proofs:{OWN_ID}",
    "/tiendo",
    f"aftercare:{OWN_ID}",
    "/cauhoi",
    "question-take:1",
    "/dinhchinh",
    f"correct:{OWN_ID}",
    "/soan",
    "/thuhoi",
    f"recall:{OWN_ID}",
    f"recall-why:{OWN_ID}:0",
    f"recall-not:{OWN_ID}",
    "compose-old",
    f"compose-from:{OWN_ID}",
    f"recall:{OWN_ID}",
    f"recall-why:{OWN_ID}:0",
    f"recall-sure:{OWN_ID}",
    "/nhatky",
    "/xuatsolieu",
)


async def all_shown(person: Phone, screens: Iterable[str]) -> str:
    """Everything that a person reads on these screens, which are typed or opened by a button."""
    read: list[str] = []
    for screen in screens:
        typed = screen.startswith("/") or " " in screen
        for reply in await (person.says(screen) if typed else person.presses_action(screen)):
            assert isinstance(reply, Reply)
            message = reply.message or Message("")
            labels = [button.label for row in message.rows for button in row]
            name = message.media.name if message.media else ""
            read += [message.text, *labels, name, reply.toast]
    return "\n".join(read)


async def announce_with_another_id(club: ClubInATest, reader: Phone) -> None:
    """An announcement that is being sent, whose number is not its id."""
    author = (await club.officer("Thu")).member_id
    for _ in range(OWN_ID - 1):
        await add_announcement(club.store, author, TITLE, state=AnnouncementState.WITHDRAWN)
    copies = [(reader, DeliveryState.QUEUED)]
    assert await publish_copies(club, copies, state=MailingState.SENDING) == OWN_ID


async def test_no_screen_shows_an_id(club: ClubInATest, owner: Phone, lan: Phone) -> None:
    await announce_with_another_id(club, lan)
    seen = await all_shown(lan, MEMBERS_SCREENS)
    assert seen.count("hông báo số 1") >= len(MEMBERS_SCREENS) // 2
    assert "thong-bao-1.png" in seen
    for_officers = await all_shown(owner, OFFICERS_SCREENS)
    assert for_officers.count("số 1") >= len(OFFICERS_SCREENS) // 2
    told = [one.text for phone in (owner, lan) for one in await waiting_for(phone)]
    everything = "\n".join((seen, for_officers, *told))
    assert not re.findall(rf".*(?<!\d){OWN_ID}(?!\d).*", everything)


async def test_a_copy_is_confirmed_by_its_number(club: ClubInATest, lan: Phone) -> None:
    await announce_with_another_id(club, lan)
    copy = visible(
        member_copy(VOTING_DAY, Reference(OWN_ID, 1), speech_to(club.settings, "vi")).text
    )
    await lan.says(copy, forwarded=True)
    assert "Thật." in lan.last
    assert "thông báo số 1" in lan.last
    forged = copy.replace("7 giờ", "9 giờ")
    await lan.says(forged, forwarded=True)
    assert "thông báo số 1" in lan.last
