"""Picks one of the sent announcements."""

from handlers.conversation import Context, Html, UserError, require
from handlers.messages import Answer
from handlers.views.announcement import Content, short_title, unpack
from storage.announcements import announcements, published
from storage.announcements.references import Reference
from storage.models import Announcement, AnnouncementState

_OFFERED = 5
_WISH = r"(?:(?:toi|minh|em|cho|muon|can|xin|lam on|giup|hay) )*"
_WHICH = r"(?: (?:thong bao|tin|ban tin|da gui|nay|(?:so )?n?\d+))*"


async def offer(context: Context, action: str, prompt: Html) -> Answer:
    """The newest announcements as buttons of this action."""
    newest = await published.newest(context.tx, limit=_OFFERED)
    if not newest:
        return [context.final(context.say("picking-none"))]
    rows = tuple(
        (
            context.button(
                "picking-line",
                action,
                announcement.id,
                number=announcement.label,
                title=short_title(unpack(announcement.content)),
            ),
        )
        for announcement in newest
    )
    return [context.reply(prompt, rows)]


async def load_published(context: Context, which: Reference) -> tuple[Announcement, Content]:
    """The announcement that members have, locked, and its content.

    Raises:
        UserError: it was not sent, was recalled, or is a correction.
    """
    announcement = await announcements.lock(context.tx, which.id)
    if announcement is None or announcement.corrects_id:
        raise UserError("picking-unknown", number=which.label)
    is_recalled = announcement.state is AnnouncementState.RECALLED
    require(not is_recalled, "recalling-already", number=which.label)
    require(announcement.state in announcements.PUBLISHED, "picking-unknown", number=which.label)
    return announcement, unpack((await announcements.version_of(context.tx, announcement)).content)


def wish(vi: str, en: str) -> str:
    """A pattern of messages that want this done to a sent announcement (`Routes.command`).

    It leads to the choice of one only, so that a wrong guess costs nothing.
    """
    return rf"{_WISH}{vi}{_WHICH}|{en}(?: (?:the )?announcement)?(?: n?\d+)?"
