"""Two addresses are the same post only when that is certain; a look-alike is never the real one."""

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.recognition.addresses import KEY_CHARACTERS, Address, read, spans, untracked
from tests.support.paths import SHARED_DATA

MEASURED = SHARED_DATA / "urls/ytdlp_tests.jsonl"


def known(raw: str) -> Address:
    address = read(raw)
    assert address is not None
    return address


@pytest.mark.parametrize(
    ("key", "addresses"),
    [
        (
            "facebook:1035862816472149",
            [
                "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Ftinnong%2Fposts%2F1035862816472149",
                "https://m.facebook.com/login.php?next=https%3A%2F%2Fm.facebook.com%2Fstory.php%3Fstory_fbid%3D1035862816472149%26id%3D7&refsrc=deprecated",
                "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.facebook.com%2Freel%2F1035862816472149",
                "https://www.facebook.com/video/embed?video_id=1035862816472149",
                "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1035862816472149&width=500",
                "https://m.facebook.com/groups/123456789?view=permalink&id=1035862816472149",
                "https://www.facebook.com/#!/tinnong/posts/1035862816472149",
                "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Ffb.com%2Freel%2F1035862816472149&data=05",
                "https://www.facebook.com/tinnong/videos/vb.116132035111903/1035862816472149/?type=2&theater",
                "https://www.facebook.com/tinnong/photos/a.1/1035862816472149/?type=3&theater",
                "https://www.facebook.com/tinnong/photos/pcb.12345/1035862816472149",
                "https://www.facebook.com/groups/hoaan/?multi_permalinks=1035862816472149&notif_id=1",
                "https://www.facebook.com/watch/tinnong/1035862816472149/",
                "https://vi-vn.facebook.com/reel/1035862816472149?s=chYV2B&fs=e",
                "https://www.facebook.com/reels/1035862816472149",
                "https://l.messenger.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Freel%2F1035862816472149&h=A",
                "https://facebook.com/permalink.php?story_fbid=1035862816472149&id=7#",
                "https://www.facebook.com/story.php?id=7&story_fbid=1035862816472149&m_entstream_source=timeline",
                "https://www.facebook.com/photo.php?fbid=1035862816472149&set=pb.1.-2207520000&type=3",
                "https://www.facebook.com/100064/posts/1035862816472149",
                "HTTPS://WWW.FACEBOOK.COM/groups/hoaan/permalink/1035862816472149/",
                "https://m.facebook.com/story.php?story_fbid=1035862816472149&id=116132035111903",
                "https://www.facebook.com/tinnong/posts/1035862816472149?__cft__[0]=AZ&__tn__=R",
                "https://www.facebook.com/tinnong/posts/co-chu/1035862816472149/",
                "https://mbasic.facebook.com/groups/hoaan/permalink/1035862816472149/",
                "https://web.facebook.com/groups/12345/posts/1035862816472149/?app=fbl",
                "https://www.facebook.com/watch/?v=1035862816472149&mibextid=w8EBqM",
                "https://www.facebook.com/reel/1035862816472149",
                "https://www.facebook.com/photo/?fbid=1035862816472149&set=a.1",
                "https://l.facebook.com/l.php?u=https%3A%2F%2Ffacebook.com%2Freel%2F1035862816472149&h=A",
            ],
        ),
        (
            "tiktok:7107337212743830830",
            [
                "https://www.tiktok.com/@tinnong/video/7107337212743830830?_r=1&_t=8",
                "https://www.tiktok.com/@/video/7107337212743830830",
                "https://m.tiktok.com/i18n/share/video/7107337212743830830/",
                "https://www.tiktok.com/foryou?item_id=7107337212743830830",
                "https://www.tiktok.com/login?redirect_url=https%3A%2F%2Fwww.tiktok.com%2F%40tinnong%2Fvideo%2F7107337212743830830",
                "https://www.tiktok.com/player/v1/7107337212743830830",
                "https://us.tiktok.com/@tin.nong_24/video/7107337212743830830",
                "https://www.tiktok.com/@tinnong/video/7107337212743830830?is_from_webapp=1",
                "https://www.tiktok.com/@tinnong/photo/7107337212743830830",
                "https://m.tiktok.com/v/7107337212743830830.html",
                "https://www.tiktok.com/embed/v2/7107337212743830830",
            ],
        ),
        (
            "youtube:BaW_jenozKc",
            [
                "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DBaW_jenozKc%26feature%3Dshare",
                "https://music.youtube.com/watch?v=BaW_jenozKc&si=1",
                "https://www.youtube.com/watch?app=desktop&v=BaW_jenozKc",
                "https://youtube.com/shorts/BaW_jenozKc?feature=share",
                "https://youtu.be/BaW_jenozKc?t=1m",
                "https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DBaW_jenozKc&usg=1",
                "https://www.google.com.vn/url?q=https%3A%2F%2Fyoutu.be%2FBaW_jenozKc",
                "https://www.youtube.com/watch?v=BaW_jenozKc&t=1s&list=PL1",
                "https://www.YouTube.com/watch?feature=share&amp;amp;v=BaW_jenozKc",
                "youtu.be/BaW_jenozKc?si=abc",
                "https://m.youtube.com/shorts/BaW_jenozKc",
                "https://www.youtube-nocookie.com/embed/BaW_jenozKc",
                "https://www.youtube.com/live/BaW_jenozKc?feature=shared",
            ],
        ),
        (
            "instagram:BkfuX9UB-eK",
            [
                "https://www.instagram.com/accounts/login/?next=/p/BkfuX9UB-eK/",
                "https://l.instagram.com/?u=https%3A%2F%2Fwww.instagram.com%2Freel%2FBkfuX9UB-eK%2F&e=AT",
                "https://www.instagram.com/tin.nong/p/BkfuX9UB-eK/?img_index=2",
                "https://www.instagram.com/tv/BkfuX9UB-eK/",
                "https://instagram.com/p/BkfuX9UB-eK/?igsh=1",
                "https://www.instagram.com/tinnong/reel/BkfuX9UB-eK/",
                "https://www.instagram.com/reels/BkfuX9UB-eK/",
            ],
        ),
        (
            "threads:C8HHXUgvzXa",
            [
                "https://www.threads.com/@tin.nong/post/C8HHXUgvzXa?xmt=1&slof=1",
                "https://www.threads.net/t/C8HHXUgvzXa",
                "https://www.threads.net/@tinnong/post/C8HHXUgvzXa",
                "https://threads.com/t/C8HHXUgvzXa/?xmt=AQ",
            ],
        ),
        (
            "x:1349794411333394432",
            [
                "https://x.com/i/status/1349794411333394432",
                "https://twitter.com/a/status/1349794411333394432/video/1",
                "https://mobile.x.com/a/status/1349794411333394432?t=x&s=19",
                "https://twitter.com/tinnong/status/1349794411333394432?s=20",
                "https://mobile.twitter.com/i/web/status/1349794411333394432",
                "https://x.com/tinnong/status/1349794411333394432/photo/1",
            ],
        ),
        (
            "telegram:tinnong/613",
            [
                "https://t.me/tinnong/5/613",
                "https://t.me/tinnong/613?single&thread=5",
                "https://t.me/iv?url=https%3A%2F%2Ft.me%2Ftinnong%2F613&rhash=1",
                "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Ftinnong%2F613&text=xem",
                "https://telegram.dog/s/TINNONG/613",
                "https://t.me/tinnong/613",
                "t.me/s/TinNong/613",
                "https://telegram.me/tinnong/613?single",
            ],
        ),
        (
            "youtube:UgkxAbcDefGhIjKlMnOpQ",
            [
                "https://www.youtube.com/post/UgkxAbcDefGhIjKlMnOpQ?si=1",
                "https://www.youtube.com/channel/UC1/community?lb=UgkxAbcDefGhIjKlMnOpQ",
                "https://www.youtube.com/@tinnong/community?lb=UgkxAbcDefGhIjKlMnOpQ",
            ],
        ),
        (
            "telegram:c/1234567890/613",
            [
                "https://t.me/c/1234567890/613",
                "https://t.me/c/1234567890/5/613?single",
            ],
        ),
        (
            "zalo:g/abcdef123",
            ["https://zalo.me/g/abcdef123", "zalo.me/g/abcdef123?utm_source=zalo"],
        ),
    ],
)
def test_every_way_to_share_a_post_leads_to_its_one_key(key: str, addresses: list[str]) -> None:
    assert {known(address).key for address in addresses} == {key}
    kept = {known(address).kept for address in addresses}
    assert len(kept) == 1
    assert known(kept.pop()).key == key


