"""What the officers' digest says of what it is given, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from PIL import Image

from handlers.messages import Message
from handlers.notifications import unpack_text
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT
from scheduler.digests.officer_digest import Reader, write
from storage.models import Role
from storage.privacy.retention_purge import PURGES
from storage.reports.officer_digest import TEAM_ACTIONS, AnnouncementCount, OfficerDigest
from tests.support import SETTINGS, InlineWorkers
from tests.support.announcements.records import numbered

NOW = datetime(2026, 3, 11, 0, 0, tzinfo=UTC)
OFFICER, OWNER = Reader("vi", Role.OFFICER, False), Reader("vi", Role.OWNER, False)
TITLE = "Chủ Nhật 15/3: ngày bầu cử đại biểu Quốc hội"
MUCH = OfficerDigest(
    going_out=[AnnouncementCount(numbered(n), TITLE) for n in (9, 8, 7, 6)],
    paused=[AnnouncementCount(numbered(5), TITLE)],
    uncertain=[AnnouncementCount(numbered(4), TITLE)],
    scheduled=2,
    next_scheduled=NOW,
    awaiting=1,
    questions=2,
    appeals=3,
    requests=1,
    next_request=NOW,
    cases=40,
    new_cases=3,
    oldest_case=date(2026, 3, 1),
    sent=2,
    shares=[AnnouncementCount(numbered(n), TITLE, 10 * n) for n in range(1, 13)],
    actions=dict.fromkeys(TEAM_ACTIONS, 2),
    skipped=[NOW],
)


async def messages(found: OfficerDigest, reader: Reader) -> list[Message]:
    return [
        unpack_text(body) for body in await write(found, reader, SETTINGS, NOW, InlineWorkers())
    ]


def actions(message: Message) -> list[str]:
    return [button.action for row in message.rows for button in row]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.OWNER])
async def test_every_line_opens_what_it_speaks_of(language: str, role: Role) -> None:
    (message, *_) = await messages(MUCH, Reader(language, role, False))
    opened = actions(message)
    everybodys = {"/tiendo", "/choduyet", "/cauhoi", "/khieunai", "/choxuly", "/thongke"}
    assert everybodys <= set(opened)
    assert len(opened) == len(set(opened)), "each once"
    assert {"statistics:12", "statistics:5"} <= set(opened)
    assert ("/yeucaudulieu" in opened) is ("/nhatky" in opened) is (role is Role.OWNER)


async def test_a_short_digest_stands_under_its_chart() -> None:
    (message,) = await messages(
        OfficerDigest(shares=[AnnouncementCount(numbered(1), TITLE, 5)]), OFFICER
    )
    assert message.media
    assert Image.open(BytesIO(message.media.content)).format == "PNG"
    assert "5 lượt chia sẻ (số\u00a01:\u00a05)" in message.text


async def test_shares_of_fewer_than_five_are_told_together_or_not_at_all() -> None:
    (message,) = await messages(
        OfficerDigest(shares=[AnnouncementCount(numbered(1), TITLE, 4)]), OFFICER
    )
    assert "dưới 5 lượt chia sẻ" in message.text
    assert message.media is None
    shares = [
        AnnouncementCount(numbered(1), TITLE, 4),
        AnnouncementCount(numbered(2), TITLE, 9),
        AnnouncementCount(numbered(3), TITLE, 30),
    ]
    (message,) = await messages(OfficerDigest(shares=shares), OFFICER)
    assert "43 lượt chia sẻ (số\u00a03:\u00a030)" in message.text


async def test_a_long_one_sends_its_chart_behind_itself() -> None:
    text, picture = await messages(replace(MUCH, purged=dict.fromkeys(PURGES, 1000)), OWNER)
    assert visible_length(text.text) > CAPTION_LIMIT
    assert text.media is None
    assert picture.media
    assert picture.silent
    assert actions(picture) == []


@pytest.mark.parametrize(
    "found",
    [
        OfficerDigest(),
        OfficerDigest(purged={"steps": 3}),
        OfficerDigest(requests=1, next_request=NOW),
    ],
    ids=["nothing", "housekeeping alone", "the owners' business"],
)
async def test_with_nothing_to_do_or_know_there_is_none(found: OfficerDigest) -> None:
    assert await messages(found, OFFICER) == []
