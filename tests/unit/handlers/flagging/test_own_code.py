"""After two cases were merged, whoever flagged one reads their own code and words everywhere."""

from datetime import timedelta

import pytest

from handlers.deciding.verdict.notify import send_pending_notifications
from handlers.flagging.delay_notice import send_delay_notices
from handlers.messages import Message
from handlers.recognition.plain_text import visible
from tests.support import (
    RUMOUR,
    ClubInATest,
    Phone,
    flag,
    newest_for,
    the_cases,
    waiting_for,
    write_verdict,
)

MORE = (
    "Từ mùng 1 tháng sau giá nước sinh hoạt tăng gấp ba lần ở mọi xã trong tỉnh",
    "Bệnh viện huyện ngừng nhận bệnh nhân có bảo hiểm y tế kể từ thứ Hai tuần tới",
)
OTHER = "Ngày mai cả tỉnh nghỉ học vì bão số 9, phụ huynh không đưa con đến trường"


def shown(message: Message) -> str:
    """The words of a message and of its buttons."""
    labels = [button.label for row in message.rows for button in row]
    return " ".join([visible(message.text), *labels])


@pytest.fixture
async def merged(club: ClubInATest, minh: Phone, lan: Phone, hoa: Phone) -> tuple[str, str]:
    """The code that Hoa knows, and that of the case hers was merged into, which Minh has."""
    await flag(lan)
    await flag(hoa, OTHER)
    into, own = (case.code for case in await the_cases(club))
    await minh.presses_action(f"casetake:{own}")
    await minh.presses_action(f"casetake:{into}")
    await minh.presses_action(f"casemergeyes:{own}:{into}")
    return own, into


async def test_an_officers_question_quotes_what_each_reporter_sent(
    merged: tuple[str, str], minh: Phone, lan: Phone, hoa: Phone
) -> None:
    own, into = merged
    await minh.presses_action(f"casequestion:{into}")
    await minh.says("Nhóm nào?")
    await minh.presses("Gửi cho người đã báo")
    (to_hoa,), (to_lan,) = await waiting_for(hoa), await waiting_for(lan)
    assert own in shown(to_hoa)
    assert into not in shown(to_hoa)
    assert OTHER in shown(to_hoa)
    assert into in shown(to_lan)
    assert RUMOUR in shown(to_lan)
    assert "“Nhóm nào?”" in shown(to_lan)


async def test_a_notice_of_delay_quotes_what_the_reporter_sent(
    club: ClubInATest, merged: tuple[str, str], hoa: Phone
) -> None:
    own, into = merged
    club.clock.advance(seconds=timedelta(days=3).total_seconds())
    await club.in_write(send_delay_notices, club.settings)
    (told,) = [one for one in await waiting_for(hoa) if "cần thêm thời gian" in one.text]
    assert f"{own}: " in shown(told)
    assert OTHER[:60] in shown(told)
    assert into not in shown(told)


async def test_sending_it_again_and_saying_what_it_is_name_the_own_code(
    merged: tuple[str, str], hoa: Phone
) -> None:
    own, into = merged
    await hoa.says(OTHER, forwarded=True)
    assert f"mã <b>{own}</b>" in hoa.last
    await hoa.presses_action(f"flag-as:{into}:scam")
    assert own in hoa.last
    assert into not in hoa.last


async def test_its_verdict_is_read_and_found_under_the_own_code(
    club: ClubInATest, merged: tuple[str, str], minh: Phone, hoa: Phone
) -> None:
    own, into = merged
    await decide(minh, into)
    await newest_for(hoa)
    await hoa.says("/tindabao")
    assert [button.label for button in hoa.buttons] == [f"Đọc kết luận {own}"]
    await hoa.says(OTHER, forwarded=True)
    assert own in hoa.last
    assert into not in hoa.last
    await hoa.says(f"/tracuu {OTHER}")
    assert own in hoa.last
    assert into not in hoa.last


async def test_of_several_verdicts_in_one_message_the_buttons_name_the_own_codes(
    club: ClubInATest, merged: tuple[str, str], minh: Phone, hoa: Phone
) -> None:
    own, into = merged
    for text in MORE:
        await flag(hoa, text)
    others = [case.code for case in (await the_cases(club))[2:]]
    for code in (*others[:1], into, *others[1:]):
        await decide(minh, code)
    club.clock.advance(hours=1)
    await club.in_write(send_pending_notifications, club.settings)
    (combined,) = [one for one in await waiting_for(hoa) if "3 tin" in one.text or own in one.text]
    assert own in shown(combined)
    assert into not in shown(combined)


async def decide(officer: Phone, code: str) -> None:
    """Takes the case, unless the officer has it, and decides it."""
    await officer.presses_action(f"casetake:{code}")
    await officer.opens(f"/vuviec {code}")
    await write_verdict(officer)
    await officer.presses("Gửi kết luận")
