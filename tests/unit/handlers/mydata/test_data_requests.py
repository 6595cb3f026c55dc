"""What needs a person goes to the owners, with the law's clocks beside it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from handlers.mydata import request
from storage.models import DataRequest, Delivery, Role
from storage.outbox.enqueue import own_body
from storage.privacy import data_requests
from storage.privacy.data_requests import RequestLimits
from tests.support import ClubInATest, Phone


async def asks(
    lan: Phone, kind: str = "Yêu cầu chỉnh sửa", text: str = "Tên tôi là Lan Anh"
) -> None:
    await lan.opens("/dulieu", kind)
    await lan.says(text)
    if "Chưa gửi" in lan.last:
        await lan.presses("Gửi")


async def told(club: ClubInATest, member_id: int) -> list[str]:
    """What waits in the outbox for this member, opened."""
    async with club.store.read() as tx:
        mine = select(Delivery).where(Delivery.member_id == member_id)
        rows = (await tx.session.exec(mine.order_by("id"))).all()
        return [own_body(tx, row.body_sealed, row) for row in rows if row.body_sealed]


async def test_a_request_is_sealed_and_its_limits_are_said_at_once(
    club: ClubInATest, lan: Phone
) -> None:
    await asks(lan)
    assert "12/3/2026" in lan.last, "two days to respond"
    assert "20/3/2026" in lan.last, "ten days to correct"
    (request,) = await club.rows(select(DataRequest))
    assert b"Lan Anh" not in request.text_sealed


@pytest.mark.parametrize("kind", ["Phản đối xử lý dữ liệu", "Hạn chế xử lý dữ liệu"])
async def test_an_objection_or_a_restriction_has_fifteen_days(lan: Phone, kind: str) -> None:
    await asks(lan, kind, "Đừng tính tôi vào số liệu")
    assert "25/3/2026" in lan.last


async def test_a_restriction_reaches_the_owner_by_its_name(owner: Phone, lan: Phone) -> None:
    await asks(lan, "Hạn chế xử lý dữ liệu", "Tạm dừng tính lượt chia sẻ của tôi")
    await owner.opens("/yeucaudulieu", "Số 1")
    assert "Yêu cầu số 1: Hạn chế xử lý dữ liệu" in owner.last


async def test_words_become_a_request_only_when_they_are_sent(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.opens("/dulieu", "Hạn chế xử lý dữ liệu")
    await lan.says("thôi không hạn chế nữa")
    assert "thôi không hạn chế nữa" in lan.last
    assert [button.label for button in lan.buttons] == ["Gửi", "Huỷ"]
    assert await club.rows(select(DataRequest)) == []
    await lan.presses("Huỷ")
    assert await club.rows(select(DataRequest)) == []
    await lan.says("Đừng tính lượt chia sẻ của tôi")
    assert await club.rows(select(DataRequest)) == []


async def test_only_the_newest_words_are_sent_and_once(club: ClubInATest, lan: Phone) -> None:
    await lan.opens("/dulieu", "Hạn chế xử lý dữ liệu")
    await lan.says("Câu đầu tiên", "Câu thứ hai")
    await lan.presses_action("data-request-send:1")
    assert "không còn dùng được" in lan.toasts[-1]
    assert await club.rows(select(DataRequest)) == []
    await lan.presses_action("data-request-send:2")
    await lan.presses_action("data-request-send:2")
    (sent,) = await club.rows(select(DataRequest))
    async with club.reading() as tx:
        assert data_requests.text_of(tx, sent) == "Câu thứ hai"


@pytest.mark.parametrize(
    ("later", "respond_by"),
    [
        (timedelta(days=1), "13/3/2026"),  # asked on a Wednesday
        (timedelta(days=2), "16/3/2026"),  # on a Thursday: Friday and Monday
        (timedelta(days=3), "17/3/2026"),
        (timedelta(days=4), "17/3/2026"),  # on a Saturday: Monday and Tuesday
        (timedelta(days=5), "17/3/2026"),
        (timedelta(days=6), "18/3/2026"),
    ],
)
async def test_a_response_is_due_after_two_working_days(
    club: ClubInATest, lan: Phone, later: timedelta, respond_by: str
) -> None:
    club.clock.advance(seconds=later.total_seconds())
    await asks(lan)
    response, _ = lan.last.split("giải quyết xong")
    assert respond_by in response


async def test_a_club_may_promise_to_be_sooner(club: ClubInATest) -> None:
    limits = RequestLimits(response_working_days=1, correction_days=3)
    sooner = ClubInATest(club.store, club.clock, replace(club.settings, data_requests=limits))
    lan = await sooner.member("Lan")
    await asks(lan)
    assert "11/3/2026" in lan.last
    assert "13/3/2026" in lan.last
    await lan.says("/riengtu")
    assert "trong 1 ngày làm việc" in lan.last


@pytest.mark.parametrize(
    ("length", "taken"),
    [
        (request.CHARACTERS.start - 1, False),
        (request.CHARACTERS.start, True),
        (request.CHARACTERS.stop - 1, True),
        (request.CHARACTERS.stop, False),
    ],
)
async def test_a_request_has_words_and_not_too_many(
    length: int, lan: Phone, *, taken: bool
) -> None:
    await asks(lan, text="a" * length)
    assert ("Đã gửi yêu cầu" in lan.last) is taken


async def test_one_request_at_a_time(lan: Phone) -> None:
    await asks(lan)
    await lan.opens("/dulieu", "Phản đối xử lý dữ liệu")
    assert "đang chờ" in lan.toasts[-1]


async def test_owners_who_agreed_are_told_and_see_words_and_name_alone(
    club: ClubInATest, owner: Phone
) -> None:
    await asks(await club.member("Lan", area="thi-xa"))
    async with club.store.read() as tx:
        assert (await tx.session.exec(select(Delivery.member_id))).all() == [owner.member_id]
    await owner.opens("/yeucaudulieu", "Số 1")
    assert "Từ: Lan" in owner.last
    assert "Tên tôi là Lan Anh" in owner.last
    assert "Thị xã" not in owner.last


async def test_officers_who_are_no_owners_do_not_see_requests(minh: Phone, lan: Phone) -> None:
    await asks(lan)
    await minh.says("/yeucaudulieu")
    assert "Lan" not in minh.last
    await minh.presses_action("request:1")
    assert "dành cho người khác" in minh.toasts[-1]


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(days=1) - timedelta(seconds=1), "· hạn"),
        (timedelta(days=1), "sắp đến hạn"),
        (timedelta(days=2), "sắp đến hạn"),
        (timedelta(days=2, seconds=1), "quá hạn"),
    ],
)
async def test_a_limit_that_is_near_or_over_is_marked(
    club: ClubInATest, later: timedelta, words: str, owner: Phone, lan: Phone
) -> None:
    await asks(lan)
    club.clock.advance(seconds=later.total_seconds())
    await owner.says("/yeucaudulieu")
    assert words in owner.last


async def test_the_one_due_first_stands_first(club: ClubInATest, owner: Phone) -> None:
    for name in ("Lan", "Hà"):
        await asks(await club.member(name))
        club.clock.advance(hours=1)
    await owner.opens("/yeucaudulieu", "Số 1", "Báo hội viên là đã nhận")
    await owner.says("/yeucaudulieu")
    assert owner.last.index("Số 2") < owner.last.index("Số 1")


async def test_the_member_hears_that_it_is_worked_on_once(
    club: ClubInATest, owner: Phone, lan: Phone
) -> None:
    await asks(lan)
    for _ in range(2):
        await owner.presses_action("request-receive:1")
    (words,) = await told(club, lan.member_id)
    assert "sẽ giải quyết xong" in words


async def test_the_answer_reaches_the_member_without_the_owner_s_name(
    club: ClubInATest, owner: Phone, lan: Phone
) -> None:
    await asks(lan)
    await owner.presses_action("request-answer:1")
    await owner.says("Tên đã được sửa theo ứng dụng của bạn.")
    (words,) = await told(club, lan.member_id)
    assert "Tên đã được sửa" in words
    assert "Hoà" not in words
    await owner.says("/yeucaudulieu")
    assert "Không có yêu cầu" in owner.last


async def test_two_owners_do_not_answer_one_request_twice(club: ClubInATest) -> None:
    owners = [await club.officer(name, owner=True) for name in ("Hoà", "Bình")]
    lan = await club.member("Lan")
    await asks(lan)
    for owner in owners:
        await owner.presses_action("request-answer:1")
    for owner in owners:
        await owner.says("Đã sửa xong rồi.")
    assert "không còn chờ" in owners[1].last
    assert len(await told(club, lan.member_id)) == 1


async def test_a_request_of_somebody_who_left_is_gone(owner: Phone, lan: Phone) -> None:
    await asks(lan)
    await lan.opens("/roiclb", "Rời câu lạc bộ")
    await owner.presses_action("request:1")
    assert "không còn chờ" in owner.toasts[-1]


async def test_an_owner_who_is_one_no_more_cannot_go_on_answering(
    club: ClubInATest, owner: Phone, lan: Phone
) -> None:
    await asks(lan)
    await owner.presses_action("request-answer:1")
    await owner.becomes(role=Role.MEMBER)
    await owner.says("Tên đã được sửa.")
    assert await told(club, lan.member_id) == []


@pytest.mark.parametrize(
    "action",
    [
        "data-request",
        "data-request:x",
        "data-request-send",
        "data-request-send:1",
        "request:9",
        "request-page:x",
    ],
)
async def test_a_forged_button_does_nothing_but_say_so(action: str, owner: Phone) -> None:
    await owner.presses_action(action)
    assert owner.toasts
