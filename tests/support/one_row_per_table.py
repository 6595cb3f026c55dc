"""One row of every table about one officer, for tests of subject access, erasure and retention."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import SQLModel, func, select

from handlers.authenticity import wordings
from handlers.recognition.official_copy import Wording
from storage import audit_log
from storage.accounts import account_grants, authorizations
from storage.accounts.account_grants import TokenPair
from storage.announcements import official_texts
from storage.announcements.official_texts import NewText
from storage.cases import flag_rate_limit, match_keys, verdict_links
from storage.cases.match_keys import Keys
from storage.cases.search import similar_posts
from storage.cases.search.similar_posts import SearchForm
from storage.cases.verdict_links import FraudLink
from storage.conversation import file_links, generated_files, numbered_choices, state
from storage.database import sealing
from storage.database.engine import Tx
from storage.database.ids import id_of
from storage.inbox import updates
from storage.inbox.updates import NewUpdate
from storage.meetings import feedback, rsvps, tickets
from storage.meetings.feedback import Ratings
from storage.members import interactions, members
from storage.models import (
    Announcement,
    AnnouncementState,
    AnnouncementVersion,
    Appeal,
    Approval,
    AuditAction,
    Case,
    CaseAnswer,
    CaseNote,
    CasePost,
    CaseQuestion,
    CaseState,
    Category,
    ChatChange,
    CodeAttempts,
    DataRequest,
    Delivery,
    DeliveryState,
    Flag,
    Invite,
    Lane,
    Mailing,
    MailingKind,
    MailingState,
    Meeting,
    MeetingPapers,
    MeetingState,
    MoveCode,
    OfficialKind,
    PapersState,
    Proof,
    ProofKind,
    Proposal,
    PublicAnswer,
    Question,
    QuestionState,
    Rating,
    Reminder,
    RequestKind,
    RoleOffer,
    RsvpAnswer,
    Share,
    ShareState,
    Suspension,
    Verdict,
)
from tests.support.club import ClubInATest, Phone

NAME = "Đặng Thị Tuyết Lan"
WORDS = "Hôm qua tôi thấy một người lạ ở cổng trường"
"""Her text in every column that holds what a person wrote."""
LINK = "https://facebook.com/dangthituyetlan/posts/777"


class OneRowPerTable:
    """Writes one row of every table about Lan, and some about Bình, who stays in the club."""

    def __init__(self, club: ClubInATest, lan: Phone, binh: Phone, *, mark: str = "") -> None:
        """`mark` is added to unique values, so that it can be written twice."""
        self.club = club
        self.lan, self.binh = lan.member_id, binh.member_id
        self.phone, self.mark = lan, mark

    async def write(self, tx: Tx) -> None:
        """Writes all rows, in the order of their references."""
        await self._chat(tx)
        number = await self._announcements(tx)
        await self._sharing(tx, number)
        await self._sent(tx, number)
        await self._flagging(tx)
        await self._questions(tx, number)
        await self._membership(tx)
        await self._meetings(tx)
        await self._account(tx)
        await audit_log.record(
            tx, await members.get(tx, self.lan), AuditAction.INVITE_MADE, role="member", uses=1
        )

    async def _account(self, tx: Tx) -> None:
        """The access that the club's own account has granted; nothing of it is about a member."""
        pair = TokenPair("access", "refresh", timedelta(hours=25))
        await account_grants.grant(tx, f"zalo_oa{self.mark}", "271828", pair)
        await authorizations.begin(tx, f"zalo_oa{self.mark}", "nonce", "verifier")

    async def _chat(self, tx: Tx) -> None:
        now, address = self.club.clock.now(), self.phone.address
        lookup = sealing.chat_lookup(tx, address.messenger, address.chat)
        await state.put(tx, lookup, "compose.text", {"text": WORDS})
        await updates.put(tx, [NewUpdate(address.messenger, f"u1{self.mark}", address.chat, WORDS)])
        await flag_rate_limit.count_flag(tx, self.lan)
        tomorrow = now + timedelta(days=1)
        await generated_files.keep(tx, address.messenger, address.chat, WORDS.encode(), tomorrow)
        await file_links.make(tx, "a file", tomorrow)
        contact = await members.contact_of(tx, self.lan)
        assert contact is not None
        await interactions.note(tx, contact, now)
        code = b"move-code-of-lan" + self.mark.encode()
        await numbered_choices.offer(tx, lookup, WORDS, [])
        change = ChatChange(contact_id=id_of(contact), messenger="zalo", expires_at=now)
        await sealing.add(tx, change, chat="2001", last_interaction=now.isoformat())
        await self._add(
            tx,
            CodeAttempts(lookup=lookup, wrong=2, updated_at=now),
            MoveCode(code_lookup=code, contact_id=id_of(contact), expires_at=now),
        )

    async def _announcements(self, tx: Tx) -> int:
        now = self.club.clock.now()
        last = await tx.one(select(func.max(Announcement.number))) or 0
        drafted = Announcement(author_id=self.lan, state=AnnouncementState.DRAFT, created_at=now)
        sent = Announcement(
            author_id=self.lan, state=AnnouncementState.SENT, created_at=now, number=last + 1
        )
        others = Announcement(
            author_id=self.binh, state=AnnouncementState.SENT, created_at=now, number=last + 2
        )
        await self._add(tx, drafted, sent, others)
        versions = [
            AnnouncementVersion(announcement_id=id_of(one), number=1, content={"title": title})
            for one, title in ((drafted, WORDS), (sent, "Ngày bầu cử"), (others, "Giờ mở cửa"))
        ]
        await self._add(tx, *versions)
        for one in (sent, others):
            await official_texts.add(
                tx,
                NewText(
                    OfficialKind.ANNOUNCEMENT,
                    version=1,
                    language="vi",
                    wording=wordings.pack(Wording(lines=(("ngay bau cu", True),))),
                    words="ngay bau cu",
                    is_public=True,
                    announcement_id=id_of(one),
                    card_shapes=("square",),
                ),
            )
        refused = Approval(
            version_id=id_of(versions[2]),
            officer_id=self.lan,
            approved=False,
            reason=WORDS,
            decided_at=now,
        )
        await self._add(tx, refused, *self._doors(tx))
        return id_of(others)

    def _doors(self, tx: Tx) -> list[SQLModel]:
        now = self.club.clock.now()
        return [
            Invite(
                code_lookup=b"an-invite" + self.mark.encode(),
                uses_left=1,
                expires_at=now + timedelta(days=1),
                created_by=self.lan,
                created_at=now,
            ),
            RoleOffer(member_id=self.lan, offered_by=self.binh, expires_at=now),
            RoleOffer(member_id=self.binh, offered_by=self.lan, expires_at=now),
        ]

    async def _sharing(self, tx: Tx, number: int) -> None:
        now = self.club.clock.now()
        shares = [
            Share(announcement_id=number, member_id=who, state=ShareState.SHARED, at=now)
            for who in (self.lan, self.binh)
        ]
        await self._add(tx, *shares)
        proof = Proof(
            share_id=id_of(shares[0]),
            kind=ProofKind.LINK,
            same=tx.vault.lookup("proof", "link", LINK),
            at=now,
            platform="facebook",
            picture_hash="c3c3c3c3c3c3c3c3",
            asked_by=self.binh,
            asked_at=now,
        )
        question = "Ảnh chụp bài nào vậy ạ?"
        await sealing.add(tx, proof, content=LINK, picture=WORDS, question=question, answer=WORDS)
        asked = Proof(
            share_id=id_of(shares[1]),
            kind=ProofKind.WORDS,
            same=tx.vault.lookup("proof", "words", "trong nhóm của xóm"),
            at=now,
            asked_by=self.lan,
            asked_at=now,
        )
        await sealing.add(tx, asked, content="trong nhóm của xóm", question=WORDS)
        await self._add(tx, Reminder(announcement_id=number, member_id=self.lan, due_at=now))

    async def _sent(self, tx: Tx, number: int) -> None:
        to_all = self._mailing(
            kind=MailingKind.ANNOUNCEMENT, subject=str(number), announcement_id=number
        )
        watched = self._mailing(
            kind=MailingKind.ANNOUNCEMENT,
            subject=f"watched{self.mark}",
            announcement_id=number,
            watcher_id=self.lan,
        )
        to_lan = self._mailing(kind=MailingKind.NOTICE, subject=f"to {self.lan}")
        of_lan = self._mailing(kind=MailingKind.NOTICE, subject=f"of {self.lan}", about_id=self.lan)
        await self._add(tx, to_all, to_lan, of_lan)
        await sealing.add(tx, watched, progress="4711")
        came = self._delivery(to_all, self.lan, message_ids=["991"], reason="blocked by Lan")
        for went in (came, self._delivery(to_all, self.binh)):
            await sealing.add(tx, went, chat="2001")
        for mailing, who in ((to_lan, self.lan), (of_lan, self.binh)):
            waits = self._delivery(mailing, who, state=DeliveryState.QUEUED)
            await sealing.add(tx, waits, body=WORDS)

    def _mailing(self, **fields: Any) -> Mailing:
        return Mailing(
            state=MailingState.SENDING,
            lane=Lane.NOTICE,
            created_at=self.club.clock.now(),
            **{"bodies": {}, **fields},
        )

    def _delivery(self, mailing: Mailing, member_id: int, **fields: Any) -> Delivery:
        now = self.club.clock.now()
        return Delivery(
            mailing_id=id_of(mailing),
            member_id=member_id,
            lane=Lane.NOTICE,
            not_before=now,
            changed_at=now,
            **{"state": DeliveryState.SENT, **fields},
        )

    async def _flagging(self, tx: Tx) -> None:
        case = Case(
            code=f"K7{self.mark}",
            state=CaseState.IN_REVIEW,
            category=Category.SCAM,
            flags=2,
            opened_on=date(2026, 3, 10),
            officer_id=self.lan,
            taken_at=self.club.clock.now(),
        )
        await self._add(tx, case)
        post = CasePost(
            case_id=id_of(case),
            flags=2,
            first_on=date(2026, 3, 10),
        )
        note = CaseNote(
            case_id=id_of(case),
            officer_id=self.lan,
            written_at=self.club.clock.now(),
        )
        proposal = Proposal(
            case_id=id_of(case),
            officer_id=self.lan,
            content={"explanation": WORDS},
            proposed_at=self.club.clock.now(),
        )
        await sealing.add(tx, post, content="Chuyển tiền để nhận quà")
        words = "chuyển tiền để nhận quà"
        await match_keys.replace(tx, post, Keys(None, words + self.mark, None))
        await similar_posts.add(tx, id_of(post), SearchForm(None, words))
        await sealing.add(tx, note, text=WORDS)
        for by in (self.lan, self.binh):
            asked = CaseQuestion(case_id=id_of(case), officer_id=by, asked_at=self.club.clock.now())
            await sealing.add(tx, asked, text=WORDS if by == self.lan else "Ở nhóm nào?")
            answer = CaseAnswer(
                question_id=id_of(asked),
                member_id=self.lan if by == self.binh else self.binh,
                mark=1,
                shown_from=self.club.clock.now(),
            )
            await sealing.add(tx, answer, text=WORDS if by == self.binh else "Ở nhóm tổ 5")
        await verdict_links.replace(tx, id_of(case), [FraudLink("qua-tang.top/nhan")])
        await self._add(tx, proposal)
        flags = [
            Flag(
                case_id=id_of(case),
                post_id=id_of(post),
                member_id=who,
                category=Category.SCAM,
                flagged_on=date(2026, 3, 10),
            )
            for who in (self.lan, self.binh)
        ]
        verdict = Verdict(
            case_id=id_of(case),
            version=1,
            rating=Rating.SCAM,
            claim="Tặng quà khi đi bầu",
            explanation="Không có chương trình nào như vậy.",
            sources=["https://hoaan.example"],
            decided_by=self.lan,
            decided_at=self.club.clock.now(),
        )
        for flag in flags:
            await sealing.add(tx, flag, opening=WORDS)
        await self._add(tx, verdict)

    async def _questions(self, tx: Tx, number: int) -> None:
        now = self.club.clock.now()
        asked = Question(
            member_id=self.lan,
            announcement_id=number,
            state=QuestionState.NEW,
            asked_at=now,
        )
        taken = Question(
            member_id=self.binh,
            state=QuestionState.ANSWERED,
            asked_at=now,
            officer_id=self.lan,
            ended_at=now,
        )
        published = PublicAnswer(
            announcement_id=number,
            question="Mấy giờ mở cửa?",
            answer="7 giờ.",
            officer_id=self.lan,
            published_at=now,
        )
        await sealing.add(tx, asked, text=WORDS)
        await sealing.add(tx, taken, text="Mấy giờ mở cửa?", answer="7 giờ.")
        await self._add(tx, published)

    async def _meetings(self, tx: Tx) -> None:
        """Two meetings that both come to; each wrote one and approved the other's."""
        for author, approver in ((self.lan, self.binh), (self.binh, self.lan)):
            meeting = await self._meeting(tx, author, approver)
            for who in (self.lan, self.binh):
                rsvp = await rsvps.answer(tx, meeting, who, RsvpAnswer.YES)
                await tickets.of(tx, rsvp)
                await feedback.give(tx, rsvp, Ratings(5, 4, 3), "Rất bổ ích")
                await tickets.admit(tx, id_of(meeting), "", who)

    async def _meeting(self, tx: Tx, author: int, approver: int) -> Meeting:
        now = self.club.clock.now()
        meeting = Meeting(
            state=MeetingState.OPEN,
            content={"title": "Họp báo"},
            begins_at=now,
            ends_at=now,
            author_id=author,
            proposer_id=author,
            proposal={"title": WORDS if author == self.lan else "Họp báo"},
            approver_id=approver,
            calendar_uid=f"{author}{self.mark}",
            changed_at=now,
        )
        await self._add(tx, meeting)
        papers = MeetingPapers(
            meeting_id=id_of(meeting),
            version=1,
            content={"text": "Biên bản"},
            state=PapersState.PUBLISHED,
            author_id=author,
            approver_id=approver,
            published_at=now,
        )
        await self._add(tx, papers)
        return meeting

    async def _membership(self, tx: Tx) -> None:
        now = self.club.clock.now()
        reasons = ((self.lan, self.binh, WORDS), (self.binh, self.lan, "Gửi tin quảng cáo"))
        suspended = []
        for who, by, reason in reasons:
            one = Suspension(member_id=who, suspended_by=by, suspended_at=now, lifted_at=now)
            await sealing.add(tx, one, reason=reason)
            suspended.append(id_of(one))
        for number, by, text in zip(
            suspended, (self.binh, self.lan), (WORDS, "Tôi nhầm"), strict=True
        ):
            appeal = Appeal(
                suspension_id=number, made_at=now, decided_at=now, decided_by=by, lifted=True
            )
            await sealing.add(tx, appeal, text=text, answer="Đã xem lại")
        for who, by, text in (
            (self.lan, self.binh, WORDS),
            (self.binh, self.lan, "Sai địa bàn"),
        ):
            request = DataRequest(
                member_id=who,
                kind=RequestKind.CORRECTION,
                asked_at=now,
                respond_by=now,
                finish_by=now,
                answered_at=now,
                officer_id=by,
            )
            await sealing.add(tx, request, text=text, answer="Đã sửa")

    async def _add(self, tx: Tx, *rows: SQLModel) -> None:
        tx.session.add_all(rows)
        await tx.session.flush()


async def add_one_row_per_table(club: ClubInATest) -> tuple[Phone, Phone]:
    """Writes the rows; returns the phones of Lan, whom they are about, and of Bình."""
    binh = await club.officer("Bình", owner=True)
    lan = await club.officer(NAME, owner=True)
    await club.in_write(OneRowPerTable(club, lan, binh).write)
    return lan, binh
