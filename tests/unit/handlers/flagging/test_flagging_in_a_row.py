"""Several messages in a row, a word that answers one, and a verdict that did or did not help."""

from sqlmodel import select

from handlers.flagging.post import unpack
from handlers.messages import Media, MediaKind, Quoted
from storage.cases import daily_counters, posts
from storage.models import Case, Category, CounterKind, Flag
from tests.support.case_actions import (
    EXPLANATION,
    RUMOUR,
    SCOPE,
    SEND,
    decided,
    flag,
    the_case,
    the_cases,
)
from tests.support.club import ClubInATest

OTHER = "Ngày mai cả tỉnh nghỉ học vì bão số 9, phụ huynh không đưa con đến trường"


async def counted(club: ClubInATest) -> dict[CounterKind, int]:
    async with club.reading() as tx:
        return {
            what: n
            for what, n in (await daily_counters.since(tx, club.clock.now().date())).items()
            if n
        }


async def test_messages_in_a_row_are_asked_about_once_and_become_one_flag(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.says(OTHER, forwarded=True)
    assert "Gộp tất cả" in lan.last
    await lan.sends(Media(MediaKind.PHOTO, file="f", unique="u"))
    assert "tất cả 3 tin" in lan.last
    await lan.presses("Gộp thành một")
    await lan.presses(SEND)
    await lan.presses("Tin đồn")
    async with club.reading() as tx:
        content = await posts.first_content(tx, await the_case(club))
    assert content is not None
    post = unpack(content)
    assert RUMOUR in post.text
    assert OTHER in post.text
    assert len(post.media) == 1


async def test_messages_in_a_row_can_be_sent_one_after_the_other(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.says(OTHER, forwarded=True)
    await lan.presses("Báo từng tin")
    await lan.presses(SEND)
    await lan.presses("Lừa đảo")
    assert SCOPE in lan.last, "the next one is asked about by itself"
    await lan.presses(SEND)
    await lan.presses("Tin đồn")
    assert {case.category for case in await the_cases(club)} == {Category.SCAM, Category.RUMOUR}


async def test_giving_up_the_first_leads_on_to_the_next(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.says(OTHER, forwarded=True)
    await lan.presses("Báo từng tin")
    await lan.presses("Huỷ")
    await lan.presses(SEND)
    await lan.presses("Tin đồn")
    assert [case.category for case in await the_cases(club)] == [Category.RUMOUR]


async def test_an_album_behind_a_post_is_one_more_message(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(RUMOUR, forwarded=True)
    await lan.sends_album(*(Media(MediaKind.PHOTO, f"f{n}", f"u{n}") for n in range(2)))
    await lan.sends_album(Media(MediaKind.PHOTO, "f2", "u2"), is_late_part=True)
    assert "Đã thêm vào loạt" in lan.last
    await lan.presses("Báo từng tin")
    await lan.presses("Huỷ")
    assert "3 ảnh" in lan.last


async def test_no_more_than_ten_wait_behind_one(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    for number in range(11):
        await lan.says(f"{RUMOUR} lần {number}", forwarded=True)
    assert "báo xong" not in lan.last
    await lan.says(f"{RUMOUR} lần nữa", forwarded=True)
    assert "báo xong" in lan.last


async def test_a_doubt_under_a_post_means_that_post(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says("cái này thật không?", reply_to="7", quoted=Quoted(RUMOUR))
    assert SCOPE in lan.last
    await lan.presses(SEND)
    await lan.presses("Lừa đảo")
    async with club.reading() as tx:
        content = await posts.first_content(tx, await the_case(club))
    assert content is not None
    assert unpack(content).text == RUMOUR


async def test_a_post_that_is_being_checked_takes_one_tap_more(club: ClubInATest) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await hoa.says(RUMOUR, forwarded=True)
    assert "đang chờ xử lý" in hoa.last
    assert ", Lừa đảo)" in hoa.last
    assert (await the_case(club)).flags == 1
    await hoa.presses("Tôi cũng báo tin này")
    assert (await the_case(club)).code in hoa.last
    assert (await the_case(club)).flags == 2


async def test_an_open_case_without_a_category_is_named_by_its_code_alone(
    club: ClubInATest,
) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await lan.says(RUMOUR, forwarded=True)
    await lan.presses(SEND)
    await hoa.says(RUMOUR, forwarded=True)
    assert f"(mã <b>{(await the_case(club)).code}</b>): đang chờ xử lý" in hoa.last


async def test_whether_a_verdict_helped_is_counted_once_and_is_nobodys(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    await decided(minh, club)
    await hoa.says(RUMOUR, forwarded=True)
    assert EXPLANATION in hoa.last
    helped = next(b.action for b in hoa.buttons if "Có ích" in b.label)
    await hoa.presses_action(helped)
    await hoa.presses_action(helped)
    assert await counted(club) == {
        CounterKind.FLAGGED: 1,
        CounterKind.ANSWERED_AT_ONCE: 1,
        CounterKind.HELPFUL: 1,
    }


async def test_something_else_opens_a_case_that_says_so(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await flag(lan)
    code = await decided(minh, club)
    await hoa.says(RUMOUR, forwarded=True)
    await hoa.presses("Không, đây là tin khác")
    await hoa.presses(SEND)
    await hoa.presses("Tin đồn")
    async with club.reading() as tx:
        query = select(Case).where(Case.distinct_from_id != None)  # noqa: E711
        opened = (await tx.session.exec(query)).one()
    await minh.presses_action(f"case:{opened.code}")
    assert f"kết luận của vụ việc {code}" in minh.last
    await lan.says(RUMOUR, forwarded=True)
    assert EXPLANATION in lan.last, "the verdict still answers whoever sends the same"


async def test_asking_for_a_verdict_sends_nothing_in(club: ClubInATest) -> None:
    minh, lan, hoa = await club.officer("Minh"), await club.member("Lan"), await club.member("Hoa")
    await hoa.says(f"/tracuu {RUMOUR}")
    assert "chưa có kết luận" in hoa.last
    await flag(lan)
    await hoa.says("/tracuu")
    await hoa.says(RUMOUR)
    assert "chưa có kết luận" in hoa.last, "an open case is nobody's answer"
    await decided(minh, club)
    await hoa.says(f"/check {RUMOUR}")
    assert EXPLANATION in hoa.last
    async with club.reading() as tx:
        assert len((await tx.session.exec(select(Flag))).all()) == 1
    assert await counted(club) == {CounterKind.FLAGGED: 1}


async def test_what_has_no_verdict_can_be_sent_in_from_the_question(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await lan.says(f"/tracuu {RUMOUR}")
    await lan.presses("Tôi muốn báo tin này")
    await lan.presses(SEND)
    await lan.presses("Lừa đảo")
    assert (await the_case(club)).flags == 1


async def test_a_phone_number_is_kept_only_where_it_is_the_evidence(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    for text, category in ((RUMOUR, "Lừa đảo"), (OTHER, "Tin đồn")):
        await lan.says(f"{text}, gọi 0912345678", forwarded=True)
        await lan.presses(SEND)
        await lan.presses(category)
    async with club.reading() as tx:
        kept = {
            case.category: await posts.first_content(tx, case) for case in await the_cases(club)
        }
    assert "0912345678" in (kept[Category.SCAM] or "")
    assert "0912345678" not in (kept[Category.RUMOUR] or "0912345678")
    minh = await club.officer("Minh")
    await minh.says("/choxuly")
    assert "0912345678" not in minh.last
