"""`/dulieu`: everything that is held about the person, to read and as JSON."""

from handlers.conversation.context import Context, UserError
from handlers.conversation.i18n import Html
from handlers.conversation.routes import Routes
from handlers.messages import Answer, Media, MediaKind, Reply
from handlers.mydata.data_page import as_json, as_page
from storage.models import RequestKind, Role
from storage.privacy.subject_access import DisclosedTable, disclose

routes = Routes()


@routes.command(
    "dulieu", "mydata", role=None, shown_to=Role.MEMBER, words=["dữ liệu của tôi", "my data"]
)
async def show(turn: Context) -> Answer:
    """A short summary and two documents."""
    if not turn.is_member:
        raise UserError("data-nothing")
    held = await disclose(turn.tx, turn.who)
    page, json = as_page(held, turn.say, turn.club, turn.now), as_json(held, turn.club, turn.now)
    return [
        _summary(turn, held),
        _document(turn, turn.say("data-caption-page"), turn.say.plain("data-file-page"), page),
        _document(turn, turn.say("data-caption-json"), turn.say.plain("data-file-json"), json),
    ]


def _summary(turn: Context, held: list[DisclosedTable]) -> Reply:
    rows = turn.say.number(sum(len(one.rows) for one in held))
    text = turn.say("data-summary", rows=rows, tables=turn.say.number(len(held)))
    asks = tuple(
        turn.button(f"data-ask-{kind.value}", "data-request", kind.value) for kind in RequestKind
    )
    return turn.reply(text, (asks, (turn.button("data-ask-erasure", "erase-ask"),)))


def _document(turn: Context, caption: Html, name: str, content: str) -> Reply:
    media = Media(MediaKind.DOCUMENT, name=name, content=content.encode())
    return turn.reply(caption, media=media)
