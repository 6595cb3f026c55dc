"""An officer's first minute: four screens, then an announcement that only they get."""

from dataclasses import replace

import pytest
from sqlmodel import select

from handlers.announcing import trial_send
from handlers.conversation.i18n import Speech
from handlers.joining.officer_tour import SCREENS
from handlers.messages import Media, MediaKind
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT, excess, member_copy
from storage.models import Announcement, Delivery, Mailing, MailingKind, Role
from tests.support import SETTINGS, VOTING_DAY, ClubInATest, Phone, compose_draft, waiting_for
from tests.support.announcements.records import numbered

VI = Speech("vi", SETTINGS.timezone, you=SETTINGS.officers_are_called)


async def invited(club: ClubInATest, role: Role) -> str:
    """The code of an invite for this role."""
    owner = await club.officer("Bình", owner=True)
    await owner.says("/loimoi")
    if role is not Role.MEMBER:
        await owner.presses("Cán bộ")
    await owner.presses("Tạo lời mời")
    return owner.last.partition("<code>")[2].partition("</code>")[0]


async def tour(officer: Phone) -> None:
    """From the first screen to the trial announcement."""
    for _ in SCREENS[1:]:
        await officer.presses("Tiếp")
    await officer.presses("Gửi bản thử")


async def test_who_joins_as_an_officer_is_shown_round(club: ClubInATest) -> None:
    thu = club.stranger("Thu")
    await thu.opens(f"/start {await invited(club, Role.OFFICER)}", "Tôi đồng ý")
    await thu.presses_action("joined")
    assert VI("tour-duties") in thu.last


async def test_a_member_who_becomes_an_officer_is_shown_round(
    club: ClubInATest, lan: Phone
) -> None:
    await lan.opens(f"/start {await invited(club, Role.OFFICER)}", "Tôi đồng ý")
    assert VI("tour-duties") in lan.last


async def test_who_joins_as_a_member_is_not(club: ClubInATest) -> None:
    ha = club.stranger("Hà")
    await ha.opens(f"/start {await invited(club, Role.MEMBER)}", "Tôi đồng ý")
    await ha.presses_action("joined")
    assert not any("Hướng dẫn" in message.text for message in ha.messages.values())
    await ha.says("/huongdancanbo")
    assert "dành cho cán bộ" in ha.last


async def test_it_ends_with_a_trial_announcement_to_oneself_alone(club: ClubInATest) -> None:
    thu, _ = await club.officer("Thu"), await club.officer("Minh")
    await thu.says("/huongdancanbo")
    await tour(thu)
    async with club.reading() as tx:
        rows = (await tx.session.exec(select(Delivery, Mailing.kind).join(Mailing))).all()
        assert (await tx.session.exec(select(Announcement))).all() == []
    assert [(row.member_id, kind) for row, kind in rows] == [(thu.member_id, MailingKind.NOTICE)]


async def test_the_trial_says_so_and_its_buttons_do_nothing(thu: Phone) -> None:
    await thu.says("/tour")
    await tour(thu)
    (trial,) = await waiting_for(thu)
    assert trial.text.startswith("<b>BẢN THỬ</b>")
    thu.gets(trial)
    for label in ("Chia sẻ", "Tôi đã chia sẻ", "Hỏi – đáp"):
        await thu.presses(label)
    assert thu.toasts == [VI("trial-only")] * 3


async def test_the_sample_has_no_number(minh: Phone) -> None:
    await minh.presses_action("tour-trial")
    (trial,) = await waiting_for(minh)
    assert "Thông báo số" not in trial.text


async def test_a_screen_that_is_not_there_is_not_shown(thu: Phone) -> None:
    await thu.presses_action(f"tour:{len(SCREENS)}")
    assert thu.toasts == [VI("button-unknown")]


async def test_the_author_tries_a_draft_on_themselves_as_often_as_they_like(
    thu: Phone, minh: Phone
) -> None:
    await compose_draft(thu)
    await thu.presses("Gửi thử", "Gửi thử")
    assert len(await waiting_for(thu)) == 2
    assert await waiting_for(minh) == []


async def test_nobody_tries_somebody_elses_draft(thu: Phone, minh: Phone) -> None:
    await compose_draft(thu)
    await minh.presses_action("trial-send:1")
    assert minh.toasts == [VI("announcing-not-the-author")]
    assert await waiting_for(minh) == []


@pytest.mark.parametrize("media", [None, Media(MediaKind.PHOTO, file="f", unique="u")])
def test_a_copy_at_the_limit_is_marked_by_its_button_alone(media: Media | None) -> None:
    full = replace(VOTING_DAY, media=media)
    full = replace(full, html=full.html + "a" * -excess(full, numbered(1), VI))
    marked = trial_send.marked(member_copy(full, numbered(1), VI), VI)
    assert visible_length(marked.text) == (CAPTION_LIMIT if media else TEXT_LIMIT)
    assert marked.rows[0][0].label == VI("trial-mark-button")
    assert marked.rows[0][0].sample, "it would be a numbered choice"
