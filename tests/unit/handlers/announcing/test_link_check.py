"""No look-alike link goes out unseen: author and approver read where it really leads."""

from dataclasses import replace

import pytest

from handlers.announcing.compose import link_check
from handlers.announcing.compose.link_check import MOST_DOUBTFUL, links_of
from handlers.conversation.i18n import Speech
from handlers.recognition.homographs import LinkWarning
from handlers.views.announcement import Content, unpack
from storage.models import AnnouncementState
from tests.support import (
    SETTINGS,
    ClubInATest,
    Phone,
    audit_actions,
    audit_entries,
    compose_draft,
    newest_number,
    open_first_waiting,
    state_of,
    submit_card,
)

VI = Speech("vi", SETTINGS.timezone)
TRICK = "https://gov.vn@evil.example/x"
DOUBTFUL = f"Xem {TRICK} để biết nơi bỏ phiếu."


def everything(phone: Phone) -> str:
    """All that can be read in this chat."""
    return "\n".join(message.text for message in phone.messages.values())


# --- finding them


@pytest.mark.parametrize(
    "field", ["title", "html", "title_en", "html_en", "issuer", "source_url", "source_ref"]
)
def test_links_are_found_wherever_they_stand(field: str) -> None:
    (link,) = links_of(unpack({field: TRICK}))
    assert link.host == "evil.example"


def test_links_are_found_in_the_facts() -> None:
    assert [link.host for link in links_of(Content(facts=("Xem hoaan.gov.vn.", "7:00")))] == [
        "hoaan.gov.vn"
    ]


def test_a_link_behind_words_is_found() -> None:
    (link,) = links_of(
        Content(html='<a href="https://hoaan.gov.vn/?a=1&amp;b=2">tại <b>đây</b></a>')
    )
    assert (link.written, set(link.doubts)) == ("https://hoaan.gov.vn/?a=1&b=2", set())


def test_words_that_show_another_address_than_they_lead_to_are_doubted() -> None:
    (link,) = links_of(Content(html='<a href="https://evil.example">https://hoaan.gov.vn</a>'))
    assert link.doubts == {LinkWarning.DISGUISED}


def test_words_that_show_another_page_of_the_same_site_are_fine() -> None:
    (link,) = links_of(Content(html='<a href="https://www.hoaan.gov.vn/a">hoaan.gov.vn</a>'))
    assert link.doubts == set()


@pytest.mark.parametrize(
    "text",
    ["Hết.Cảm ơn", "7.30 ngày 15.03.2026", "lan@hoaan.gov.vn", "số 199/2025/QH15", "v.v…"],
)
def test_what_is_no_link_is_taken_for_none(text: str) -> None:
    assert links_of(Content(html=text)) == []


@pytest.mark.parametrize("sign", ["\u200b.", "\u2060.", "\u202e.", "\u2024", "\u00ad.", "·"])
def test_a_character_that_nobody_sees_hides_no_link(sign: str) -> None:
    (link,) = links_of(Content(html=f"Xem hoaan.gov{sign}vn.top/nhan nhé"))
    assert LinkWarning.HIDDEN in link.doubts


def test_who_passed_a_link_on_to_the_author_is_not_passed_on() -> None:
    html = (
        '<a href="https://www.facebook.com/tinnong?id=1&amp;sharer_user_id=77">xem</a>'
        " youtu.be/BaW_jenozKc?si=77 &amp; https://hoaan.gov.vn/?a=1&amp;b=2"
    )
    assert link_check.untracked(html) == (
        '<a href="https://www.facebook.com/tinnong?id=1">xem</a>'
        " https://youtu.be/BaW_jenozKc &amp; https://hoaan.gov.vn/?a=1&amp;b=2"
    )


@pytest.mark.parametrize("around", ["({}).", "“{}”", "{}, rồi", "<b>{}</b>!"])
def test_the_punctuation_around_a_link_is_not_part_of_it(around: str) -> None:
    (link,) = links_of(Content(html=around.format("https://hoaan.gov.vn/a")))
    assert link.written == "https://hoaan.gov.vn/a"


# --- before it goes out


