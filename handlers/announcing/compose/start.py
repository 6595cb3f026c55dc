"""`/soan`: takes the whole text of an announcement at once, fills its fields and shows its card.

Instead the author can go step by step, go on with a draft, or begin with an old announcement.
"""

from collections.abc import Sequence
from dataclasses import replace

from handlers.announcing import drafts, picker
from handlers.announcing.compose import flow, parsing, suggestions, text_fields
from handlers.announcing.compose.fields import Ask, question_named, with_defaults
from handlers.announcing.compose.question_prompt import put
from handlers.announcing.compose.text_fields import WholeText
from handlers.announcing.drafts import Draft
from handlers.conversation import Context, Html, Routes, UserError, require
from handlers.messages import Answer, Button, Media
from handlers.views.announcement import Content, short_title, unpack
from handlers.views.announcement_reference import named
from storage.announcements import announcements, references
from storage.models import Announcement, Role

routes = Routes()

STEP = "compose.whole"
"""The step of a chat that was asked for the whole text."""
routes.passive_step(STEP)
_MOST_OFFERED = 5
_NO_NOTE = Html("")


@routes.command("soan", "compose", role=Role.OFFICER)
async def compose(context: Context) -> Answer:
    """Asks for the whole text; offers unfinished drafts and the other ways to begin."""
    await context.set_state(STEP)
    written = [draft for draft in await _own_drafts(context) if not _is_blank(draft)]
    rows = [(_draft_button(context, draft),) for draft in written[:_MOST_OFFERED]]
    stepwise = context.button("announcing-stepwise", "compose-new")
    from_old = context.button("announcing-from-old", "compose-old")
    cancel = context.button("cancel", "cancel")
    key = "announcing-send-whole-or-go-on" if rows else "announcing-send-whole"
    return [context.reply(context.say(key), (*rows, (stepwise, from_old), (cancel,)))]


def _draft_button(context: Context, draft: Draft) -> Button:
    title = short_title(draft.content)
    key = "correcting-go-on" if draft.is_correction else "announcing-go-on"
    return context.button(key, "compose-go-on", draft.id, number=draft.label, title=title)


@routes.action("compose-new", role=Role.OFFICER)
async def compose_stepwise(context: Context) -> Answer:
    """Starts an empty draft and asks every question in turn."""
    saved = await drafts.save_content(
        context, Draft(await _blank(context), Content()), Content(is_stepwise=True)
    )
    return await flow.proceed(context, saved, context.say("announcing-welcome"))


@routes.step(STEP, role=Role.OFFICER, reads_channel_post=True)
async def take_text(context: Context) -> Answer:
    """Takes the message as the whole text, or as a picture whose text is still to come."""
    incoming = context.incoming
    waiting = await _draft_of_step(context)
    before = waiting.content if waiting else Content()
    # Nothing is stored of what is refused: the draft begins after it.
    content = _with_media(context, before)
    announcement = waiting.announcement if waiting else await _blank(context)
    return await _begin(
        context,
        Draft(announcement, content),
        WholeText(incoming.html, incoming.channel_post),
        suggestions.album_overflow(context, before),
    )


async def _draft_of_step(context: Context) -> Draft | None:
    """The draft that waits for its text; None if there is none yet."""
    draft_id = context.data.get("number")
    return await drafts.find_own(context, draft_id) if draft_id else None


def _with_media(context: Context, content: Content) -> Content:
    """The content with the file of the message, if it has one.

    Raises:
        UserError: the message holds neither a text of some words nor a file that could be sent.
    """
    incoming = context.incoming
    if incoming.media is None and incoming.text.strip():
        parsing.require_some_words(incoming.text)
        return content
    try:
        return parsing.media(context, content)
    except UserError as refusal:
        is_other_kind = refusal.key == "announcing-media-wanted"
        raise (UserError("announcing-whole-wanted") if is_other_kind else refusal) from None


async def begin_with(context: Context, html: str, media: Sequence[Media]) -> Answer:
    """Begins a draft with what an officer pasted before it was known what for."""
    files = [file for file in media if file.kind in parsing.SENDABLE]
    one = files[0] if len(files) == 1 else None
    album = () if one else tuple(file for file in files if file.kind in parsing.GROUPED)
    album = album[: parsing.MOST_IN_ALBUM]
    kept = 1 if one else len(album)
    require(kept or html.strip(), "announcing-album-kinds")
    note = _NO_NOTE
    if kept < len(media):
        note = context.say("announcing-files-left-out", limit=parsing.MOST_IN_ALBUM)
    content = parsing.whole_album(Content(media=one, album=album))
    return await _begin(context, Draft(await _blank(context), content), WholeText(html), note)


async def _begin(context: Context, draft: Draft, whole: WholeText, note: Html) -> Answer:
    """Fills the fields, then asks for what is missing or shows the card; `note` goes first."""
    content = draft.content
    if whole.html.strip():
        content = text_fields.filled(content, whole, context.club, context.now)
    content = with_defaults(context, content)
    media = question_named(Ask.MEDIA.value)
    if context.incoming.album:
        saved = await drafts.save_content(context, draft, media.reopened(content))
        return await put(context, saved, media, note)
    saved = await drafts.save_content(context, draft, content)
    if not (content.title or content.html):
        return await _ask_text(context, saved)
    said = context.say(_what_was_recognised(content))
    recognised = Html("\n".join(filter(None, (note, said))))
    return await flow.proceed(context, saved, recognised)


def _what_was_recognised(content: Content) -> str:
    if not content.title:
        return "announcing-recognised-no-title"
    return "announcing-recognised" if content.html else "announcing-recognised-title-only"


async def _ask_text(context: Context, draft: Draft) -> Answer:
    await context.set_state(STEP, number=draft.id)
    card = context.button("announcing-see-card", "compose-card", draft.id)
    return [context.reply(context.say("announcing-media-taken"), ((card,),))]


@routes.action("compose-old", role=Role.OFFICER)
async def choose_old(context: Context) -> Answer:
    """Asks which sent announcement to begin with."""
    return await picker.offer(context, "compose-from", context.say("announcing-which-old"))


@routes.action("compose-from", role=Role.OFFICER)
async def begin_with_old(context: Context) -> Answer:
    """Copies a sent announcement into a new draft, without its times."""
    which = await named(context)
    _, old = await picker.load_published(context, which)
    content = replace(
        old.without_marks(),
        valid_until=None,
        send_at=None,
        repeat=None,
        repeat_until=None,
        first="",
        corrected=0,
    )
    saved = await drafts.save_content(
        context, Draft(await _blank(context), Content()), with_defaults(context, content)
    )
    return await flow.proceed(context, saved, context.say("announcing-copied", number=which.label))


async def _own_drafts(context: Context) -> list[Draft]:
    """This officer's drafts, newest first."""
    written = await announcements.drafts_of(context.tx, context.member_id)
    ids = {announcement.corrects_id for announcement, _ in written if announcement.corrects_id}
    corrected = await references.of_all(context.tx, ids)
    return [
        Draft(announcement, unpack(version.content), corrected.get(announcement.corrects_id or 0))
        for announcement, version in written
    ]


async def _blank(context: Context) -> Announcement:
    """An empty draft of this officer; one that is still empty is used again."""
    blank = next((draft for draft in await _own_drafts(context) if _is_blank(draft)), None)
    return blank.announcement if blank else await announcements.start(context.tx, context.member_id)


def _is_blank(draft: Draft) -> bool:
    return draft.content.without_marks() == Content()
