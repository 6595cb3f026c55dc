"""Without buttons: numbers, words for numbers, labels; and commands without their slash."""

import pytest
from sqlmodel import select

from storage import people, steps
from storage.models import ChoiceList, MemberState, Role
from tests.club import ClubInATest, Phone
from tests.unit.handlers.announcing_desk import draft

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


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
    await lan.says("/caidat")
    await lan.says("ngon ngu")
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
    await lan.says("/roiclb")
    await lan.says(str(many))
    assert "của tin trước đó" in lan.last
    assert lan.buttons[-1].label == "Không, bỏ qua"
    assert (await lan.member()).state is MemberState.ACTIVE
    await lan.says("không, bỏ qua")
    assert lan.last == "Không có gì thay đổi."


async def test_an_earlier_choice_is_done_once_it_is_confirmed(lan: Phone) -> None:
    await lan.says("/caidat")
    await lan.says("/roiclb")
    await lan.says("ngôn ngữ")
    assert "của tin trước đó" in lan.last
    await lan.says("1")
    assert "ngôn ngữ nào" in lan.last


async def test_the_buttons_of_a_copy_that_is_only_looked_at_are_no_choices(
    club: ClubInATest,
) -> None:
    minh = await club.member("Minh", role=Role.OFFICER, messenger="zalo")
    await draft(minh)
    await minh.says("chia sẻ")
    assert "của tin trước đó" not in minh.last
    assert "bản xem trước" not in minh.last


async def test_a_settled_list_can_be_chosen_from_no_more(lan: Phone) -> None:
    await lan.says("/roiclb")
    await lan.says("2")
    stayed = lan.last
    await lan.says("1")
    assert "đã xong" in lan.last
    assert lan.last != stayed
    assert (await lan.member()).state is MemberState.ACTIVE


async def test_a_number_nobody_offered_is_just_what_somebody_wrote(lan: Phone) -> None:
    await lan.says("/caidat")
    await lan.says("99")
    assert "của tin trước đó" not in lan.last


async def test_a_step_that_waits_for_words_hears_a_number_of_an_earlier_list(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.says("/caidat")
    await lan.says("/nghivan")
    many = 3
    await lan.says(str(many))
    async with club.store.read() as tx:
        lookup = people.lookup_of(tx, "zalo", lan.address.chat)
        assert (await steps.find(tx, lookup)) is not None
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
    async with club.store.read() as tx:
        assert await people.agreed(tx, lan.member_id)


async def test_words_that_begin_like_a_command_are_words(lan: Phone) -> None:
    await lan.says("moi nguoi oi cho hoi")
    assert "Lời mời" not in lan.last


async def test_on_telegram_a_number_is_what_somebody_wrote(club: ClubInATest) -> None:
    binh = await club.member("Bình")
    await binh.says("/caidat")
    await binh.says("1")
    assert "ngôn ngữ nào" not in binh.last


async def test_a_chat_keeps_a_few_lists_and_none_of_a_member_who_left(
    club: ClubInATest, lan: Phone
) -> None:
    for _ in range(14):
        await lan.says("/caidat")
    async with club.store.read() as tx:
        assert len((await tx.session.exec(select(ChoiceList))).all()) == 12
    await lan.says("/roiclb")
    await lan.says("1")
    async with club.store.read() as tx:
        assert (await tx.session.exec(select(ChoiceList))).all() == []