def test_the_account_is_left_out_where_the_post_id_suffices() -> None:
    address = known("https://www.facebook.com/nguyenvana/posts/1035862816472149?fbclid=1")
    assert "nguyenvana" not in address.key + address.kept
    assert address.full == "https://www.facebook.com/nguyenvana/posts/1035862816472149"


@pytest.mark.parametrize(
    "look_alike",
    [
        "https://facebook.com.xac-thuc.top/a/posts/1035862816472149",
        "https://facebook.com@xac-thuc.top/a/posts/1035862816472149",
        "https://xac-thuc.top\\@facebook.com/a/posts/1035862816472149",
        "https://fаcebook.com/a/posts/1035862816472149",  # a Cyrillic а
        "https://notfacebook.com/a/posts/1035862816472149",
        "https://facebook.com.vn/a/posts/1035862816472149",
        "https://evil.top/l.php?u=https%3A%2F%2Ffacebook.com%2Freel%2F1035862816472149",
        "https://www.facebook.com.vn/sharer.php?u=https%3A%2F%2Ffb.com%2Freel%2F1035862816472149",
        "https://www.facebook.com/login/?next=//evil.top/reel/1035862816472149",
        "https://bit.ly.top/reel/1035862816472149",
        "https://a.safelinks.protection.outlook.com.top/?url=https%3A%2F%2Ffb.com%2Freel%2F1035862816472149",
        "https://evil.top/#!/a/posts/1035862816472149",
    ],
)
def test_a_look_alike_host_is_never_the_real_one(look_alike: str) -> None:
    assert not known(look_alike).is_post


