"""What everybody may read of the club's verdicts, when the club wants it."""

import json
import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event

from bot.web import server
from bot.web.health import Health
from bot.web.signed_files import Files
from bot.web.verdicts import VerdictPages
from storage.database import Tx, id_of
from storage.models import Case, CaseState, Category, Rating, Verdict
from tests.support import CLAIM, EXPLANATION, SOURCE, ClubInATest, Phone, decided, flag

Ask = TestClient[web.Request, web.Application]


async def _no_file(_file: str, _most: int) -> bytes:
    raise AssertionError("no file is asked for here")


def _site(club: ClubInATest, *, public: bool) -> server.Site:
    files = Files(club.store, _no_file, "")
    pages = VerdictPages(club.store, club.settings, "https://bot.example.vn/")
    return server.build(Health({}), {}, files, pages if public else None)


@pytest.fixture
async def reader(club: ClubInATest) -> AsyncIterator[Ask]:
    async with TestClient(TestServer(_site(club, public=True))) as client:
        yield client


async def test_nobody_reads_them_unless_the_club_wants_it(club: ClubInATest) -> None:
    async with TestClient(TestServer(_site(club, public=False))) as client:
        for path in ("/verdicts", "/verdicts.jsonld"):
            assert (await client.get(path)).status == 404


async def test_a_verdict_stands_there_without_anybodys_name(club: ClubInATest, reader: Ask) -> None:
    minh, lan = await club.officer("Minh Cán Bộ"), await club.member("Trần Thị Lan")
    await flag(lan)
    code = await decided(minh, club)
    page = await (await reader.get("/verdicts")).text()
    for said in (CLAIM, EXPLANATION, SOURCE, "Lừa đảo", code):
        assert said in page
    assert "Minh Cán Bộ" not in page
    assert "Trần Thị Lan" not in page
    assert "500.000" not in page, "the flagged words themselves are not spread"


