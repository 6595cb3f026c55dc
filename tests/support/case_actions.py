"""What members and officers do around a case in the chat, and a decided case written as rows."""

from sqlmodel import col, select

from handlers.messages import Answer, Media, MediaKind, Message
from handlers.notifications import unpack_text
from storage.cases import match_keys
from storage.cases.match_keys import Keys
from storage.database import sealing
from storage.database.engine import Store
from storage.models import (
    Case,
    CasePost,
    CaseState,
    Category,
    Delivery,
    Mailing,
    MailingKind,
    Member,
    Rating,
    Verdict,
)
from storage.outbox import enqueue
from tests.support.club import ClubInATest, Phone

RUMOUR = "Công an yêu cầu mọi người nộp 500.000 đồng để cập nhật VNeID trước ngày 15/3"
CLAIM = "Có tin nói phải nộp tiền để cập nhật VNeID."
EXPLANATION = "Cập nhật VNeID không mất tiền; công an không thu tiền qua điện thoại."
SOURCE = "https://bocongan.gov.vn/vneid-mien-phi"
POST = "https://www.facebook.com/nguyenvana/posts/1035862816472149?fbclid=abc"
SAME_POST = "https://m.facebook.com/story.php?story_fbid=1035862816472149&id=100012345678"
SCOPE, SEND, JOIN = "Câu lạc bộ chỉ kiểm tra", "Gửi kiểm tra", "Tôi cũng báo tin này"
NONE_OF_THESE = "Không phải tin nào ở trên"
PICTURE = Media(MediaKind.PHOTO, file="file-1", unique="unique-1")


async def flag(phone: Phone, text: str = RUMOUR, category: str = "", **more: object) -> str:
    """Flags a post and says what it is, joins a case that is offered; returns the last message."""
    vietnamese = phone.language == "vi"
    await phone.says(text, forwarded=True, **more)
    if join := {JOIN, "I flag this post too"} & set(phone.labels[:1]):
        await phone.presses(join.pop())
        return phone.last
    if NONE_OF_THESE in phone.labels[:4]:
        await phone.presses(NONE_OF_THESE)
    await phone.presses(SEND if vietnamese else "Send it to be checked")
    await phone.presses(category or ("Lừa đảo" if vietnamese else "Scam"))
    return phone.last


async def the_cases(club: ClubInATest) -> list[Case]:
    """All cases, oldest first."""
    return await club.rows(select(Case).order_by(col(Case.id)))


async def the_case(club: ClubInATest) -> Case:
    """The only case."""
    (case,) = await the_cases(club)
    return case


async def the_post(club: ClubInATest) -> CasePost:
    """The only flagged post."""
    async with club.reading() as tx:
        return await tx.one(select(CasePost))


async def the_keys(club: ClubInATest) -> Keys:
    """The match keys of the only flagged post."""
    post = await the_post(club)
    async with club.reading() as tx:
        return match_keys.of_post(tx, post)


async def opened(officer: Phone, code: str) -> Answer:
    """The officer opens a case from the queue."""
    return await officer.presses_action(f"case:{code}")


async def taken(officer: Phone, club: ClubInATest) -> str:
    """The officer opens the one case and takes it; returns its code."""
    code = (await the_case(club)).code
    await opened(officer, code)
    await officer.presses("Nhận xử lý")
    return code


async def ask_reporters(officer: Phone, club: ClubInATest, question: str) -> str:
    """The officer takes the one case and asks those who flagged it; returns its code."""
    code = await taken(officer, club)
    await officer.presses("Thêm…", "Hỏi người đã báo")
    await officer.says(question)
    await officer.presses("Gửi cho người đã báo")
    return code


async def write_verdict(officer: Phone, rating: str = "Lừa đảo", source: str = SOURCE) -> None:
    """All questions answered; the preview is on the screen."""
    await officer.presses("Kết luận", rating)
    await officer.says(CLAIM, EXPLANATION, source)


async def decided(officer: Phone, club: ClubInATest) -> str:
    """The officer takes the one case and decides it; returns its code."""
    code = await taken(officer, club)
    await write_verdict(officer)
    await officer.presses("Gửi kết luận")
    return code


async def notices(club: ClubInATest) -> dict[str, set[int]]:
    """Who is sent what: the subject of each verdict mailing to its members."""
    async with club.reading() as tx:
        query = select(Mailing.subject, Delivery.member_id).join(Delivery)
        rows = await tx.all(query.where(Mailing.kind == MailingKind.VERDICT))
    told: dict[str, set[int]] = {}
    for subject, member in rows:
        told.setdefault(subject, set()).add(member or 0)
    return told


async def body(club: ClubInATest, subject: str, language: str = "vi") -> Message:
    """The message in the outbox for the first reader of this language."""
    async with club.reading() as tx:
        query = (
            select(Delivery)
            .join(Mailing)
            .join(Member, col(Member.id) == Delivery.member_id)
            .where(Mailing.subject == subject, Member.language == language)
        )
        row = await tx.first(query.order_by(col(Delivery.id)))
        assert row is not None
        assert row.body_sealed is not None
        return unpack_text(enqueue.own_body(tx, row.body_sealed, row))


async def add_decided_case(
    store: Store, officer_id: int, claim: str, *, rating: Rating = Rating.SCAM, flags: int = 1
) -> int:
    """A case with a verdict of now, written as rows; returns its id."""
    async with store.write() as tx:
        now = tx.clock.now()
        case = Case(
            code=tx.ids.code(6),
            state=CaseState.DECIDED,
            category=Category.SCAM,
            flags=flags,
            opened_on=now.date(),
            closed_at=now,
            verdict_version=1,
        )
        tx.session.add(case)
        await tx.session.flush()
        assert case.id is not None
        await sealing.add(tx, CasePost(case_id=case.id, first_on=case.opened_on), content="{}")
        tx.session.add(
            Verdict(
                case_id=case.id,
                version=1,
                rating=rating,
                claim=claim,
                explanation="Không đúng.",
                sources=["https://bocongan.example/canh-bao"],
                decided_by=officer_id,
                decided_at=now,
            )
        )
        return case.id