def test_what_leads_out_of_a_platform_is_not_read_as_one_of_its_pages() -> None:
    out = known("https://www.facebook.com/login/?next=//xac-thuc.top/reel/1035862816472149")
    assert out.key == "facebook.com/login?next=//xac-thuc.top/reel/1035862816472149"


@pytest.mark.parametrize(
    "short",
    [
        "https://fb.watch/abC1/",
        "https://www.facebook.com/share/p/1AbC/?mibextid=w",
        "https://vm.tiktok.com/ZSe4FqkKd/",
        "https://vt.tiktok.com/ZSe4FqkKd/",
        "https://www.tiktok.com/t/ZSe4FqkKd/",
        "https://www.instagram.com/share/reel/BZbc/",
        "https://bit.ly/3Zbc/",
        "https://s.shopee.vn/6Zbc/",
        "https://xac-thuc.page.link/Zbc/",
    ],
)
def test_a_short_link_is_equal_only_to_itself(short: str) -> None:
    address = known(short)
    assert not address.is_resolved
    assert known(short.rstrip("/").partition("?")[0] + "?utm_source=zalo").key == address.key
    assert known(short.replace("Z", "Y").replace("b", "c")).key != address.key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTPS://Xac-Thuc.TOP:443/Nhan?utm_source=zalo#dau", "http://www.xac-thuc.top/Nhan/"),
        ("https://bảo-hiểm.vn/a", "https://xn--bo-him-bd8b9j.vn/a"),
        ("https://a.vn/tin?fbclid=x&b=2&a=1", "https://a.vn/tin?b=2&a=1"),
        ("https://a.vn/t\u200bin\u202e", "https://a.vn/tin"),
        ("https://a\u2024vn/tin", "https://a.vn/tin"),
        ("https://a.vn/%7Etin", "https://a.vn/~tin"),
        ("https://a.vn/t\u00adin\u2060", "https://a.vn/tin"),
        ("https://a.vn/tin，）", "https://a.vn/tin"),
        ("https://www.facebook.com/l.php?u=https%3A%2F%2Fa.vn%2Ftin&h=AT1", "https://a.vn/tin"),
        ("https://www.google.com/amp/s/a.vn/tin.html", "https://a.vn/tin.html"),
        ("https://a-vn.cdn.ampproject.org/v/s/a.vn/tin?b=2&amp_js_v=0.1", "https://a.vn/tin?b=2"),
        ("https://twitter.com/#!/u/status/20", "https://x.com/i/status/20"),
        ("https://x.com/u/status/20/quotes", "https://x.com/u/status/20"),
        (
            "https://www.facebook.com/media/set?set=a.1015014607.329317.2053&type=3",
            "https://m.facebook.com/media/set/?set=a.1015014607",
        ),
        ("https://open.spotify.com/track/1?si=77", "https://open.spotify.com/track/1"),
        (
            "https://docs.google.com/document/d/1/edit?usp=sharing&ouid=7",
            "https://docs.google.com/document/d/1/edit",
        ),
        ("https://a.vn/tin-tức", "https://a.vn/tin-t%e1%bb%a9c"),
    ],
)
def test_tracking_and_spelling_do_not_matter_elsewhere(one: str, other: str) -> None:
    assert known(one).key == known(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/tin?b=2&a=1", "https://a.vn/tin?a=1&b=2"),
        ("https://a.vn/Tin", "https://a.vn/tin"),
        ("https://a.vn/tin/1", "https://a.vn/tin/2"),
        ("https://a.vn/x%2Fy", "https://a.vn/x/y"),
        ("https://a.vn/#/mot", "https://a.vn/#/hai"),
        ("https://a.vn:8080/", "https://a.vn/"),
        (
            "https://www.facebook.com/a/posts/1035862816472149",
            "https://www.facebook.com/a/posts/1035862816472149?comment_id=77",
        ),
    ],
)
def test_what_may_lead_elsewhere_is_kept_apart(one: str, other: str) -> None:
    assert known(one).key != known(other).key


