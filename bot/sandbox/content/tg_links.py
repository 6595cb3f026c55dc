"""Addresses with the scheme `tg` that formatted texts give a meaning: a person, an emoji, a moment.

https://core.telegram.org/bots/api#formatting-options; read as TDLib's `LinkManager` reads them.
"""

import re

from bot.sandbox.content.entities import custom_emoji, date_time, link
from bot.sandbox.content.source_reader import broken
from bot.sandbox.transport import ApiError, JsonObject

_NUMBER = re.compile(r"[0-9]{1,18}")


def link_or_mention(url: str, place: JsonObject) -> list[JsonObject]:
    """A `text_mention` for `tg://user?id=…`, else a `text_link`, or nothing for a useless address.

    The mention has the id alone; `bot.sandbox.chats.mentions` adds the person.
    """
    user_id = (_query(url, "user") or {}).get("id", "")
    if _NUMBER.fullmatch(user_id) and int(user_id):
        return [{"type": "text_mention", **place, "user": {"id": int(user_id)}}]
    return link(url, place)


def emoji_or_moment(url: str, place: JsonObject) -> list[JsonObject]:
    """The entity of `tg://emoji?id=…` or `tg://time?unix=…&format=…`; ApiError for other addresses."""
    emoji, moment = _query(url, "emoji"), _query(url, "time")
    try:
        if emoji is not None:
            return [custom_emoji(emoji.get("id", ""), place)]
        unix = (moment or {}).get("unix", "")
        if moment is not None and _NUMBER.fullmatch(unix) and int(unix):
            return date_time(int(unix), moment.get("format", ""), place)
    except ApiError:
        pass
    raise broken("Invalid tg://emoji or tg://time URL specified")


def _query(url: str, host: str) -> dict[str, str] | None:
    """The parameters of `tg://<host>?…`, the last of a name; None for another address."""
    found = re.match(rf"tg:(?://)?{host}/?\?([^#]*)", url, re.IGNORECASE)
    if found is None:
        return None
    pairs = (pair.partition("=") for pair in found[1].split("&"))
    return {name: value for name, _, value in pairs}
