"""Whether a screenshot that is sent as a proof shows the announcement: its words, its card or its code.

A worker process reads the words; nothing of what was read is kept, only said to the member.
"""

from handlers.authenticity import codes, look_up
from handlers.conversation import Context, Html
from handlers.recognition.pictures import reader
from handlers.recognition.pictures.perceptual_hash import similar_cards
from handlers.worker_tasks import announced, offload_or
from storage.announcements import official_texts
from storage.announcements.official_texts import KnownText
from storage.announcements.references import Reference


async def what_it_shows(context: Context, which: Reference) -> Html | None:
    """The sentence that says whether the announcement was found in a picture of the message.

    None without a picture, and where nobody could read the words. Who shared it in their own words
    is asked, too.

    Raises:
        OffloadRequired: the words are not read yet.
    """
    if not context.incoming.pictures:
        return None
    known = await official_texts.about(context.tx, which.id)
    found = await _has_card(context, known) or _has_words(context, known)
    if found is None:
        return None
    return context.say("proof-found" if found else "proof-not-found", number=which.label)


async def _has_card(context: Context, known: list[KnownText]) -> bool:
    pictures = context.incoming.pictures
    ids = [one.id for one in known]
    stored = await official_texts.card_hashes_of(context.tx, ids)
    if similar_cards([picture.card_hash for picture in pictures], stored):
        return True
    links = tuple(code for picture in pictures for code in picture.codes)
    code = codes.code_in_link("", links, context.club)
    return bool(code) and code in {one.code for one in known}


def _has_words(context: Context, known: list[KnownText]) -> bool | None:
    """Whether one of the pictures has the words; None if not all of them could be read."""
    pictures = tuple(picture.jpeg for picture in context.incoming.pictures)
    if not reader.installed():
        return None
    notice = context.reply(context.say("proof-reading", count=len(pictures)))
    offload = announced(context.offload, notice)
    unread: tuple[str, ...] = ()
    read = offload_or(offload, unread, reader.read_words, pictures)
    if not read:
        return None
    if any(look_up.has_words_of(context, words, known) for words in read if words):
        return True
    return False if len(pictures) <= reader.MOST_PICTURES else None