@pytest.mark.parametrize(
    "place", ["https://bit.ly", "https://notbit.ly/3abc", "https://bit.ly.vn/a"]
)
def test_what_only_resembles_a_short_link_leads_where_it_says(place: str) -> None:
    assert known(place).is_resolved


@pytest.mark.parametrize(
    ("shared", "full"),
    [
        (
            "https://www.facebook.com/tinnong/posts/1035862816472149?sharer_user_id=77&rdid=x&mibextid=y",
            "https://www.facebook.com/tinnong/posts/1035862816472149",
        ),
        (
            "https://www.facebook.com/profile.php?id=100064&sharer_user_id=77&sk=about",
            "https://www.facebook.com/profile.php?id=100064",
        ),
        (
            "https://www.tiktok.com/@tinnong?u_code=e4&_d=1&_t=8x&_r=1&share_item_id=5&sec_user_id=M",
            "https://www.tiktok.com/@tinnong",
        ),
        ("https://www.youtube.com/@tinnong?si=AbC", "https://www.youtube.com/@tinnong"),
        (
            "https://www.youtube.com/playlist?list=PL1&si=AbC&pp=x",
            "https://www.youtube.com/playlist?list=PL1",
        ),
        ("https://www.threads.com/@tinnong?xmt=AQ&slof=1", "https://www.threads.com/@tinnong"),
        (
            "https://www.instagram.com/tinnong?igsh=1&utm_source=qr",
            "https://www.instagram.com/tinnong",
        ),
        ("https://x.com/tinnong?t=abc&s=09", "https://x.com/tinnong"),
        ("https://t.me/tinnongbot?start=ref77", "https://t.me/tinnongbot"),
        ("https://m.me/tinnong?ref=77", "https://m.me/tinnong"),
        ("https://zalo.me/s/1/?utm_source=z&ref=77", "https://zalo.me/s/1"),
        ("https://a.vn/tin?b=2&sharer_id=77&rdid=x&share_url=y", "https://a.vn/tin?b=2"),
        ("https://a.vn/#/tin?fbclid=x&b=1", "https://a.vn#/tin?b=1"),
    ],
)
def test_who_shared_a_link_is_not_kept_with_it(shared: str, full: str) -> None:
    address = known(shared)
    assert address.full == full
    assert "77" not in address.key + address.kept
    assert untracked(shared) == full


