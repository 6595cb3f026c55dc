"""Adds what is sent to the index of official texts, in the same transaction."""

from collections.abc import Callable
from functools import partial

from handlers.authenticity import wordings
from handlers.conversation import LANGUAGES, ClubSettings, Html, Speech, speech_to
from handlers.messages import Message
from handlers.recognition.official_copy import Wording, searchable
from handlers.rendering.card_sheet import SHAPES
from handlers.views.announcement import Content
from storage.announcements import official_texts
from storage.announcements.official_texts import NewText
from storage.announcements.references import Reference
from storage.database import Tx, id_of
from storage.models import Announcement, Case, OfficialKind, Verdict

_BATCH = 200


async def announcement_went_out(
    tx: Tx, club: ClubSettings, which: Reference, version: int, content: Content
) -> None:
    """Adds this version of an announcement, in every language."""
    new = partial(
        NewText,
        kind=OfficialKind.ANNOUNCEMENT,
        announcement_id=which.id,
        version=version,
        is_public=content.is_for_sharing,
        media=content.media.unique if content.media else "",
        card_shapes=tuple(SHAPES) if content.is_for_sharing else (),
    )
    await _add(tx, club, new, lambda say: wordings.of_announcement(content, which, say, club))


async def notice_went_out(
    tx: Tx,
    club: ClubSettings,
    kind: OfficialKind,
    announcement: Announcement,
    *,
    content: Content,
    write: Callable[[Speech], Message],
) -> None:
    """Adds the notice that an announcement was corrected or recalled, in every language."""
    new = partial(
        NewText,
        kind=kind,
        announcement_id=id_of(announcement),
        version=announcement.version,
        is_public=content.is_for_sharing,
    )
    await _add(tx, club, new, lambda say: wordings.of_notice(Html(write(say).text), say))


async def verdict_went_out(tx: Tx, club: ClubSettings, case: Case, verdict: Verdict) -> None:
    """Adds this version of a verdict, in every language; every verdict may be shared."""
    new = partial(
        NewText,
        kind=OfficialKind.VERDICT,
        case_id=id_of(case),
        version=verdict.version,
        is_public=True,
        card_shapes=tuple(SHAPES),
    )
    await _add(tx, club, new, lambda say: wordings.of_verdict(verdict, case.code, say, club))


async def _add(
    tx: Tx,
    club: ClubSettings,
    new: Callable[..., NewText],
    wording_in: Callable[[Speech], Wording],
) -> None:
    """Adds a text in every language; `new` is given what depends on the language."""
    for language in LANGUAGES:
        wording = wording_in(speech_to(club, language))
        text = new(language=language, wording=wordings.pack(wording), words=words_of(wording))
        await official_texts.add(tx, text)


async def reindex(tx: Tx) -> None:
    """Indexes every official text again by the current rules of normalisation."""
    last = 0
    while batch := await official_texts.after(tx, last, many=_BATCH):
        for text in batch:
            await official_texts.reindex(tx, text.id, words_of(wordings.unpack(text.wording)))
            last = text.id


def words_of(wording: Wording) -> str:
    """The words of a wording that copies are searched by: those of its required lines."""
    return searchable("\n".join(line for line, is_required in wording.lines if is_required))
