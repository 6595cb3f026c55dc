"""The category of a flag: asked after it was sent, optional, a vote for that of the case."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.flagging.category import recount_due
from handlers.flagging.post import unpack
from storage.cases import category_votes, posts
from storage.models import CaseState, Category
from tests.support.case_actions import (
    JOIN,
    PICTURE,
    POST,
    RUMOUR,
    SEND,
    decided,
    flag,
    the_case,
    the_cases,
    the_post,
)
from tests.support.club import ClubInATest, Phone

CALL = f"{RUMOUR}, gọi 0912345678"
LABELS = {
    Category.SCAM: "Lừa đảo",
    Category.RUMOUR: "Tin đồn",
    Category.IMPERSONATION: "Giả mạo",
    Category.UNKNOWN: "Tôi không biết",
}


async def sent(phone: Phone, text: str = RUMOUR, **more: object) -> None:
    """Sends a post in; the category is still asked."""
    await phone.says(text, forwarded=True, **more)
    await phone.presses(JOIN if JOIN in phone.labels[:1] else SEND)


async def votes(phone: Phone, club: ClubInATest, category: Category) -> None:
    await phone.presses_action(f"flag-as:{(await the_case(club)).code}:{category.value}")


async def stored(club: ClubInATest) -> str:
    async with club.reading() as tx:
        content = await posts.first_content(tx, await the_case(club))
    return unpack(content or "{}").text


async def recounted(club: ClubInATest) -> int:
    async with club.store.write() as tx:
        return await recount_due(tx, club.settings)


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_i_do_not_know_is_an_answer_and_the_case_stays_without_category(
    club: ClubInATest, messenger: str
) -> None:
    lan, minh = await club.member("Lan", messenger=messenger), await club.officer("Minh")
    await sent(lan)
    assert [b.label for b in lan.buttons][-1] == "Tôi không biết"
    await (
        lan.says(str(len(lan.buttons))) if messenger == "zalo" else lan.presses("Tôi không biết")
    )
    case = await the_case(club)
    assert case.category is Category.UNKNOWN
    assert case.code in lan.last
    assert not lan.buttons
    await minh.says("/choxuly")
    assert "Chưa rõ loại" in minh.last
    await minh.presses("1 · Chưa rõ loại")
    assert "Chưa rõ loại" in minh.last


async def test_officers_find_and_count_what_nobody_has_named(club: ClubInATest) -> None:
    lan, minh = await club.member("Lan"), await club.officer("Minh")
    await sent(lan)
    await minh.presses_action("queue:0:open:flags:unknown")
    assert (await the_case(club)).code in str([b.action for b in minh.buttons])
    await minh.presses_action("queue:0:open:flags:scam")
    assert (await the_case(club)).code not in str([b.action for b in minh.buttons])
    await minh.presses_action("casefigures")
    assert "Chưa rõ loại" in minh.last


async def test_most_votes_decide_and_among_equals_the_present_category_stays(
    club: ClubInATest,
) -> None:
    phones = [await club.member(f"Hội viên {n}") for n in range(4)]
    for phone in phones:
        await sent(phone)
    seen = []
    for phone, category in zip(
        phones,
        (Category.RUMOUR, Category.UNKNOWN, Category.SCAM, Category.SCAM),
        strict=True,
    ):
        await votes(phone, club, category)
        seen.append((await the_case(club)).category)
    assert seen == [Category.RUMOUR, Category.RUMOUR, Category.RUMOUR, Category.SCAM]


async def test_a_vote_can_be_changed_and_counts_once(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await sent(lan)
    for category in (Category.SCAM, Category.RUMOUR, Category.UNKNOWN):
        await votes(lan, club, category)
        assert (await the_case(club)).category is category


@given(st.lists(st.sampled_from(tuple(Category)), max_size=9), st.sampled_from(tuple(Category)))
def test_the_category_is_one_that_most_of_those_who_know_it_say(
    said: Sequence[Category], present: Category
) -> None:
    known: list[Category] = [one for one in said if one is not Category.UNKNOWN]
    found = category_votes.most_said(said, present)
    if not known:
        assert found is Category.UNKNOWN
    else:
        assert all(known.count(found) >= known.count(other) for other in known)
    if known and known.count(present) == known.count(found):
        assert found is present
    assert category_votes.most_said(list(reversed(said)), present) is found


async def test_numbers_and_accounts_are_masked_until_somebody_says_that_they_are_the_evidence(
    club: ClubInATest,
) -> None:
    lan = await club.member("Lan")
    await sent(lan, f"{CALL} {POST}", links=(POST,))
    assert "0912345678" not in await stored(club)
    assert "nguyenvana" not in await stored(club)
    await lan.presses("Lừa đảo")
    assert "vì đó chính là điều cần kiểm tra" in lan.last
    assert "0912345678" in await stored(club)
    assert "nguyenvana" in await stored(club)


async def test_evidence_goes_again_when_most_say_that_it_is_none(club: ClubInATest) -> None:
    phones = [await club.member(f"Hội viên {n}") for n in range(3)]
    await sent(phones[0], CALL)
    await phones[0].presses("Lừa đảo")
    for phone in phones[1:]:
        await sent(phone, CALL)
        await votes(phone, club, Category.RUMOUR)
    assert (await the_case(club)).category is Category.RUMOUR
    assert "0912345678" not in await stored(club)


async def test_another_message_ends_the_chance_to_add_the_evidence(club: ClubInATest) -> None:
    lan = await club.member("Lan")
    await sent(lan, CALL)
    await lan.says("/tindabao")
    await votes(lan, club, Category.SCAM)
    assert (await the_case(club)).category is Category.SCAM
    assert "0912345678" not in await stored(club)
    assert "vì đó chính là điều cần kiểm tra" not in lan.last


async def test_the_evidence_of_one_member_never_replaces_the_picture_of_another(
    club_in_batches: ClubInATest,
) -> None:
    club = club_in_batches
    lan, minh = await club.member("Lan"), await club.officer("Minh")
    await sent(lan, CALL, media=PICTURE)
    await sent(minh, CALL)  # an officer is not told that others sent it, and sends it by itself
    assert (await the_case(club)).flags == 2
    await minh.presses("Lừa đảo")
    post = await the_post(club)
    async with club.reading() as tx:
        content = unpack(posts.content_of(tx, post) or "{}")
    assert content.media
    assert "0912345678" not in content.text


async def test_who_joins_a_case_is_asked_only_while_nobody_has_named_it(club: ClubInATest) -> None:
    lan, hoa, mai = [await club.member(name) for name in ("Lan", "Hoa", "Mai")]
    await sent(lan)
    await sent(hoa)
    assert "Lừa đảo" in [b.label for b in hoa.buttons]
    await hoa.presses("Lừa đảo")
    await sent(mai)
    assert not mai.buttons
    assert "đừng chuyển tiếp" in mai.last


@pytest.mark.parametrize("category", ["scam", "opinion", ""])
async def test_only_who_flagged_a_case_says_what_it_is(club: ClubInATest, category: str) -> None:
    lan, hoa = await club.member("Lan"), await club.member("Hoa")
    await sent(lan)
    code = (await the_case(club)).code
    for phone in (hoa, lan) if category != "scam" else (hoa,):
        await phone.presses_action(f"flag-as:{code}:{category}")
        assert phone.toasts
    assert (await the_case(club)).category is Category.UNKNOWN


async def test_a_case_that_is_closed_keeps_its_category(club: ClubInATest) -> None:
    lan, minh = await club.member("Lan"), await club.officer("Minh")
    await flag(lan)
    await decided(minh, club)
    await votes(lan, club, Category.RUMOUR)
    assert "đã xử lý xong" in lan.toasts[-1]
    case = await the_case(club)
    assert (case.category, case.state) == (Category.SCAM, CaseState.DECIDED)


async def test_before_its_batch_is_over_officers_see_no_vote(club_in_batches: ClubInATest) -> None:
    club = club_in_batches
    lan, minh = await club.member("Lan"), await club.officer("Minh")
    await sent(lan, CALL)
    club.clock.advance(minutes=30)
    await minh.says("/choxuly")
    before = minh.last
    await lan.presses("Lừa đảo")
    assert "Loại tin: <b>Lừa đảo</b>" in lan.last
    club.clock.advance(minutes=29, seconds=59)
    assert await recounted(club) == 0
    await minh.says("/choxuly")
    assert minh.last == before
    club.clock.advance(seconds=1)
    assert await recounted(club) == 1
    assert await recounted(club) == 0
    await minh.says("/choxuly")
    assert "Lừa đảo" in minh.last
    assert "0912345678" not in await stored(club)


async def test_in_the_batch_of_the_flag_the_category_is_there_when_the_case_is(
    club_in_batches: ClubInATest,
) -> None:
    club = club_in_batches
    lan = await club.member("Lan")
    await sent(lan, CALL)
    await lan.presses("Lừa đảo")
    assert (await the_case(club)).category is Category.SCAM
    assert await recounted(club) == 0
    assert (await the_cases(club))[0].recount_from is None


async def test_an_officer_who_sends_the_same_in_is_asked_whatever_others_said(
    club_in_batches: ClubInATest,
) -> None:
    club = club_in_batches
    lan, minh = await club.member("Lan"), await club.officer("Minh")
    await flag(lan)
    await minh.says(RUMOUR, forwarded=True)
    await minh.presses(SEND)
    assert "Lừa đảo" in [b.label for b in minh.buttons]


OTHER = "Từ mai cầu Sông Ngọc cấm mọi loại xe trong ba tháng, ai đi qua bị phạt rất nặng"


async def merged(club: ClubInATest, into: Category) -> None:
    """Two members call a post with a number a fraud; an officer merges it into another case."""
    lan, hoa, mai = [await club.member(name) for name in ("Lan", "Hoa", "Mai")]
    await sent(lan, CALL)
    await lan.presses("Lừa đảo")
    source = await the_case(club)
    await sent(hoa, CALL)
    await votes(hoa, club, Category.SCAM)
    assert "0912345678" in await stored(club)
    await sent(mai, OTHER)
    (target,) = [case for case in await the_cases(club) if case.code != source.code]
    await mai.presses_action(f"flag-as:{target.code}:{into.value}")
    minh = await club.officer("Minh")
    for action in (f"casetake:{source.code}", f"casemergeyes:{source.code}:{target.code}"):
        await minh.presses_action(action)


async def kept_of_all(club: ClubInATest) -> tuple[Category, str]:
    """The category of the only open case, and the text of all its posts."""
    (case,) = [case for case in await the_cases(club) if case.state is not CaseState.MERGED]
    async with club.reading() as tx:
        contents = [posts.content_of(tx, post) for post in await posts.of_case(tx, case)]
    assert len(contents) == 2
    return case.category, "\n".join(unpack(content or "{}").text for content in contents)


async def test_a_merged_case_keeps_only_what_its_new_category_keeps(club: ClubInATest) -> None:
    await merged(club, Category.RUMOUR)
    category, text = await kept_of_all(club)
    assert category is Category.RUMOUR
    assert "0912345678" not in text


async def test_a_case_without_category_takes_that_of_the_case_merged_into_it(
    club: ClubInATest,
) -> None:
    await merged(club, Category.UNKNOWN)
    category, text = await kept_of_all(club)
    assert category is Category.SCAM
    assert "0912345678" in text


async def test_what_members_said_of_a_merged_case_is_counted_with_the_next_batch(
    club: ClubInATest,
) -> None:
    await merged(club, Category.RUMOUR)
    assert await recounted(club) == 1
    category, _ = await kept_of_all(club)
    assert category is Category.SCAM
