"""A flagged post finds the case it belongs to, and never one that says something else."""

import io
import random

from PIL import Image
from sqlmodel import select

from handlers.flagging import reindex
from handlers.flagging.matching import look_up
from handlers.flagging.post import FlaggedPost, pack
from handlers.messages import Media, MediaKind
from handlers.recognition.normalization import RULES
from handlers.recognition.pictures.perceptual_hash import perceptual_hash
from handlers.worker_tasks import at_once
from storage.cases import posts
from storage.cases.posts import Flagged
from storage.cases.search import similar_posts
from storage.database.engine import Store, Tx
from storage.database.ids import id_of
from storage.models import Case, CasePost, Category
from tests.support.case_actions import POST, RUMOUR, SAME_POST

BARE = "cong an yeu cau moi nguoi nop 500.000 dong de cap nhat vneid truoc ngay 15/3"
PAGE = "https://the-cu-tri.example/nop"
PHOTO = Media(MediaKind.PHOTO, file="f", unique="u")


async def opened(tx: Tx, post: FlaggedPost) -> Case:
    """The case that the first flag of a post opens."""
    on = tx.clock.now().date()
    made = await posts.open_case(
        tx, Flagged(post.keys, Category.SCAM, pack(post), on, post.reading)
    )
    assert made
    return made[0]


async def test_the_same_words_find_their_case_however_they_are_typed(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(RUMOUR))
        for typed in (RUMOUR.upper() + "!!! 🔥", BARE, f"Chuyển tiếp từ: Tin Nóng\n{RUMOUR}"):
            assert (await look_up(tx, FlaggedPost(typed), at_once)).case == case


async def test_another_amount_is_asked_about_and_shown(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(RUMOUR))
        found = await look_up(tx, FlaggedPost(RUMOUR.replace("500.000", "900.000")), at_once)
        assert found.case is None
        (likeness,) = found.similar
        assert likeness.case == case
        assert likeness.differs == (("500.000", "900.000"),)


async def test_a_known_picture_with_other_words_under_it_is_only_similar(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(RUMOUR, media=(PHOTO,)))
        assert (await look_up(tx, FlaggedPost("", media=(PHOTO,)), at_once)).case == case
        found = await look_up(
            tx, FlaggedPost(RUMOUR.replace("500.000", "900.000"), media=(PHOTO,)), at_once
        )
        assert found.case is None
        assert [one.case for one in found.similar] == [case]


async def test_a_link_is_the_post_whatever_is_said_beside_it(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost("", links=(POST,)))
        assert (
            await look_up(tx, FlaggedPost("Có thật không ạ?", links=(SAME_POST,)), at_once)
        ).case == case


async def test_the_address_a_post_sends_people_to_is_asked_about(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(f"{RUMOUR} tại {PAGE}"))
        await opened(tx, FlaggedPost(f"{RUMOUR.replace('500', '900')} tại {PAGE}/khac"))
        found = await look_up(
            tx, FlaggedPost(f"Trang này thật không? {PAGE}?utm_source=zalo"), at_once
        )
        assert found.case is None
        assert [one.case for one in found.similar] == [case]
        assert not (await look_up(tx, FlaggedPost(f"{PAGE}-khac"), at_once)).similar


async def test_a_post_that_sends_people_to_a_known_address_is_asked_about(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(PAGE))
        found = await look_up(tx, FlaggedPost(f"{RUMOUR} tại {PAGE}"), at_once)
        assert found.case is None
        assert [one.case for one in found.similar] == [case]
        assert not (await look_up(tx, FlaggedPost(f"{RUMOUR} tại {PAGE}-khac"), at_once)).similar


async def test_of_several_addresses_the_case_of_the_first_comes_first(store: Store) -> None:
    async with store.write() as tx:
        one, other, again = [await opened(tx, FlaggedPost(f"{PAGE}/{n}")) for n in range(3)]
        of_the_third = select(CasePost).where(CasePost.case_id == again.id)
        (await tx.session.exec(of_the_third)).one().case_id = id_of(one)
        found = await look_up(
            tx, FlaggedPost(" ".join([RUMOUR, *(f"{PAGE}/{n}" for n in range(3))])), at_once
        )
        assert [alike.case for alike in found.similar] == [one, other]


async def test_no_more_than_five_addresses_of_one_text_are_looked_for(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(PAGE))
        others = [f"https://trang-{number}.example/" for number in range(5)]
        fifth, sixth = [*others[:4], PAGE], [*others, PAGE]
        found = await look_up(tx, FlaggedPost(" ".join([RUMOUR, *fifth])), at_once)
        assert [one.case for one in found.similar] == [case]
        assert not (await look_up(tx, FlaggedPost(" ".join([RUMOUR, *sixth])), at_once)).similar


async def test_a_picture_that_looks_the_same_is_asked_about(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(media=(PHOTO,), picture_hashes=(picture_hash(1),)))
        again = Media(MediaKind.PHOTO, file="g", unique="another")
        found = await look_up(
            tx, FlaggedPost(media=(again,), picture_hashes=(picture_hash(1),)), at_once
        )
        assert found.case is None
        assert [one.case for one in found.similar] == [case]
        assert not (
            await look_up(
                tx, FlaggedPost(media=(again,), picture_hashes=(picture_hash(2),)), at_once
            )
        ).similar


def picture_hash(seed: int) -> str:
    """The perceptual hash of a made-up picture."""
    chance, file = random.Random(seed), io.BytesIO()
    blotches = bytes(chance.randrange(256) for _ in range(48))
    Image.frombytes("L", (8, 6), blotches).resize((160, 120)).save(file, "PNG")
    return perceptual_hash(file.getvalue())


async def test_what_is_erased_is_found_no_more(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(RUMOUR))
        await posts.erase(tx, case)
        found = await look_up(tx, FlaggedPost(RUMOUR), at_once)
        assert (found.case, found.similar) == (None, [])
        assert await similar_posts.count(tx) == 0


async def test_an_index_of_other_rules_is_made_anew_at_the_start(store: Store) -> None:
    async with store.write() as tx:
        case = await opened(tx, FlaggedPost(RUMOUR))
        await similar_posts.clear(tx)
        await similar_posts.set_rules_version(tx, RULES - 1)
    await reindex.keep_current(store)
    async with store.read() as tx:
        assert await similar_posts.rules_version(tx) == RULES
        (likeness,) = (
            await look_up(tx, FlaggedPost(RUMOUR.replace("500", "600")), at_once)
        ).similar
        assert likeness.case.id == case.id


async def test_an_index_of_these_rules_is_left_alone(store: Store) -> None:
    await reindex.keep_current(store)
    async with store.write() as tx:
        await opened(tx, FlaggedPost(RUMOUR))
        await similar_posts.clear(tx)
    await reindex.keep_current(store)
    async with store.read() as tx:
        assert await similar_posts.count(tx) == 0
