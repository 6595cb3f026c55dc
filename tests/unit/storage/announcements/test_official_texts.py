"""The index of official texts follows what goes out, on both databases."""

from dataclasses import replace

from sqlmodel import func, select

from storage.announcements import announcements, official_texts
from storage.announcements.official_texts import CANDIDATES, KnownText, NewText
from storage.database.engine import Store, Tx
from storage.database.vault import link_key
from storage.maintenance import key_rotation
from storage.members import members
from storage.models import AnnouncementState, OfficialKind, OfficialTerm, Role
from storage.privacy import erasure
from tests.conftest import KEY
from tests.support import VOTING_DAY, ClubInATest, in_write, publish, publish_to
from tests.support.announcements.records import numbered

WORDS = "cu tri mang theo the cu tri hoac can cuoc den noi bo phieu"
NEW = NewText(
    kind=OfficialKind.ANNOUNCEMENT,
    version=1,
    language="vi",
    wording="{}",
    words=WORDS,
    is_public=True,
    media="own-1",
    card_shapes=("square",),
)


async def add(tx: Tx, *, is_public: bool = True, words: str = WORDS) -> tuple[int, str]:
    """An announcement that went out; its number and code."""
    author = await members.add(
        tx, messenger="telegram", chat=f"c{tx.ids.number()}", name="Thu", role=Role.OFFICER,
        language="vi", area=None,
    )  # fmt: skip
    announcement = await announcements.start(tx, author.id or 0)
    announcement.state = AnnouncementState.SCHEDULED
    await announcements.go_out(tx, announcement)
    announcement.state = AnnouncementState.SENT
    new = replace(NEW, announcement_id=announcement.id, is_public=is_public, words=words)
    return announcement.id or 0, await official_texts.add(tx, new)


async def found(tx: Tx, words: str = WORDS) -> list[KnownText]:
    return await official_texts.candidates(tx, words, None)


async def test_it_is_found_by_words_code_file_and_once(store: Store) -> None:
    async with store.write() as tx:
        number, code = await add(tx)
        again = await official_texts.add(tx, replace(NEW, announcement_id=number))
        assert again == code
        (known,) = await found(tx, "mang theo the cu tri")
        assert known.announcement == numbered(number)
        assert known.is_current
        by_code = await official_texts.with_code(tx, code.lower(), None)
        assert by_code == known
        assert await official_texts.with_media(tx, ["own-1"], None) == [known]
        assert await official_texts.with_media(tx, ["own-2", ""], None) == []
        assert await found(tx, "trời hôm nay đẹp quá") == []


async def test_most_terms_in_common_come_first_then_the_newest(store: Store) -> None:
    async with store.write() as tx:
        for _ in range(CANDIDATES):
            await add(tx)
        longest, _ = await add(tx, words=f"{WORDS} truoc bay gio toi")
        known = await found(tx, f"{WORDS} truoc bay gio toi")
        assert len(known) == CANDIDATES
        assert known[0].announcement == numbered(longest)
        assert [one.id for one in known[1:]] == sorted((one.id for one in known[1:]), reverse=True)


async def test_a_version_a_recall_and_visibility_count_at_once(store: Store) -> None:
    async with store.write() as tx:
        number, code = await add(tx)
        hidden, hidden_code = await add(tx, is_public=False)
        assert [one.announcement for one in await found(tx)] == [numbered(number)]
        assert await official_texts.with_code(tx, hidden_code, None) is None
        announcement = await announcements.lock(tx, number)
        assert announcement
        announcement.version = 2
        await tx.session.flush()
        old = await official_texts.with_code(tx, code, None)
        assert old
        assert not old.is_current
        announcements.transition(announcement, AnnouncementState.RECALLED)
        await tx.session.flush()
        recalled = await official_texts.with_code(tx, code, None)
        assert recalled
        assert recalled.is_recalled
        assert hidden


async def test_a_member_finds_what_reached_them_while_that_is_known(club: ClubInATest) -> None:
    lan, binh = await club.member("Lan"), await club.member("Bình")
    await publish_to(club, [lan], replace(VOTING_DAY, officers_only=True))
    words = "cu tri mang theo the cu tri hoac can cuoc"
    async with club.reading() as tx:
        assert await official_texts.candidates(tx, words, lan.member_id)
        assert await official_texts.candidates(tx, words, binh.member_id) == []
        assert await official_texts.candidates(tx, words, None) == []
    async with club.store.write() as tx:
        await erasure.erase(tx, await members.get(tx, lan.member_id))
    assert await club.in_read(official_texts.candidates, words, lan.member_id) == []


async def test_erasing_the_author_leaves_what_went_out(club: ClubInATest) -> None:
    number = await publish(club)
    async with club.store.write() as tx:
        announcement = await announcements.find(tx, number)
        assert announcement
        assert announcement.author_id
        await erasure.erase(tx, await members.get(tx, announcement.author_id))
    await erasure.finish(club.store)
    assert await club.in_read(official_texts.code_of_current, number, "vi")


async def test_it_is_found_under_a_new_key_and_codes_stay(store: Store) -> None:
    number, code = await in_write(store, add)
    store.vault.hold(bytes(range(1, 33)), KEY)
    assert await key_rotation.rekey(store) == 0
    store.vault.hold(bytes(range(1, 33)), links=[link_key(KEY)])
    async with store.write() as tx:
        (known,) = await found(tx)
        assert (known.announcement, known.code) == (numbered(number), code)
        assert await official_texts.with_code(tx, code, None) == known
        assert await official_texts.with_media(tx, ["own-1"], None) == [known]
        terms = (await tx.session.exec(select(func.count()).select_from(OfficialTerm))).one()
        assert terms == len(WORDS.split()) - 2


async def test_other_rules_of_normalisation_index_it_again(store: Store) -> None:
    async with store.write() as tx:
        await add(tx)
        (known,) = await official_texts.after(tx, 0, many=10)
        await official_texts.reindex(tx, known.id, "hoan toan khac voi truoc")
        assert await found(tx) == []
        assert await found(tx, "hoan toan khac") == [known]
        assert await official_texts.after(tx, known.id, many=10) == []


async def test_a_card_is_drawn_once(store: Store) -> None:
    async with store.write() as tx:
        await add(tx)
        due = await official_texts.undrawn_picture(tx)
        assert due
        await official_texts.store_card_hash(tx, due[0].id, due[1], "ab" * 32)
        assert await official_texts.undrawn_picture(tx) is None
        assert await official_texts.card_hashes(tx, None) == [(due[0].id, "ab" * 32)]
