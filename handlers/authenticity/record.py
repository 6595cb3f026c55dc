"""Adds what is sent to the index of official texts, in the same transaction."""

from collections.abc import Callable

from handlers.authenticity import wordings
from handlers.conversation import LANGUAGES, ClubSettings, Html, Speech, speech_to
from handlers.recognition.official_copy import Wording, searchable
from handlers.views.announcement import Content
from storage.announcements import official_texts
from storage.announcements.official_texts import NewText
from storage.database import Tx, id_of
from storage.models import Announcement, Case, OfficialKind, Verdict

CARD_SHAPES = ("square", "tall")
"""The picture cards of an announcement and of a verdict."""
_BATCH = 200


async def announcement_went_out(
    tx: Tx, club: ClubSettings, number: int, version: int, content: Content
) -> None:
    """Adds this version of an announcement, in every language."""
    for language in LANGUAGES:
        say = speech_to(club, language)
        wording = wordings.of_announcement(content, number, say, club)
        new = NewText(
            kind=OfficialKind.ANNOUNCEMENT,
            announcement_id=number,
            version=version,
            language=language,
            wording=wordings.pack(wording),
            words=words_of(wording),
            is_public=content.is_for_sharing,
            media=content.media.unique if content.media else "",
            card_shapes=CARD_SHAPES if content.is_for_sharing else (),
        )
        await official_texts.add(tx, new)


async def notice_went_out(
    tx: Tx,
    club: ClubSettings,
    kind: OfficialKind,
    announcement: Announcement,
    *,
    content: Content,
    write: Callable[[Speech], Html],
) -> None:
    """Adds the notice that an announcement was corrected or recalled, in every language."""
    for language in LANGUAGES:
        say = speech_to(club, language)
        wording = wordings.of_notice(write(say), say)
        new = NewText(
            kind=kind,
            announcement_id=id_of(announcement),
            version=announcement.version,
            language=language,
            wording=wordings.pack(wording),
            words=words_of(wording),
            is_public=content.is_for_sharing,
        )
        await official_texts.add(tx, new)


async def verdict_went_out(tx: Tx, club: ClubSettings, case: Case, verdict: Verdict) -> None:
    """Adds this version of a verdict, in every language; every verdict may be shared."""
    for language in LANGUAGES:
        wording = wordings.of_verdict(verdict, case.code, speech_to(club, language), club)
        new = NewText(
            kind=OfficialKind.VERDICT,
            case_id=id_of(case),
            version=verdict.version,
            language=language,
            wording=wordings.pack(wording),
            words=words_of(wording),
            is_public=True,
            card_shapes=CARD_SHAPES,
        )
        await official_texts.add(tx, new)


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
