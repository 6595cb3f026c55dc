"""*Share* below a verdict: a stamped picture, and source and disclosure to copy."""

from functools import partial

from handlers.conversation import ClubSettings, Context, Html, Routes, Speech, found, require
from handlers.deciding.verdict.picture import card_of
from handlers.flagging.known import standing_verdict
from handlers.flagging.redaction import mask
from handlers.messages import Answer, Media, MediaKind, Message, Reply, Rows, lasting
from handlers.recognition.plain_text import visible_length
from handlers.rendering import card_image
from handlers.rendering.card_sheet import Shape
from handlers.sharing.kit import copying, disclosure, links, with_code
from handlers.views.announcement import CAPTION_LIMIT, Content
from handlers.views.verdict import is_over
from storage.announcements import official_texts
from storage.cases import cases
from storage.database import id_of
from storage.models import Case, Verdict

routes = Routes()


@routes.action("verdictshare")
async def offer_kit(context: Context) -> Answer:
    """Sends the square picture with what is to be copied below it."""
    case, verdict = await _shareable(context)
    rows = (
        *_rows(verdict, context.say, context.club),
        (context.button("share-card-tall", "verdictcard", case.code),),
    )
    return [await _picture(context, case, verdict, Shape.SQUARE, rows)]


@routes.action("verdictcard")
async def give_tall_picture(context: Context) -> Answer:
    """Sends the picture for stories."""
    case, verdict = await _shareable(context)
    return [await _picture(context, case, verdict, Shape.TALL, ())]


async def _shareable(context: Context) -> tuple[Case, Verdict]:
    """The case and its present verdict, which every member may share.

    Raises:
        UserError: there is none, or it is no longer valid.
    """
    require(context.args, "button-unknown")
    case = found(await cases.with_code(context.tx, context.args[0]), "button-unknown")
    verdict = await standing_verdict(context, case)
    require(not is_over(verdict, context.now), "verdict-share-over")
    return case, verdict


async def _picture(
    context: Context, case: Case, verdict: Verdict, shape: Shape, rows: Rows
) -> Reply:
    official = official_texts.of_verdict(id_of(case), verdict.version, context.say.language)
    check = await official_texts.code_of(context.tx, official)
    card = card_of(verdict, case.code, context.say, context.club, check)
    name = context.say.plain("verdict-card-file", code=case.code)
    # Telegram scales photos to 1,280 pixels, so the tall picture is sent as a document.
    kind = MediaKind.PHOTO if shape is Shape.SQUARE else MediaKind.DOCUMENT
    text = with_code(caption(verdict, context.say, context.club), check, context.say)
    message = lasting(Message(text, rows, Media(kind, name=name), copy_apart=True))
    return Reply(message, draw=partial(card_image.draw, card, shape))


def caption(verdict: Verdict, say: Speech, club: ClubSettings) -> Html:
    """What stands below the picture; without the claim where that would not fit."""
    whole = say("share-picture-caption", paste=to_paste(verdict, say, club))
    if visible_length(whole) <= CAPTION_LIMIT:
        return whole
    return say("share-picture-caption", paste=f"{verdict.sources[0]}\n{disclosure(say, club)}")


def to_paste(verdict: Verdict, say: Speech, club: ClubSettings) -> str:
    """Rating and claim, source and disclosure, which a member puts under their own words."""
    return say.plain(
        "verdict-paste",
        rating=say.plain(f"verdict-rating-{verdict.rating.value}"),
        claim=mask(verdict.claim),
        source=verdict.sources[0],
        disclosure=disclosure(say, club),
    )


def _rows(verdict: Verdict, say: Speech, club: ClubSettings) -> Rows:
    rating = say.plain(f"verdict-rating-{verdict.rating.value}")
    rows = (
        links(
            Content(source_url=verdict.sources[0]), f"{rating}: {mask(verdict.claim)}", say, club
        ),
        copying(to_paste(verdict, say, club), say),
    )
    return tuple(row for row in rows if row)
