"""Telegram's updates in the bot's own words, and nothing in them of who wrote a forwarded post."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from structlog.testing import capture_logs

from bot.intake.input_sanitizing import NotAnUpdate
from bot.telegram import updates
from handlers.messages import Incoming, InlineSearch, MediaKind, Quoted, UpdateKind
from tests.support import ManualClock
from tests.support.paths import SHARED_DATA

SAMPLES = SHARED_DATA / "telegram/teloxide_samples.jsonl"
CLOCK = ManualClock()
LAN: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
CHAT: dict[str, Any] = {"id": 7, "type": "private", "first_name": "Lan"}
ORIGINS: list[dict[str, Any]] = [
    {"type": "user", "date": 5, "sender_user": {"id": 666, "is_bot": False, "first_name": "Kẻ Lạ"}},
    {"type": "hidden_user", "date": 5, "sender_user_name": "Kẻ Lạ"},
    {"type": "chat", "date": 5, "sender_chat": {"id": -666, "type": "group", "title": "Kẻ Lạ"}},
    {
        "type": "channel",
        "date": 5,
        "message_id": 5,
        "author_signature": "Kẻ Lạ",
        "chat": {"id": -1666, "type": "channel", "title": "Kẻ Lạ", "username": "ke_la"},
    },
]
PHOTO = [
    {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 90},
    {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 900},
]


def deep(levels: int) -> list[Any]:
    """Blocks within blocks."""
    return [{"type": "blockquote", "blocks": deep(levels - 1)}] if levels else []


def message(**fields: object) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_773_200_000, "from": LAN, "chat": CHAT, **fields}


def heard(**fields: object) -> Incoming:
    incoming = updates.read({"update_id": 17, "message": message(**fields)}, CLOCK)
    assert incoming is not None
    return incoming


def test_a_text_says_who_what_and_when() -> None:
    incoming = heard(text="chào")
    assert (incoming.update_key, incoming.message_id, incoming.text) == ("17", "5", "chào")
    assert (incoming.sender.messenger, incoming.sender.chat) == ("telegram", "7")
    assert (incoming.name, incoming.language, incoming.private) == ("Lan", "vi", True)
    assert incoming.at == datetime.fromtimestamp(1_773_200_000, UTC)


@pytest.mark.parametrize("origin", ORIGINS, ids=[one["type"] for one in ORIGINS])
@pytest.mark.parametrize("content", [{"text": "tin"}, {"photo": PHOTO, "caption": "tin"}])
def test_nothing_is_kept_of_who_wrote_a_forwarded_post(
    origin: dict[str, Any], content: dict[str, Any]
) -> None:
    incoming = heard(forward_origin=origin, **content)
    assert incoming.forwarded
    for trace in ("Kẻ", "666", "ke_la"):
        assert trace not in str(vars(replace(incoming, channel_post="")))
    assert "ke_la" not in repr(incoming)


@pytest.mark.parametrize("origin", ORIGINS, ids=[one["type"] for one in ORIGINS])
def test_only_the_address_of_a_public_channels_post_is_read(origin: dict[str, Any]) -> None:
    expected = "https://t.me/ke_la/5" if (origin["type"] == "channel") else ""
    assert heard(text="tin", forward_origin=origin).channel_post == expected


@pytest.mark.parametrize(
    "changed",
    [
        {"message_id": 0},
        {"message_id": True},
        {"message_id": "5"},
        {"chat": {"id": -1666, "type": "channel", "title": "Kẻ Lạ"}},
        {"chat": {"id": -1666, "type": "channel", "username": "a/../b"}},
        {"chat": {"id": -1666, "type": "channel", "username": ["ke_la"]}},
        {"chat": "ke_la"},
    ],
)
def test_a_channel_without_a_public_address_has_none(changed: dict[str, Any]) -> None:
    channel = next(one for one in ORIGINS if one["type"] == "channel")
    incoming = heard(text="tin", forward_origin=channel | changed)
    assert (incoming.channel_post, incoming.text) == ("", "tin")


def test_nothing_is_kept_of_who_wrote_a_forwarded_post_in_the_older_way() -> None:
    older = {"forward_from": {"id": 666, "is_bot": False, "first_name": "Kẻ"}, "forward_date": 5}
    incoming = heard(text="tin", **older, forward_sender_name="Kẻ", forward_signature="Kẻ")
    assert incoming.forwarded
    assert "Kẻ" not in str(vars(incoming))


GROUP = {"id": -100, "type": "supergroup", "title": "Nhóm"}


def test_of_a_post_that_is_answered_its_words_are_kept_and_never_its_author() -> None:
    own = {"id": 666, "is_bot": False, "first_name": "Kẻ"}
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Người Lạ"}
    post = message(message_id=4, text="nộp tiền ngay", forward_origin=origin, **{"from": own})
    incoming = heard(text="thật không?", reply_to_message=post)
    assert (incoming.reply_to, incoming.quoted) == ("4", Quoted("nộp tiền ngay"))
    assert "666" not in str(vars(incoming))
    assert "Người Lạ" not in str(vars(incoming))


@pytest.mark.parametrize(
    "answered", [{"from": {"id": 1, "is_bot": True, "first_name": "bot"}}, {"chat": GROUP}]
)
def test_of_the_bots_own_words_and_of_a_group_only_the_number_is_kept(
    answered: dict[str, object],
) -> None:
    person = {"id": 666, "is_bot": False, "first_name": "Kẻ"}
    post = message(message_id=4, text="bí mật", **({"from": person} | answered))
    incoming = heard(text="thật không?", reply_to_message=post)
    assert (incoming.reply_to, incoming.quoted) == ("4", None)
    assert "bí mật" not in str(vars(incoming))


def test_formatting_is_kept_as_html_and_the_rest_is_escaped() -> None:
    bold = {"type": "bold", "offset": 0, "length": 3}
    assert heard(text="đậm <b>", entities=[bold]).html == "<b>đậm</b> &lt;b&gt;"


def test_formatting_stands_where_it_should_behind_an_emoji() -> None:
    bold = {"type": "bold", "offset": 3, "length": 3}
    assert heard(text="🌱 đậm", entities=[bold]).html == "🌱 <b>đậm</b>"


def test_a_mention_carries_nobodys_account_along() -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": {**LAN, "id": 666}}
    assert heard(text="Bà Tư", entities=[mention]).html == "Bà Tư"


def test_links_are_found_in_the_text_and_behind_words() -> None:
    entities = [
        {"type": "url", "offset": 3, "length": 11},
        {"type": "text_link", "offset": 15, "length": 3, "url": "https://an.example/"},
        {"type": "url", "offset": 3, "length": 11},
    ]
    incoming = heard(text="🌱 tin.example/ đây", entities=entities)
    assert incoming.links == ("tin.example", "https://an.example/")


def test_a_picture_is_taken_at_its_largest_with_its_caption() -> None:
    incoming = heard(photo=PHOTO, caption="ảnh", media_group_id="9")
    assert incoming.media is not None
    assert (incoming.media.kind, incoming.media.file, incoming.media.unique) == (
        MediaKind.PHOTO,
        "large",
        "l",
    )
    assert (incoming.text, incoming.html, incoming.album) == ("ảnh", "ảnh", "9")


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("document", {"file_name": "a.pdf", "file_size": 2048}, MediaKind.DOCUMENT),
        ("video", {"width": 1, "height": 1, "duration": 1, "file_name": "a.pdf"}, MediaKind.VIDEO),
        ("voice", {"duration": 1}, MediaKind.VOICE),
        ("audio", {"duration": 1, "file_name": "a.mp3"}, MediaKind.AUDIO),
        ("animation", {"width": 1, "height": 1, "duration": 1}, MediaKind.ANIMATION),
        ("video_note", {"duration": 1, "length": 1}, MediaKind.VIDEO_NOTE),
    ],
)
def test_other_files_are_told_apart(field: str, value: dict[str, Any], kind: MediaKind) -> None:
    incoming = heard(**{field: {"file_id": "f", "file_unique_id": "u", **value}})
    assert incoming.media is not None
    assert (incoming.media.kind, incoming.media.name) == (kind, value.get("file_name", ""))
    assert incoming.media.size == value.get("file_size", 0)


@pytest.mark.parametrize(
    ("field", "thumbnail"),
    [("video", "t"), ("animation", "t"), ("video_note", "t"), ("document", ""), ("audio", "")],
)
def test_of_a_video_the_small_picture_is_known(field: str, thumbnail: str) -> None:
    """That of a document or a song is no part of what it says."""
    small = {"file_id": "t", "file_unique_id": "v", "width": 320, "height": 180}
    sides = {"width": 640, "height": 360, "length": 240, "duration": 1}
    file = {"file_id": "f", "file_unique_id": "u", "thumbnail": small, **sides}
    media = heard(**{field: file}).media
    assert media is not None
    assert (media.file, media.thumbnail) == ("f", thumbnail)
    without = heard(**{field: {key: file[key] for key in file if key != "thumbnail"}}).media
    assert without is not None
    assert without.thumbnail == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contact", {"phone_number": "1", "first_name": "Ai"}),
        ("location", {"latitude": 10.0, "longitude": 106.0}),
        ("dice", {"emoji": "🎲", "value": 3}),
    ],
)
def test_a_kind_the_bot_has_no_use_for_is_named(field: str, value: dict[str, Any]) -> None:
    assert heard(**{field: value}).unsupported == field


def test_a_moving_picture_is_no_document_although_it_comes_as_one_too() -> None:
    file = {"file_id": "f", "file_unique_id": "u"}
    incoming = heard(animation=file | {"width": 1, "height": 1, "duration": 1}, document=file)
    assert incoming.media is not None
    assert incoming.media.kind is MediaKind.ANIMATION


@pytest.mark.parametrize(
    "service", [{"pinned_message": message(text="a")}, {"delete_chat_photo": True}]
)
def test_what_the_app_says_by_itself_is_no_message(service: dict[str, Any]) -> None:
    assert updates.read({"update_id": 17, "message": message(**service)}, CLOCK) is None


def test_a_pressed_button_is_heard_at_the_clubs_time() -> None:
    query = {
        "id": "q",
        "from": LAN,
        "message": message(text="?"),
        "chat_instance": "1",
        "data": "a:1",
    }
    incoming = updates.read({"update_id": 17, "callback_query": query}, CLOCK)
    assert incoming is not None
    assert incoming.press is not None
    assert (incoming.press.id, incoming.press.action, incoming.press.message_id) == (
        "q",
        "a:1",
        "5",
    )
    assert incoming.at == CLOCK.now()


def test_a_button_under_a_message_too_old_to_be_shown_is_heard_too() -> None:
    old = {"chat": CHAT, "message_id": 5, "date": 0}
    query = {"id": "q", "from": LAN, "message": old, "chat_instance": "1", "data": "a"}
    incoming = updates.read({"update_id": 17, "callback_query": query}, CLOCK)
    assert incoming is not None
    assert incoming.sender.chat == "7"


@pytest.mark.parametrize(
    ("old", "new", "happening"),
    [("member", "kicked", UpdateKind.BLOCKED), ("kicked", "member", UpdateKind.UNBLOCKED)],
)
def test_blocking_and_coming_back_are_heard(old: str, new: str, happening: UpdateKind) -> None:
    assert _switched(CHAT, old, new) is happening


def test_what_is_typed_in_another_chat_says_who_and_what_and_not_where() -> None:
    asked = {"id": "9", "from": LAN, "query": "bầu cử", "offset": "", "chat_type": "group"}
    incoming = updates.read({"update_id": 17, "inline_query": asked}, CLOCK)
    assert incoming is not None
    assert incoming.kind is UpdateKind.INLINE_SEARCH
    assert (incoming.sender.chat, incoming.inline_search) == ("7", InlineSearch("9", "bầu cử"))
    assert (incoming.name, incoming.text) == ("", "")


def test_the_bot_does_not_ask_what_was_posted_elsewhere() -> None:
    assert "inline_query" in updates.WANTED
    assert "chosen_inline_result" not in updates.WANTED


def test_what_happens_to_the_bot_in_groups_is_no_matter() -> None:
    assert _switched({"id": -7, "type": "group", "title": "Nhóm"}, "member", "kicked") is None


def _switched(chat: dict[str, Any], old: str, new: str) -> UpdateKind | None:
    def bot(status: str) -> dict[str, Any]:
        member = {"user": {"id": 1, "is_bot": True, "first_name": "bot"}, "status": status}
        return member | ({"until_date": 0} if status == "kicked" else {})

    change = {
        "chat": chat,
        "from": LAN,
        "date": 5,
        "old_chat_member": bot(old),
        "new_chat_member": bot(new),
    }
    incoming = updates.read({"update_id": 17, "my_chat_member": change}, CLOCK)
    return incoming.kind if incoming else None


def test_a_message_in_a_group_is_not_private() -> None:
    assert not heard(text="/help", chat={"id": -7, "type": "supergroup", "title": "Nhóm"}).private


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"update_id": "17"}, {"message": {}}])
def test_what_is_no_update_is_refused(raw: object) -> None:
    with pytest.raises(NotAnUpdate):
        updates.read(raw, CLOCK)


@pytest.mark.parametrize("number", [-1, 2**63, True, 1.0, 10**20])
def test_a_number_that_no_update_has_is_refused(number: object) -> None:
    with pytest.raises(NotAnUpdate):
        updates.read({"update_id": number, "message": message(text="a")}, CLOCK)


@pytest.mark.parametrize(
    "poison",
    [
        {"entities": "không phải danh sách"},
        {"photo": [{"width": 10**20}]},
        {"poll": {"question": 7}},
        {"reply_to_message": [[[]]]},
        {"rich_message": {"blocks": deep(600)}},
    ],
)
def test_who_sent_what_cannot_be_read_can_be_told_so_and_the_log_quotes_nothing(
    poison: dict[str, Any],
) -> None:
    with capture_logs() as logs:
        incoming = heard(text="bí mật", **poison)
    assert incoming.unsupported == "unknown"
    assert (incoming.sender.chat, incoming.name, incoming.private) == ("7", "Lan", True)
    (line,) = logs
    assert (line["event"], line["update_id"]) == ("an update could not be read; set aside", 17)
    assert "bí mật" not in str(logs)


@pytest.mark.parametrize("date", [10**20, 10**15, -(10**20), "x", None, [], float("nan")])
def test_a_message_of_no_day_is_set_aside(date: object) -> None:
    raw = {"update_id": 17, "message": message(text="a") | {"date": date}}
    assert updates.read(raw, CLOCK) is None


def test_an_update_of_an_unknown_shape_is_left_out_so_that_it_holds_up_nobody() -> None:
    assert updates.read({"update_id": 17, "message": {"text": "không đủ"}}, CLOCK) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "message",
                    "callback_query",
                    "from",
                    "chat",
                    "id",
                    "text",
                    "forward_origin",
                    "entities",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_no_shape_of_an_update_breaks_the_bot(content: object) -> None:
    updates.read({"update_id": 17, "message": content, "callback_query": content}, CLOCK)


@given(JSON)
def test_no_author_survives_at_any_depth(content: object) -> None:
    assert "forward_origin" not in json.dumps(updates.without_author({"message": content}))


@pytest.mark.shared
def test_real_updates_never_break_the_bot() -> None:
    if not SAMPLES.exists():
        pytest.skip("the data folder does not stand beside the project")
    for line in SAMPLES.read_text("utf-8").splitlines():
        raw = json.loads(line)["json"]
        if "update_id" in raw:
            updates.read(raw, CLOCK)
        else:
            updates.read({"update_id": 17, "message": raw}, CLOCK)


def test_half_a_character_or_a_control_character_holds_up_nobody() -> None:
    bold = [{"type": "bold", "offset": 3, "length": 2}]
    incoming = heard(text="\ud800\0 ai", entities=bold, **{"from": LAN | {"first_name": "L\udfff"}})
    assert (incoming.text, incoming.html, incoming.name) == ("   ai", "   <b>ai</b>", "L")


def test_a_button_may_carry_half_a_character() -> None:
    pressed = {"id": "9", "chat_instance": "1", "from": LAN, "data": "read:\udfff"}
    raw = {"update_id": 17, "callback_query": pressed | {"message": message(text="x")}}
    incoming = updates.read(raw, CLOCK)
    assert incoming is not None
    assert incoming.press is not None
    assert incoming.press.action == "read: "


@pytest.mark.parametrize("no", ["\ue000", "\U000f0000", "\ufdd0", "\U0001ffff", "\0", "\ud83d"])
def test_no_text_of_any_kind_brings_in_what_is_no_character(no: str) -> None:
    bold = [{"type": "bold", "offset": len(f"{no}🌱".encode("utf-16-le", "surrogatepass")) // 2}]
    bold[0]["length"] = 3
    post = message(message_id=4, text=f"cũ{no}")
    name = {"first_name": f"L{no}an", "last_name": f"{no}Trần{no}"}
    photo = [PHOTO[0] | {"file_unique_id": f"s{no}"}]
    link = {"type": "text_link", "offset": 0, "length": 1, "url": f"https://an.example/{no}"}
    heard_of = [
        heard(text=f"{no}🌱đậm", entities=bold, reply_to_message=post, **{"from": LAN | name}),
        heard(photo=photo, caption=f"{no}", caption_entities=[link], media_group_id=f"1{no}"),
        heard(document={"file_id": f"f{no}", "file_unique_id": "u", "file_name": f"a{no}.png"}),
        heard(rich_message={"blocks": [{"type": "paragraph", "text": f"a{no}"}]}),
        heard(forward_origin=ORIGINS[1], poll={"question": no, "options": [{"text": no}]}),
    ]
    assert "<b>đậm</b>" in heard_of[0].html
    assert heard_of[0].name == "L an Trần"
    # As it is written down: a half of a pair would refuse to be.
    packed = [TypeAdapter(Incoming).dump_json(one).decode() for one in heard_of]
    assert not any(no in one or no in ascii(one) for one in packed)


@pytest.mark.parametrize(
    ("offset", "length", "html"),
    [
        (0, 2, "<b>🌱</b>a"),
        (1, 2, "🌱a"),
        (0, 1, "🌱a"),
        (2, 1, "🌱<b>a</b>"),
        (2, 2, "🌱<b>a</b>"),
        (3, 1, "🌱a"),
        (-1, 2, "🌱a"),
        (0, 0, "🌱a"),
        (0, -1, "🌱a"),
        (0, 2**62, "<b>🌱a</b>"),
    ],
)
def test_formatting_that_cuts_a_character_or_stands_outside_is_left_out(
    offset: int, length: int, html: str
) -> None:
    place = {"offset": offset, "length": length}
    incoming = heard(text="🌱a", entities=[{"type": "bold", **place}, {"type": "url", **place}])
    assert (incoming.html, incoming.text, incoming.unsupported) == (html, "🌱a", "")


def test_a_link_behind_words_is_found_wherever_the_words_stand() -> None:
    cut = {"type": "text_link", "offset": 1, "length": 1, "url": "https://an.example/"}
    assert heard(text="🌱", entities=[cut]).links == ("https://an.example/",)


def test_formatting_that_crosses_other_formatting_repeats_no_words() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    italic = {"type": "italic", "offset": 1, "length": 2}
    assert heard(text="abc", entities=[bold, italic]).html == "<b>ab</b>c"


def test_a_thousand_formats_inside_each_other_are_read() -> None:
    incoming = heard(text="a", entities=[{"type": "bold", "offset": 0, "length": 1}] * 1000)
    assert incoming.html == f"{'<b>' * 100}a{'</b>' * 100}"


def test_an_address_breaks_out_of_no_attribute() -> None:
    link = {"type": "text_link", "offset": 0, "length": 1, "url": 'https://an.example/"><b>'}
    code = {"type": "pre", "offset": 1, "length": 1, "language": '"><b>'}
    assert "<b>" not in heard(text="ab", entities=[link, code]).html


ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(["bold", "url", "text_link", "pre", "text_mention", "mention"]),
            "offset": st.integers(-2, 8),
            "length": st.integers(-2, 8),
            "url": st.just("https://an.example/"),
        }
    ),
    max_size=6,
)


@given(st.text(st.sampled_from("ab🌱\ue000&<"), min_size=1, max_size=6), ENTITIES)
def test_no_formatting_changes_the_words(text: str, entities: list[dict[str, object]]) -> None:
    incoming = heard(text=text, entities=entities)
    assert incoming.unsupported == ""
    assert unescape(re.sub("<[^>]*>", "", incoming.html)) == incoming.text


@pytest.mark.parametrize(("characters", "kept"), [(16_384, 16_384), (16_385, 16_384)])
def test_a_text_longer_than_anybody_can_send_is_cut(characters: int, kept: int) -> None:
    assert len(heard(text="a" * characters).text) == kept


def test_ten_megabytes_are_cut_with_their_formatting() -> None:
    bold = [{"type": "bold", "offset": 0, "length": 10_000_000}]
    incoming = heard(text="a" * 10_000_000, entities=bold)
    assert incoming.html == f"<b>{incoming.text}</b>"


def test_of_a_huge_picture_only_its_name_tags_are_read() -> None:
    huge = {"file_id": "f", "file_unique_id": "u", "width": 50_000, "height": 50_000}
    incoming = heard(photo=[huge | {"file_size": 10**12}])
    assert incoming.media is not None
    assert (incoming.media.file, incoming.media.content) == ("f", b"")
