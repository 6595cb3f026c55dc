"""*Share*: sends the kit and its pictures. Buttons of an outdated kit send the new one."""

from functools import partial

from handlers.announcing.archive import is_over, readable
from handlers.authenticity import codes
from handlers.authenticity.answers import code_line
from handlers.conversation import Context, Html, Routes, UserError, require
from handlers.messages import Album, Answer, Media, MediaKind, Message, Reply, lasting
from handlers.rendering import card_image
from handlers.rendering.card_sheet import SHAPES, Shape
from handlers.rendering.qr_code import qr_png
from handlers.sharing.card import card_of
from handlers.sharing.kit import OfferedAnnouncement, caption, kit
from handlers.views.announcement_reference import named
from storage.announcements import official_texts, published
from storage.announcements.references import Reference

routes = Routes()


@routes.action("share")
async def offer_kit(context: Context) -> Answer:
    """Sends the share kit, as a message of its own."""
    return [Reply(kit(await offered(context, await named(context)), context.say, context.club))]


async def offered(context: Context, which: Reference) -> OfferedAnnouncement:
    """The announcement as it can be shared now.

    Raises:
        UserError: it is over, was recalled, or is not for this member or not for sharing.
    """
    content = await readable(context, which)
    if not content.is_for_sharing:
        raise UserError("share-officers-only", number=which.label)
    if is_over(content, context.now):
        raise UserError("share-over", number=which.label)
    code = await official_texts.code_of_current(context.tx, which.id, context.say.language)
    wording = await published.wording(context.tx, which.id)
    return OfferedAnnouncement(which, content, wording, code)


def corrected(context: Context, now: OfferedAnnouncement) -> Answer:
    """The answer to a button of an outdated kit: the new kit."""
    note = context.say("share-corrected", number=now.which.label)
    return [
        Reply(
            kit(now, context.say, context.club, note),
            toast=context.say.plain("share-corrected-toast"),
        )
    ]


@routes.action("card")
async def give_card(context: Context) -> Answer:
    """Sends the picture card, which is drawn after the transaction."""
    now = await offered(context, await named(context))
    if now.wording != context.number(1):
        return corrected(context, now)
    shape = SHAPES.get(context.args[2] if len(context.args) > 2 else "")
    if shape is None:
        raise UserError("button-unknown")
    card = card_of(now.content, context.say, context.club, now.code)
    name = context.say.plain("share-card-file", number=now.which.label)
    text, media = caption(now, context.say, context.club), Media(_kind(shape), name=name)
    message = Message(text, media=media, copy_apart=True)
    return [Reply(message, draw=partial(card_image.draw, card, shape))]


def _kind(shape: Shape) -> MediaKind:
    """Telegram scales photos to 1,280 pixels, so the tall card is sent as a document."""
    return MediaKind.PHOTO if shape is Shape.SQUARE else MediaKind.DOCUMENT


@routes.action("code")
async def give_code(context: Context) -> Answer:
    """Sends the code by which the bot shows exactly this version, as letters and as a QR code."""
    now = await offered(context, await named(context))
    if now.wording != context.number(1):
        return corrected(context, now)
    link = codes.link_to(context.club, now.code)
    text = code_line(now.code, context.say)
    if not link:
        return [context.reply(text)]
    picture = Media(MediaKind.PHOTO, content=qr_png(link), name=f"{now.code}.png")
    caption = Html(f"{text}\n{link}")
    return [Reply(lasting(Message(caption, media=picture)))]


@routes.action("picture")
async def give_picture(context: Context) -> Answer:
    """Sends the announcement's own picture or document."""
    now = await offered(context, await named(context))
    if now.wording != context.number(1):
        return corrected(context, now)
    content = now.content
    require(content.media or content.album, "button-unknown")
    album = Album(content.album) if content.album else None
    text = caption(now, context.say, context.club)
    return [Reply(Message(text, media=content.media, album=album, copy_apart=True))]