async def test_an_ordinary_link_costs_no_extra_tap(club: ClubInATest, thu: Phone) -> None:
    await compose_draft(thu, text="Xem hoaan.gov.vn/bau-cu nhé.")
    assert VI("links-ordinary", hosts="hoaan.gov.vn") in everything(thu)
    await submit_card(thu)
    assert await state_of(club, await newest_number(club)) is AnnouncementState.AWAITING_APPROVAL


async def test_the_author_sees_where_a_doubtful_link_leads_and_confirms_it_once(
    club: ClubInATest, thu: Phone
) -> None:
    await compose_draft(thu, text=DOUBTFUL)
    assert "<code>evil.example</code>" in everything(thu)
    assert "Gửi duyệt" not in [button.label for button in thu.buttons]
    await thu.presses("Tôi đã kiểm tra")
    await submit_card(thu)
    assert await state_of(club, await newest_number(club)) is AnnouncementState.AWAITING_APPROVAL


async def test_a_forged_button_sends_no_unchecked_link_in(club: ClubInATest, thu: Phone) -> None:
    await compose_draft(thu, text=DOUBTFUL)
    number = await newest_number(club)
    await thu.presses_action(f"draft-submit:{number}:1")
    assert await state_of(club, number) is AnnouncementState.DRAFT
    assert VI("links-check-first") in everything(thu)


async def test_the_approver_sees_where_it_leads_too(thu: Phone, minh: Phone) -> None:
    await compose_draft(thu, text=DOUBTFUL)
    await thu.presses("Tôi đã kiểm tra")
    await submit_card(thu)
    await open_first_waiting(minh)
    assert "<code>evil.example</code>" in everything(minh)


async def test_what_was_confirmed_before_another_link_came_in_is_asked_again(thu: Phone) -> None:
    await compose_draft(thu, text=DOUBTFUL)
    old = next(b.action for b in thu.buttons if b.action.startswith("links-checked"))
    await change_text(thu, f"{DOUBTFUL} Hoặc https://10.0.0.1/")
    await thu.presses_action(old)
    assert "Gửi duyệt" not in [button.label for button in thu.buttons]


async def test_another_version_is_checked_anew(club: ClubInATest, thu: Phone) -> None:
    await compose_draft(thu, text=DOUBTFUL)
    await thu.presses("Tôi đã kiểm tra")
    await submit_card(thu)
    number = await newest_number(club)
    await thu.presses_action(f"approval-reopen:{number}:1")
    assert "Gửi duyệt" not in [button.label for button in thu.buttons]


async def test_a_link_that_is_disguised_later_is_asked_about_again() -> None:
    plain = Content(html="https://10.0.0.1/a")
    checked = replace(plain, checked=link_check.checked_now(plain, 1))
    assert link_check.unchecked(checked, 1) == []
    disguised = '<a href="https://10.0.0.1/a">hoaan.gov.vn</a>'
    assert len(link_check.unchecked(replace(checked, html=disguised), 1)) == 1


@pytest.mark.parametrize(("count", "taken"), [(MOST_DOUBTFUL, True), (MOST_DOUBTFUL + 1, False)])
async def test_more_doubtful_links_than_can_be_looked_at_are_not_taken(
    count: int, taken: bool, thu: Phone
) -> None:
    await compose_draft(thu, text=" ".join(f"https://10.0.0.{n}/" for n in range(count)))
    await thu.presses("Tôi đã kiểm tra")
    assert ("Gửi duyệt" in [button.label for button in thu.buttons]) is taken


async def test_the_check_is_written_down(club: ClubInATest, thu: Phone) -> None:
    await compose_draft(thu, text=DOUBTFUL)
    await thu.presses("Tôi đã kiểm tra")
    assert "https" not in repr(await audit_entries(club))
    assert await audit_actions(club) == ["links checked"]


async def change_text(author: Phone, text: str) -> None:
    await author.presses("Nội dung")
    await author.says(text)


def test_the_warnings_of_an_announcement_fit_into_one_message() -> None:
    worst = f"https://{'a' * 60}.{'b' * 60}.gov.vn.{'đ' * 30}.example:81/"
    content = Content(html=" ".join(f"{worst}{n}" for n in range(30)))
    assert sum(len(line) for line in link_check.lines(VI, content)) < 3500