@pytest.mark.parametrize(
    "typed",
    ["https://hoaan.gov.vn/", "hoaan.gov.vn/a?b=1&c=2", "https://youtu.be/BaW_jenozKc?t=90"],
)
def test_a_link_that_says_nothing_of_who_shared_it_is_passed_on_as_typed(typed: str) -> None:
    assert untracked(typed) == typed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vào hotro-tet2026.com/dangky ngay.", ["hotro-tet2026.com/dangky"]),
        ("xem Facebook.com/tinnong?a=1, rồi", ["Facebook.com/tinnong?a=1"]),
        ("（https://a.vn/tin，）và facebook.com/a/1）", ["https://a.vn/tin", "facebook.com/a/1"]),
        ("ngày 15.3/16.3, tốc độ 50 km/h, TS.BS/TP.HCM, Hết.Cảm/ơn", []),
    ],
)
def test_an_address_without_a_scheme_is_found_by_its_path(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in spans(text)] == found


@pytest.mark.parametrize("text", ["", "chào", "https://", "https://[::1", "mailto:a@b.vn"])
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert read(text) is None


@given(st.text() | st.text().map(lambda rest: f"https://a.vn/{rest}"))
def test_no_text_breaks_the_reading(text: str) -> None:
    if address := read(text):
        assert len(address.key) <= KEY_CHARACTERS
        assert known(address.full).key == address.key


def test_a_very_long_address_still_has_a_key_of_its_own() -> None:
    one, other = (known(f"https://a.vn/{'x' * 600}{end}").key for end in "ab")
    assert len(one) == KEY_CHARACTERS
    assert one != other


def test_addresses_are_found_in_a_sentence_without_its_punctuation() -> None:
    text = "Xem (https://vi.wikipedia.org/wiki/A_(b)), rồi www.a.vn/b?c=1."
    found = [text[start:end] for start, end in spans(text)]
    assert found == ["https://vi.wikipedia.org/wiki/A_(b)", "www.a.vn/b?c=1"]


@pytest.mark.shared
@pytest.mark.skipif(not MEASURED.exists(), reason="the data folder is not beside the project")
def test_posts_that_others_collected_are_told_apart_and_brought_together() -> None:
    rows = [json.loads(line) for line in MEASURED.read_text("utf-8").splitlines()]
    posts = [row for row in rows if row["is_post"] and row["url_id"]]
    keys = [address.key if (address := read(row["url"])) else None for row in posts]
    labels = [(row["platform"], row["url_id"]) for row in posts]
    pairs = list(combinations(range(len(posts)), 2))
    taken = {(i, j) for i, j in pairs if keys[i] and keys[i] == keys[j]}
    truly = {(i, j) for i, j in pairs if labels[i] == labels[j]}
    assert taken <= truly
    assert len(taken) >= 0.97 * len(truly)
