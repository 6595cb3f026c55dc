"""What members do shows on officers' screens only at fixed times: nobody sees it happen."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import col

from bot.web.metrics import Engines, Metrics, UpdateCounters
from bot.workers.pool import Pool
from bot.workers.settings import WorkerSettings
from handlers.deciding.reminders import notify_new_cases
from handlers.flagging.category import recount_due
from handlers.messages import Reply
from handlers.reports.refresh_totals import BatchCounts
from scheduler.digests import officer_digest
from storage.database.batch_settings import BatchSettings
from storage.database.engine import Store
from storage.database.ids import RandomIds, id_of
from storage.database.vault import Vault
from storage.models import CaseState, Delivery, DeliveryState, Mailing, MailingKind, MailingState
from storage.reports import batch_totals
from tests.conftest import KEY
from tests.support import (
    ANSWERS,
    RUMOUR,
    ClubInATest,
    ManualClock,
    Phone,
    begin_stepwise,
    decided,
    flag,
    publish,
    publish_copies,
    the_cases,
    write_verdict,
)
from tests.support.databases import PostgresqlTestDatabase, SqliteTestDatabase
from tests.support.hypothesis_profiles import examples

OTHER = "Bệnh viện tỉnh phát thuốc chữa ung thư miễn phí cho người gọi tới trước thứ Sáu"
THIRD = "Từ ngày mai cầu Sông Ngọc cấm mọi loại xe trong ba tháng, ai đi qua bị phạt nặng"
FRAUD = "Nhận quà tri ân tại https://qua-tri-an.example/nhan, chỉ hôm nay"
SECOND = timedelta(seconds=1)


async def begin_batch(club: ClubInATest) -> None:
    """The timetable counts what officers see from now on."""
    await BatchCounts(club.store, club.settings).count_due()
    await club.in_write(recount_due, club.settings)


async def counted(officer: Phone) -> str:
    await officer.says("/choxuly")
    return officer.last.splitlines()[0]


@pytest.mark.parametrize("messenger", ["telegram", "zalo"])
async def test_a_flag_is_in_the_queue_when_its_batch_is_over_and_not_a_moment_before(
    club_in_batches: ClubInATest, messenger: str
) -> None:
    minh, lan = (
        await club_in_batches.officer("Minh"),
        await club_in_batches.member("Lan", messenger=messenger),
    )
    empty = await counted(minh)
    club_in_batches.clock.advance(minutes=29, seconds=59)
    await lan_flags(lan, RUMOUR)
    assert await counted(minh) == empty
    club_in_batches.clock.advance(
        seconds=1
    )  # the batch's end, which the next flag does not belong to
    first = await counted(minh)
    assert first != empty
    await lan_flags(lan, OTHER)
    assert await counted(minh) == first
    club_in_batches.clock.advance(minutes=29, seconds=59)
    assert await counted(minh) == first
    club_in_batches.clock.advance(seconds=1)
    assert await counted(minh) != first


async def lan_flags(phone: Phone, text: str) -> None:
    """By taps, or by the numbers that stand for them where there are no buttons."""
    await flag(phone, text)
    assert await the_cases(phone.club)


async def test_who_sends_the_same_is_counted_with_the_batch(club_in_batches: ClubInATest) -> None:
    minh = await club_in_batches.officer("Minh")
    await flag(await club_in_batches.member("Lan"))
    club_in_batches.clock.advance(minutes=30)
    await minh.says("/choxuly")
    before = minh.last
    await flag(await club_in_batches.member("Hoa"))
    await minh.says("/choxuly")
    assert minh.last == before
    club_in_batches.clock.advance(minutes=30)
    await minh.says("/choxuly")
    assert minh.last != before
    assert "2 người" in minh.last


async def test_officers_are_told_of_a_wave_at_the_end_of_its_batch(
    club_in_batches: ClubInATest,
) -> None:
    await club_in_batches.officer("Minh")
    await flag(await club_in_batches.member("Lan"))
    club_in_batches.clock.advance(minutes=29, seconds=59)
    assert await club_in_batches.in_write(notify_new_cases, club_in_batches.settings) == 0
    club_in_batches.clock.advance(seconds=1)
    assert await club_in_batches.in_write(notify_new_cases, club_in_batches.settings) == 1


async def test_who_flags_sees_it_at_once(club_in_batches: ClubInATest) -> None:
    lan = await club_in_batches.member("Lan")
    await flag(lan)
    (case,) = await the_cases(club_in_batches)
    assert case.code in lan.last
    await lan.says("/tindabao")
    assert case.code in lan.last


async def test_a_code_that_a_member_passes_on_opens_nothing_before(
    club_in_batches: ClubInATest,
) -> None:
    minh = await club_in_batches.officer("Minh")
    await flag(await club_in_batches.member("Lan"))
    (case,) = await the_cases(club_in_batches)
    await minh.presses_action(f"case:{case.code}")
    assert "Lừa đảo" not in " ".join(message.text for message in minh.messages.values())
    club_in_batches.clock.advance(minutes=30)
    await minh.presses_action(f"case:{case.code}")
    assert case.code in minh.last


async def test_an_officer_who_tries_a_post_out_does_not_learn_that_it_was_sent_in(
    club_in_batches: ClubInATest,
) -> None:
    minh, ha = await club_in_batches.officer("Minh"), await club_in_batches.officer("Hà")
    nobody_sent_it = {}
    for text in (RUMOUR, f"{RUMOUR} nhé bà con"):
        await ha.says(text, forwarded=True)
        nobody_sent_it[text] = ha.last
        await ha.says("/huy")
    await flag(await club_in_batches.member("Lan"))
    for text, unsent in nobody_sent_it.items():
        await minh.says(text, forwarded=True)
        assert minh.last == unsent
        await minh.says("/huy")
    await minh.says(RUMOUR, forwarded=True)
    await minh.presses("Gửi kiểm tra", "Lừa đảo")
    (case,) = await the_cases(club_in_batches)  # the same case all the same
    assert case.flags == 2


async def test_a_merged_case_shows_the_sum_of_what_was_seen_until_the_batch_is_over(
    club_in_batches: ClubInATest,
) -> None:
    minh, lan = await club_in_batches.officer("Minh"), await club_in_batches.member("Lan")
    await flag(lan, RUMOUR)
    await flag(lan, OTHER)
    club_in_batches.clock.advance(minutes=30)
    await flag(await club_in_batches.member("Hoa"), RUMOUR)
    one, other = await the_cases(club_in_batches)
    await minh.presses_action(f"casetake:{one.code}")
    await minh.presses_action(f"casetake:{other.code}")
    await minh.presses_action(f"casemergeyes:{one.code}:{other.code}")
    assert "Số người báo: 2" in minh.last  # Lan, once for each; nothing of Hoa yet
    club_in_batches.clock.advance(minutes=30)
    await minh.presses_action(f"case:{other.code}")
    assert "Số người báo: 2" in minh.last  # Lan once, and Hoa
    assert (await the_cases(club_in_batches))[1].flags == 2


async def test_how_many_an_announcement_is_for_changes_with_the_batch(
    club_in_batches: ClubInATest,
) -> None:
    minh = await club_in_batches.officer("Minh")
    phones = [await club_in_batches.member(f"Hội viên {n}") for n in range(7)]
    await begin_batch(club_in_batches)
    await begin_stepwise(minh)
    for act, words in ANSWERS.values():
        await getattr(minh, act)(words)
    before = await preview(minh)
    await phones[0].says("/ngungnhan")
    assert await preview(minh) == before
    club_in_batches.clock.advance(minutes=29, seconds=59)
    await begin_batch(club_in_batches)
    assert await preview(minh) == before
    club_in_batches.clock.advance(seconds=1)
    await begin_batch(club_in_batches)
    assert await preview(minh) == before.replace("8 người", "7 người") != before


async def preview(officer: Phone) -> str:
    await officer.presses_action("approval-see:1")
    return next(text for text in _texts(officer) if "Gửi cho" in text)


def _texts(phone: Phone) -> list[str]:
    return [message.text for message in reversed(phone.messages.values())]


async def test_where_everything_shows_at_once_a_flag_does(club: ClubInATest, minh: Phone) -> None:
    empty = await counted(minh)
    await flag(await club.member("Lan"))
    assert await counted(minh) != empty


@pytest.mark.parametrize("minutes", [-60, -30, -1, 7, 25, 45, 61, 90, 120])
def test_batches_that_would_end_at_other_minutes_each_hour_are_not_possible(minutes: int) -> None:
    assert not BatchSettings(minutes).is_possible


@pytest.mark.parametrize("minutes", [0, 1, 5, 20, 30, 60])
def test_batches_end_at_the_same_minutes_of_each_hour(minutes: int) -> None:
    assert BatchSettings(minutes).is_possible


async def test_nobody_who_joins_or_stops_shows_between_two_looks_in_the_batch_in_which_it_went_out(
    club_in_batches: ClubInATest,
) -> None:
    minh = await club_in_batches.officer("Minh")
    phones = [await club_in_batches.member(f"Hội viên {n}") for n in range(14)]
    copies = [(phone, DeliveryState.SENT) for phone in phones[:7]]
    copies += [(phone, DeliveryState.FAILED) for phone in phones[7:]]
    number = await publish_copies(club_in_batches, copies)
    for n in range(5):
        await club_in_batches.member(f"Người mới {n}")
    looks = []
    for joined in ("Hoa", "Tâm"):
        await minh.presses_action(f"aftercare:{number}")
        looks.append((minh.last, [button.label for button in minh.buttons]))
        await club_in_batches.member(joined)
        await phones[0 if joined == "Hoa" else 1].says("/ngungnhan")
        await phones[12 if joined == "Hoa" else 13].says("/ngungnhan")
    await minh.presses_action(f"aftercare:{number}")
    looks.append((minh.last, [button.label for button in minh.buttons]))
    assert looks[0] == looks[1] == looks[2]
    club_in_batches.clock.advance(minutes=30)
    await begin_batch(club_in_batches)
    await minh.presses_action(f"aftercare:{number}")
    assert [button.label for button in minh.buttons] != looks[0][1]


async def test_how_many_a_recall_could_not_reach_is_counted_once_in_a_batch(
    club_in_batches: ClubInATest,
) -> None:
    phones = [await club_in_batches.member(f"Hội viên {n}") for n in range(14)]
    number = await publish_copies(
        club_in_batches, [(phone, DeliveryState.SENT) for phone in phones]
    )
    async with club_in_batches.store.write() as tx:
        recall = Mailing(
            kind=MailingKind.RECALL,
            subject="1",
            announcement_id=number,
            state=MailingState.DONE,
            lane=28,
            bodies={},
            created_at=tx.clock.now(),
        )
        tx.session.add(recall)
    for phone in phones[:6]:
        await phone.blocks()
    seen = [await beyond(club_in_batches, recall)]
    await phones[6].blocks()
    seen.append(await beyond(club_in_batches, recall))
    assert seen == [6, 6]
    club_in_batches.clock.advance(minutes=30)
    await begin_batch(club_in_batches)
    assert await beyond(club_in_batches, recall) == 7


async def beyond(club: ClubInATest, recall: Mailing) -> int:
    return await club.in_write(batch_totals.unreachable, recall)


async def test_how_many_can_be_written_to_is_counted_once_although_the_timetable_has_not_begun(
    club_in_batches: ClubInATest,
) -> None:
    minh = await club_in_batches.officer("Minh")
    phones = [await club_in_batches.member(f"Hội viên {n}") for n in range(7)]
    await begin_stepwise(minh)
    for act, words in ANSWERS.values():
        await getattr(minh, act)(words)
    before = await preview(minh)
    await phones[0].says("/ngungnhan")
    assert await preview(minh) == before


class Screens:
    """Everything an officer can look at, in a club where things have happened."""

    def __init__(self, store: Store, clock: ManualClock) -> None:
        self.club = ClubInATest(store, clock)

    async def open(self) -> None:
        club = self.club
        self.officer = await club.officer("Minh", owner=True)
        self.members = [
            await club.member(
                f"Hội viên {n}",
                area=("thi-xa", "song-ngoc", None)[n % 3],
                messenger=("telegram", "zalo")[n % 2],
            )
            for n in range(12)
        ]
        copies = {phone.member_id: DeliveryState.SENT for phone in self.members}
        self.number = await publish(club, copies=copies)
        for phone in self.members[:6]:
            await phone.presses_action(f"shared:{self.number}")
        await flag(self.members[0], RUMOUR)
        club.clock.advance(minutes=30)
        self.code = await decided(self.officer, club)
        await self._bring_everything()
        await flag(self.members[1], FRAUD)
        await flag(self.members[1], OTHER)
        await begin_stepwise(self.officer)
        for act, words in ANSWERS.values():
            await getattr(self.officer, act)(words)
        club.clock.advance(minutes=30)
        await self._judge()
        await self._ask_reporters()
        await begin_batch(club)

    async def _bring_everything(self) -> None:
        """The worker has sent what was queued."""
        async with self.club.store.write() as tx:
            queued = col(Delivery.state) == DeliveryState.QUEUED
            await tx.session.exec(update(Delivery).where(queued).values(state=DeliveryState.SENT))

    async def _judge(self) -> None:
        """An officer is about to say which links of a post are the fraud."""
        self.judge = await self.club.officer("Hà")
        cases = [c for c in await the_cases(self.club) if c.state is CaseState.NEW]
        self.fraud = min(cases, key=id_of).code
        await self.judge.presses_action(f"case:{self.fraud}")
        await self.judge.presses("Nhận xử lý")
        await write_verdict(self.judge)

    async def _ask_reporters(self) -> None:
        """An officer has asked those who flagged a case."""
        cases = [c for c in await the_cases(self.club) if c.state is CaseState.NEW]
        self.asked = min(cases, key=id_of).code
        await self.officer.presses_action(f"casetake:{self.asked}")
        await self.officer.presses_action(f"casequestion:{self.asked}")
        await self.officer.says("Tin này gửi ở nhóm nào?")
        await self.officer.presses("Gửi cho người đã báo")
        await self._bring_everything()

    async def read(self) -> list[Any]:
        """What stands there now, down to the buttons and the files."""
        codes = [case.code for case in await the_cases(self.club)]
        ways = [
            "queue:0", "queue:0:open:age", "queue:0:decided", "queuefilter:0:open:flags:any",
            "casefigures", *(f"case:{code}" for code in codes), *(f"casemore:{c}" for c in codes),
            f"statistics:{self.number}", f"aftercare:{self.number}", f"proofs:{self.number}",
            f"reach:{self.number}", "approval-see:2", f"recall:{self.number}", "sending-see:1",
            *(f"{way}:{code}" for code in codes for way in ("decidelinks", "casecard", "casehand")),
            *(f"casemerge:{code}" for code in codes), *(f"casesplit:{code}" for code in codes),
            "invite-new", "invites", *(f"caseanswers:{code}:0" for code in codes),
        ]  # fmt: skip
        seen: dict[str, Any] = {way: await self._shown(action=way) for way in ways}
        for way in (f"case:{self.fraud}", f"decidelinks:{self.fraud}"):
            seen[f"judge {way}"] = await self._shown(action=way, by=self.judge)
        said = [
            "/choxuly",
            "/thongke",
            "/tiendo",
            "/lich",
            "/choduyet",
            "/loimoi",
            "/start",
            "/trogiup",
        ]
        for words in [*said, *(f"/tracuu {text}" for text in (RUMOUR, OTHER, THIRD, FRAUD))]:
            seen[words] = await self._shown(words=words)
        for sheet in ("announcements", "deliveries", "shares", "cases"):
            await self.officer.presses_action(f"export:{sheet}:90")
            seen[sheet] = self.officer.drawings[-1]()
        seen["digest"] = await self.club.in_read(officer_digest.gather, self.club.settings)
        meters = UpdateCounters("1")
        metrics = Metrics(
            meters,
            Engines((), None, Pool(WorkerSettings()), None),
            self.club.store,
            self.club.settings,
        )
        body = (await metrics.answer(make_mocked_request("GET", "/metrics"))).body
        assert isinstance(body, bytes)
        text = body.decode()
        seen["metrics"] = [line for line in text.splitlines() if "_created" not in line]
        # A case that nobody may see yet has a code all the same: a forged button finds nothing.
        return [(way, shown) for way, shown in seen.items() if shown != self._NOTHING]

    _NOTHING: Any = ([], [])

    async def _shown(self, *, action: str = "", words: str = "", by: Phone | None = None) -> Any:
        officer = by or self.officer
        toasts = len(officer.toasts)
        answer = await officer.presses_action(action) if action else await officer.says(words)
        pieces = [piece.message for piece in answer if isinstance(piece, Reply) and piece.message]
        if action and len(officer.toasts) > toasts:
            return self._NOTHING
        return (
            [one.text for one in pieces],
            [[b.label for b in r] for p in pieces for r in p.rows],
        )

    async def do(self, action: str, who: int) -> None:
        """One of the things a member can do."""
        phone = self.members[who]
        match action:
            case "flag known" | "flag decided":
                await self._flag(phone, RUMOUR if action == "flag decided" else OTHER)
            case "flag new":
                await self._flag(phone, THIRD)
            case "flag fraud":
                await self._flag(phone, FRAUD.replace("hôm nay", "trong tuần"))
            case "flag alike":
                await self._flag(phone, OTHER.replace("thứ Sáu", "thứ Bảy"))
            case "share" | "takeback" | "notforme" | "shared":
                await phone.presses_action(f"{action}:{self.number}")
            case "vote":
                await self.members[1].presses_action(f"flag-as:{self.asked}:rumour")
            case "answer":
                await self.members[1].presses_action("flag-answer:1")
                await self.members[1].says("Ở nhóm cư dân tổ 5")
            case "stop":
                await phone.says("/ngungnhan")
            case "move":
                await phone.presses_action("set-area:pick:song-ngoc")

    async def _flag(self, phone: Phone, text: str) -> None:
        await phone.says(text, forwarded=True)
        for label in (
            "Không phải tin nào ở trên",
            "Tôi cũng báo tin này",
            "Gửi",
            "Lừa đảo",
            "Đúng tin",
        ):
            if any(label in button.label for button in phone.buttons):
                await phone.presses(label)


ACTIONS = [
    "flag known", "flag decided", "flag new", "flag alike", "flag fraud", "share", "shared", "takeback",
    "notforme", "vote", "answer", "stop", "move",
]  # fmt: skip


async def test_between_two_batches_every_screen_of_an_officer_reads_the_same_whatever_members_do(
    empty_database: SqliteTestDatabase | PostgresqlTestDatabase,
) -> None:
    loop = asyncio.get_running_loop()

    @settings(
        max_examples=examples(1),
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 11)), min_size=1, max_size=8),
        st.integers(0, 29),
    )
    @example([(action, (2 + place) % 12) for place, action in enumerate(ACTIONS)], 20)
    @example([("flag decided", 2), ("stop", 0), ("share", 0), ("flag new", 6)], 6)
    @example([("shared", 7), ("takeback", 7), ("takeback", 1), ("stop", 1)], 29)
    def nobody_sees(actions: list[tuple[str, int]], minutes: int) -> None:
        asyncio.run_coroutine_threadsafe(_play(empty_database, actions, minutes), loop).result()

    await asyncio.to_thread(nobody_sees)
    await empty_database.leave()


async def _play(
    empty_database: SqliteTestDatabase | PostgresqlTestDatabase,
    actions: list[tuple[str, int]],
    minutes: int,
) -> None:
    await empty_database.leave()
    await empty_database.empty()
    clock = ManualClock()
    screens = Screens(Store(empty_database.engine, Vault(KEY), clock, RandomIds()), clock)
    await screens.open()
    clock.advance(minutes=minutes)
    await screens.read()  # an officer's own actions, such as exports, are behind us
    before = await screens.read()
    for action, who in actions:
        await screens.do(action, who)
    await begin_batch(screens.club)
    assert f"judge decidelinks:{screens.fraud}" in dict(before)
    assert await screens.read() == before


@pytest.fixture
async def screens(store: Store, clock: ManualClock) -> Screens:
    made = Screens(Store(store.engine, store.vault, clock, store.ids), clock)
    await made.open()
    return made


async def test_every_kind_of_action_shows_when_the_batch_is_over(screens: Screens) -> None:
    before = await _without_ages(screens)
    for action in ACTIONS:
        for who in range(6, 12):
            await screens.do(action, who)
        screens.club.clock.advance(minutes=30)
        await begin_batch(screens.club)
        after = await _without_ages(screens)
        # The first shows nowhere; areas are too small here to be told apart.
        assert (after != before) == (action not in {"notforme", "move"}), action
        before = after


async def _without_ages(screens: Screens) -> dict[str, Any]:
    return {way: shown for way, shown in await screens.read() if way != "metrics"}
