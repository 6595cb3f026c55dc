"""How a member flags a post, and the case that results."""

from sqlmodel import col, select

from handlers.messages import Media, MediaKind
from storage.cases import match_keys
from storage.cases.match_keys import Keys
from storage.models import Case, CasePost
from tests.support.club import ClubInATest, Phone

RUMOUR = "Công an yêu cầu mọi người nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3"
POST = "https://www.facebook.com/nguyenvana/posts/1035862816472149?fbclid=abc"
SAME_POST = "https://m.facebook.com/story.php?story_fbid=1035862816472149&id=100012345678"
PICTURE = Media(MediaKind.PHOTO, file="file-1", unique="unique-1")
SCOPE, SEND, JOIN = "Câu lạc bộ kiểm tra", "Gửi", "Báo cùng"
NONE_OF_THESE = "Không phải tin nào ở trên"


async def flag(phone: Phone, text: str = RUMOUR, category: str = "Lừa đảo", **more: object) -> str:
    """Flags a post with all its taps; returns the last message."""
    await phone.says(text, forwarded=True, **more)
    if NONE_OF_THESE in phone.labels:
        await phone.presses(NONE_OF_THESE)
    if JOIN in phone.labels[:1]:
        await phone.presses(JOIN)
        return phone.last
    await phone.presses(category)
    await phone.presses(SEND)
    return phone.last


async def the_cases(club: ClubInATest) -> list[Case]:
    async with club.reading() as tx:
        return list((await tx.session.exec(select(Case).order_by(col(Case.id)))).all())


async def the_case(club: ClubInATest) -> Case:
    (case,) = await the_cases(club)
    return case


async def the_keys(club: ClubInATest) -> Keys:
    """The match keys of the only post."""
    post = await the_post(club)
    async with club.reading() as tx:
        return match_keys.of_post(tx, post)


async def the_post(club: ClubInATest) -> CasePost:
    async with club.reading() as tx:
        return (await tx.session.exec(select(CasePost))).one()
