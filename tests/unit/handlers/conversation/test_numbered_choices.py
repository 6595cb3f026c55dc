"""Without buttons: numbers, words for numbers, labels; and commands without their slash."""

from dataclasses import replace

import pytest
from sqlmodel import select

from handlers.conversation.i18n import Speech
from handlers.conversation.numbered_choices import find_by_word, offer
from handlers.messages import Button, Message
from handlers.views.announcement import member_copy
from storage.announcements import shares
from storage.conversation import numbered_choices as stored
from storage.conversation import state
from storage.database import sealing
from storage.members import members
from storage.models import ChoiceList, Member, MemberState, Purpose, Role, Share
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, compose_draft, publish
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone)
pytestmark = pytest.mark.parametrize("empty_database", ["sqlite"], indirect=True)


@pytest.fixture
async def lan(club: ClubInATest) -> Phone:
    """A member whose only app is Zalo."""
    return await club.member("Lan", messenger="zalo")


@pytest.mark.parametrize(
    "typed", ["{n}", "{n}.", "{n})", " {n} ", "số {n}", "chọn {n}", "{word}", "{label}"]
)
async def test_a_choice_is_picked_as_people_write_it(
    club: ClubInATest, lan: Phone, typed: str
) -> None:
    await lan.says("/caidat")
    labels = [button.label for button in lan.buttons if button.action]
    place = next(n for n, label in enumerate(labels, 1) if "Ngôn ngữ" in label)
    word = ("một", "hai", "ba", "bốn", "năm", "sáu")[place - 1]
    await lan.says(typed.format(n=place, word=word, label=labels[place - 1]))
    assert "ngôn ngữ nào" in lan.last


async def test_a_label_needs_no_diacritics_and_no_pictures(club: ClubInATest, lan: Phone) -> None:
    await lan.says("/caidat", "ngon ngu")
    assert "ngôn ngữ nào" in lan.last


async def test_nothing_is_replaced_and_what_a_toast_says_is_a_message(lan: Phone) -> None:
    await lan.says("/caidat")
    before = len(lan.messages)
    await lan.presses("Ngôn ngữ")
    await lan.says("1")
    assert len(lan.messages) > before
    await lan.presses_action("no-such-button")
    assert lan.toasts == []
    assert "không còn dùng được" in lan.last or "nút" in lan.last