async def test_programs_read_it_as_claim_reviews(
    club: ClubInATest, reader: Ask, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    answer = await reader.get("/verdicts.jsonld")
    assert answer.content_type == "application/ld+json"
    (review,) = json.loads(await answer.text())["@graph"]
    assert review["@type"] == "ClaimReview"
    assert review["url"] == f"https://bot.example.vn/verdicts?case={code}"
    assert (review["datePublished"], review["reviewRating"]["ratingValue"]) == ("2026-03-10", 1)
    assert (review["reviewRating"]["alternateName"], review["citation"]) == ("Lừa đảo", [SOURCE])
    page = await (await reader.get("/verdicts")).text()
    embedded = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert embedded
    assert json.loads(embedded[1])["@graph"] == [review]


async def test_only_the_newest_version_counts(
    club: ClubInATest, reader: Ask, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    code = await decided(minh, club)
    await minh.presses_action(f"casetake:{code}")
    await minh.presses("Kết luận", "Đúng")
    for _ in range(3):
        await minh.presses("Giữ nguyên")
    await minh.presses("Gửi kết luận")
    (review,) = json.loads(await (await reader.get("/verdicts.jsonld")).text())["@graph"]
    assert review["reviewRating"]["alternateName"] == "Đúng"


async def test_what_an_officer_writes_cannot_break_the_page(
    reader: Ask, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await minh.presses_action(f"casetake:{(await _code(minh))}")
    await minh.presses("Kết luận", "Lừa đảo")
    await minh.says("</script><script>alert(1)</script>", EXPLANATION, SOURCE)
    await minh.presses("Gửi kết luận")
    page = await (await reader.get("/verdicts")).text()
    assert "<script>" not in page
    assert "&lt;/script&gt;" in page


async def _code(minh: Phone) -> str:
    await minh.says("/choxuly")
    action = next(b.action for b in minh.buttons if b.action.startswith("case:"))
    return action.partition(":")[2]


async def test_a_verdict_that_ran_out_says_so(
    club: ClubInATest, reader: Ask, minh: Phone, lan: Phone
) -> None:
    await flag(lan)
    await minh.presses_action(f"casetake:{(await _code(minh))}")
    await minh.presses("Kết luận", "Lừa đảo")
    for words in (CLAIM, EXPLANATION, SOURCE):
        await minh.says(words)
    await minh.presses("Thời hạn")
    await minh.says("15/3")
    await minh.presses("Gửi kết luận")
    assert "hết hiệu lực" not in await (await reader.get("/verdicts")).text()
    club.clock.advance(days=6)
    assert "hết hiệu lực" in await (await reader.get("/verdicts")).text()


@pytest.mark.parametrize("page", ["1", "x", "-1", "999999999999", "٣"])
async def test_any_page_number_is_answered(club: ClubInATest, reader: Ask, page: str) -> None:
    assert (await reader.get("/verdicts", params={"page": page})).status == 200


async def _add_verdicts(tx: Tx, count: int, club: ClubInATest) -> None:
    """Verdicts on cases of their own, each a minute older than the one before."""
    for number in range(count):
        case = Case(
            code=f"K{number}",
            state=CaseState.DECIDED,
            category=Category.SCAM,
            opened_on=date(2026, 3, 10),
            verdict_version=1,
        )
        tx.session.add(case)
        await tx.session.flush()
        verdict = Verdict(
            case_id=id_of(case),
            version=1,
            rating=Rating.SCAM,
            claim=f"Tin số {number}",
            explanation=EXPLANATION,
            sources=[SOURCE],
            decided_at=club.clock.now() - timedelta(minutes=number),
        )
        tx.session.add(verdict)


async def test_the_pages_link_to_each_other_below_any_path(club: ClubInATest, reader: Ask) -> None:
    await club.in_write(_add_verdicts, 101, club)
    links = [
        re.findall(r'<a href="([^"]*page=[^"]*)"', await (await reader.get(path)).text())
        for path in ("/verdicts", "/verdicts?page=1", "/verdicts?page=2")
    ]
    assert links == [
        ["?page=1&amp;lang=vi"],
        ["?page=0&amp;lang=vi", "?page=2&amp;lang=vi"],
        ["?page=1&amp;lang=vi"],
    ]


async def test_a_full_last_page_leads_nowhere(club: ClubInATest, reader: Ask) -> None:
    await club.in_write(_add_verdicts, 50, club)
    page = await (await reader.get("/verdicts")).text()
    assert page.count("<article") == 50
    assert "page=1" not in page


async def test_the_address_of_a_review_shows_it_whatever_came_later(
    club: ClubInATest, reader: Ask
) -> None:
    await club.in_write(_add_verdicts, 60, club)
    answer = await reader.get("/verdicts.jsonld", params={"page": "1"})
    review = json.loads(await answer.text())["@graph"][-1]
    assert review["claimReviewed"] == "Tin số 59"
    page = await (await reader.get(review["url"].removeprefix("https://bot.example.vn"))).text()
    assert re.findall("<h2>(.*?)</h2>", page) == ["Tin số 59"]
    assert '<a href="?page=0&amp;lang=vi">Tất cả kết luận</a>' in page


@pytest.mark.parametrize("code", ["", "K", "' OR 1=1", "K0"])
async def test_any_case_number_is_answered(reader: Ask, code: str) -> None:
    answer = await reader.get("/verdicts", params={"case": code})
    assert answer.status == 200
    assert "Chưa có kết luận" in await answer.text()


async def test_a_page_counts_no_verdicts(club: ClubInATest, reader: Ask) -> None:
    """A count reads the whole table, which everybody could have done again and again."""
    said: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        said.append(statement.lower())

    engine = club.store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    await reader.get("/verdicts")
    event.remove(engine, "before_cursor_execute", note)
    assert any("from verdict" in one or "join verdict" in one for one in said)
    assert not any("count(" in one for one in said)
