"""Conversation core: dispatch of an update, routes, context, texts and input parsing."""

from handlers.conversation.area_picker import area_from, area_rows, page_from
from handlers.conversation.context import (
    HOME_ACTION,
    HOME_COMMAND,
    Context,
    UserError,
    found,
    home_below,
    require,
)
from handlers.conversation.i18n import Html, Speech, is_supported, nearest, speech_to
from handlers.conversation.invite_code import code_in, grouped, link_to_join
from handlers.conversation.length_limit import typed_text, within
from handlers.conversation.pagination import Page, paged
from handlers.conversation.routes import Routes
from handlers.conversation.settings import LANGUAGES, ClubSettings
from handlers.conversation.time_parser import (
    END_OF_DAY,
    TimeUnclear,
    Unclear,
    read_clock,
    read_time,
)

__all__ = [
    "END_OF_DAY",
    "HOME_ACTION",
    "HOME_COMMAND",
    "LANGUAGES",
    "ClubSettings",
    "Context",
    "Html",
    "Page",
    "Routes",
    "Speech",
    "TimeUnclear",
    "Unclear",
    "UserError",
    "area_from",
    "area_rows",
    "code_in",
    "found",
    "grouped",
    "home_below",
    "is_supported",
    "link_to_join",
    "nearest",
    "page_from",
    "paged",
    "read_clock",
    "read_time",
    "require",
    "speech_to",
    "typed_text",
    "within",
]