async def test_a_number_of_an_earlier_list_is_asked_about_and_not_done(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/caidat")
    many = len([button for button in lan.buttons if button.action])
    assert many > 2
    await lan.says("/roiclb", str(many))
    assert "của tin trước đó" in lan.last
    assert lan.buttons[-1].label == "Không, bỏ qua"
    assert (await lan.member()).state is MemberState.ACTIVE
    await lan.says("không, bỏ qua")
    assert lan.last == "Không có gì thay đổi."


async def test_an_earlier_choice_is_done_once_it_is_confirmed(lan: Phone) -> None:
    await lan.says("/caidat")
    await lan.says("/roiclb", "ngôn ngữ")
    assert "của tin trước đó" in lan.last
    await lan.says("1")
    assert "ngôn ngữ nào" in lan.last


async def test_the_buttons_of_a_copy_that_is_only_looked_at_are_no_choices(
    club: ClubInATest,
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, messenger="zalo")
    await compose_draft(minh)
    await minh.says("chia sẻ")
    assert "của tin trước đó" not in minh.last
    assert "bản xem trước" not in minh.last


async def test_a_settled_list_can_be_chosen_from_no_more(lan: Phone) -> None:
    await lan.says("/roiclb", "2")
    stayed = lan.last
    await lan.says("1")
    assert "đã xong" in lan.last
    assert lan.last != stayed
    assert (await lan.member()).state is MemberState.ACTIVE


async def test_a_number_nobody_offered_is_just_what_somebody_wrote(lan: Phone) -> None:
    await lan.says("/caidat", "99")
    assert "của tin trước đó" not in lan.last


async def test_a_step_that_waits_for_words_hears_a_number_of_an_earlier_list(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/caidat")
    await lan.says("/baotin", str(3))
    async with club.store.read() as tx:
        lookup = sealing.chat_lookup(tx, "zalo", lan.address.chat)
        assert (await state.find(tx, lookup)) is not None
    assert "của tin trước đó" not in lan.last


@pytest.mark.parametrize("typed", ["caidat", "CaiDat", "settings", " caidat "])
async def test_a_command_needs_no_slash(lan: Phone, typed: str) -> None:
    await lan.says(typed)
    assert any("Ngôn ngữ" in label for label in lan.labels)


@pytest.mark.parametrize("typed", ["ngungnhan", "stop", "xoadulieu", "erase", "roiclb", "leave"])
async def test_stopping_leaving_and_erasing_need_the_whole_command(
    club: ClubInATest, lan: Phone, typed: str
) -> None:
    await lan.says(typed)
    assert (await lan.member()).state is MemberState.ACTIVE
    assert await club.in_read(members.agreed, lan.member_id)


async def test_words_that_begin_like_a_command_are_words(lan: Phone) -> None:
    await lan.says("moi nguoi oi cho hoi")
    assert "Lời mời" not in lan.last


async def test_on_telegram_a_number_is_what_somebody_wrote(club: ClubInATest) -> None:
    binh = await club.member("Bình")
    await binh.says("/caidat", "1")
    assert "ngôn ngữ nào" not in binh.last


async def test_a_chat_keeps_a_few_lists_and_none_of_a_member_who_left(
    club: ClubInATest, lan: Phone
) -> None:
    for _ in range(14):
        await lan.says("/caidat")
    assert len(await club.rows(select(ChoiceList))) == 12
    await lan.says("/roiclb", "1")
    assert (await club.rows(select(ChoiceList))) == []


# --- lists that came together


async def two_copies(club: ClubInATest, lan: Phone) -> list[int]:
    """Two announcements arrive one right after the other, each with its numbers."""
    numbers = [await publish(club) for _ in range(2)]
    for number in numbers:
        copy = member_copy(replace(VOTING_DAY, title=f"Tin {number}"), numbered(number), VI)
        lan.gets(copy)
        async with club.store.write() as tx:
            await offer(tx, sealing.chat_lookup(tx, "zalo", lan.address.chat), copy)
    return numbers


async def shared(club: ClubInATest, lan: Phone) -> list[int]:
    return [n for n in (1, 2) if await club.in_read(shares.counted, n, lan.member_id)]


async def test_a_number_of_two_lists_that_came_together_is_asked_about(
    club: ClubInATest, lan: Phone
) -> None:
    first, _ = await two_copies(club, lan)
    await lan.says("2")
    assert await shared(club, lan) == []
    assert "muốn chọn mục nào" in lan.last
    assert lan.labels[:2] == ["Tôi đã chia sẻ – “Tin 2”", "Tôi đã chia sẻ – “Tin 1”"]
    await lan.says("2")
    assert await shared(club, lan) == [first]


async def test_a_number_that_only_the_earlier_of_two_open_lists_has_is_picked_at_once(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    copy, notice = (
        member_copy(VOTING_DAY, numbered(number), VI),
        Message("Tin mới", ((Button("Mở", "home"),),)),
    )
    for message in (copy, notice):
        lan.gets(message)
        async with club.store.write() as tx:
            await offer(tx, sealing.chat_lookup(tx, "zalo", lan.address.chat), message)
    await lan.says("2")
    assert await shared(club, lan) == [number]


@pytest.mark.parametrize(("minutes", "asked"), [(10, True), (11, False)])
async def test_a_list_that_came_long_before_is_not_meant(
    club: ClubInATest, lan: Phone, minutes: int, *, asked: bool
) -> None:
    for number in [await publish(club) for _ in range(2)]:
        club.clock.advance(minutes=minutes)
        copy = member_copy(VOTING_DAY, numbered(number), VI)
        lan.gets(copy)
        async with club.store.write() as tx:
            await offer(tx, sealing.chat_lookup(tx, "zalo", lan.address.chat), copy)
    await lan.says("2")
    assert ("muốn chọn mục nào" in lan.last) is asked
    assert await shared(club, lan) == ([] if asked else [2])


async def test_the_words_of_a_choice_in_two_lists_are_asked_about_too(
    club: ClubInATest, lan: Phone
) -> None:
    await two_copies(club, lan)
    await lan.says("tôi đã chia sẻ")
    assert await shared(club, lan) == []
    assert "muốn chọn mục nào" in lan.last


async def test_after_the_person_wrote_a_number_means_the_newest_list_again(
    club: ClubInATest, lan: Phone
) -> None:
    await two_copies(club, lan)
    await lan.says("cảm ơn")
    await two_copies(club, lan)
    await lan.says("2")
    assert "muốn chọn mục nào" in lan.last
    await lan.says("không, bỏ qua")
    assert lan.last == "Không có gì thay đổi."


# --- the same number again


async def test_a_number_typed_again_before_its_answer_came_does_nothing_twice(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/caidat")
    typed_at = club.clock.now()
    club.clock.advance(seconds=1)
    await lan.says("1", at=typed_at)
    before = lan.last
    await lan.says("1", at=typed_at)
    assert "đã được ghi nhận một lần" in lan.last
    assert before != lan.last


async def test_the_same_number_typed_after_its_answer_came_picks_in_the_new_list(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/caidat", "1")
    club.clock.advance(seconds=1)
    await lan.says("1")
    assert "đã được ghi nhận một lần" not in lan.last


# --- several numbers, and words that agree


@pytest.mark.parametrize("typed", ["1 2", "1,2", "2, 1", "1 và 2", "2;1"])
@pytest.mark.parametrize("command", ["/roiclb", "/xoadulieu"])
async def test_of_several_numbers_none_is_done_where_choices_may_exclude_each_other(
    club: ClubInATest, lan: Phone, command: str, typed: str
) -> None:
    await lan.says(command, typed)
    assert "chọn từng mục một" in lan.last
    assert (await lan.member()).state is MemberState.ACTIVE
    await lan.says("không, bỏ qua")
    assert (await lan.member()).state is MemberState.ACTIVE


async def test_of_several_numbers_one_can_be_picked_afterwards(
    club: ClubInATest, lan: Phone, number: int
) -> None:
    copy = member_copy(VOTING_DAY, numbered(number), VI)
    async with club.store.write() as tx:
        await offer(tx, sealing.chat_lookup(tx, "zalo", lan.address.chat), copy)
    await lan.says("1 2")
    assert await shared(club, lan) == []
    await lan.says("tôi đã chia sẻ")
    assert await shared(club, lan) == [number]


@pytest.mark.parametrize("typed", ["tôi", "không", "chia", "nhắc"])
async def test_a_single_stray_word_picks_nothing_under_an_announcement(
    club: ClubInATest, lan: Phone, typed: str
) -> None:
    copy = member_copy(VOTING_DAY, numbered(await publish(club)), VI)
    async with club.store.write() as tx:
        await offer(tx, sealing.chat_lookup(tx, "zalo", lan.address.chat), copy)
    await lan.says(typed)
    assert await shared(club, lan) == []
    assert (await club.rows(select(Share))) == []


@pytest.mark.parametrize("typed", ["1 99", "0 1", "1 2 3 4 5 6", "1.2"])
async def test_numbers_that_are_not_all_of_the_list_are_words(lan: Phone, typed: str) -> None:
    await lan.says("/caidat")
    shown = lan.last
    await lan.says(typed)
    assert lan.last != shown
    assert "ngôn ngữ nào" not in lan.last


@pytest.mark.parametrize(
    ("typed", "labels", "picked"),
    [
        ("đồng ý", ["Đồng ý, tôi tham gia", "Không"], 0),
        ("dong y", ["Tôi đồng ý", "Không đồng ý"], 0),
        ("ok", ["Không, bỏ qua", "Đúng, dùng liên kết này"], 1),
        ("không", ["Có", "Không, bỏ qua"], 1),
        ("có", ["Có, gửi đi", "Có, để sau"], None),
        ("đồng ý", ["Gửi", "Huỷ"], None),
        ("chi", ["Chia sẻ", "Huỷ"], None),
    ],
)
async def test_words_that_agree_or_begin_a_choice_pick_it(
    club: ClubInATest, lan: Phone, typed: str, labels: list[str], picked: int | None
) -> None:
    rows = tuple((Button(label, action=f"a:{place}"),) for place, label in enumerate(labels))
    lookup = b"chat"
    async with club.store.write() as tx:
        await offer(tx, lookup, Message("Thế nào?", rows))
        found = find_by_word(await stored.offered(tx, lookup), typed)
    expected = None if picked is None else f"a:{picked}"
    assert (found.choices[0].action if found else None) == expected


async def test_a_step_that_waits_for_words_hears_words_that_agree(lan: Phone) -> None:
    await lan.says("/baotin", "không phải chuyển tiền là được bầu hai lần đâu nhé")
    assert any("Gửi kiểm tra" in label for label in lan.labels)


async def test_several_ticks_typed_at_once_are_all_on_and_one_list_stands(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan", messenger="zalo", purposes=(Purpose.ANNOUNCEMENTS,))
    await lan.presses_action("set-page:joining:purposes")
    assert [button.label[0] for button in lan.buttons[:2]] == ["☑", "☐"]
    before = len(lan.messages)
    await lan.says("1 2")
    agreed_to = await club.in_read(members.agreed, lan.member_id)
    assert {Purpose.ANNOUNCEMENTS, Purpose.DIGEST} <= agreed_to
    assert len(lan.messages) == before + 1
    await lan.says("1 2")
    assert lan.last == "Không có gì thay đổi."


@pytest.mark.parametrize(
    ("typed", "asked"), [("đồng ý", "ngôn ngữ nào"), ("thôi", "Không có gì thay đổi")]
)
async def test_yes_and_no_answer_the_bots_own_question_which_choice_is_meant(
    lan: Phone, typed: str, asked: str
) -> None:
    await lan.says("/caidat")
    await lan.says("/roiclb", "ngôn ngữ")
    assert "của tin trước đó" in lan.last
    await lan.says(typed)
    assert asked in lan.last


@pytest.mark.parametrize(("choices", "is_list"), [(4, False), (5, False), (6, True)])
async def test_where_there_are_five_buttons_only_more_choices_are_numbered(
    club: ClubInATest, choices: int, is_list: bool
) -> None:
    rows = tuple((Button(f"Nút {n}", f"act:{n}"),) for n in range(choices))
    rows += ((Button("Mở trang", url="https://an.example/"),),)
    async with club.store.write() as tx:
        lookup = sealing.chat_lookup(tx, "zalo_oa", "1")
        number = await offer(tx, lookup, Message("Chọn gì?", rows), most_buttons=5)
        lists = await stored.offered(tx, lookup)
    assert (number is not None) is is_list
    assert [len(one.choices) for one in lists] == ([choices] if is_list else [])


async def test_a_number_picks_no_choice_that_is_shown_as_a_button(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    await lan.says("/roiclb")
    labels = [button.label for button in lan.buttons]
    assert 0 < len(labels) <= 5
    assert "gõ số" not in lan.last
    for number in range(1, len(labels) + 1):
        await lan.says(str(number))
    assert (await lan.member()).state is MemberState.ACTIVE
    await lan.presses(labels[0])
    assert (await club.rows(select(Member)))[-1].state is MemberState.LEFT


async def test_a_pressed_button_answers_below_where_choices_are_typed(club: ClubInATest) -> None:
    lan = await club.member("Lan", messenger="zalo_oa")
    await lan.says("/caidat")
    before = len(lan.messages)
    await lan.presses("Ngôn ngữ")
    assert "ngôn ngữ nào" in lan.last
    await lan.presses_action("no-such-button")
    assert (lan.toasts, len(lan.messages)) == ([], before + 2)
