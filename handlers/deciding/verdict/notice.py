"""The message that brings a verdict to somebody who flagged the post."""

from handlers.conversation import Html, Speech
from handlers.messages import Message, lasting
from handlers.recognition.plain_text import visible_length
from handlers.views.announcement import CAPTION_LIMIT, TEXT_LIMIT
from handlers.views.defang import defang
from handlers.views.verdict import changes, picture_of, verdict_rows, verdict_text
from storage.cases.flags import OwnFlag
from storage.models import Verdict


def message(
    verdict: Verdict,
    old: Verdict | None,
    own: OwnFlag,
    code: str,
    say: Speech,
    *,
    is_drawn: bool,
) -> Message:
    """The whole message; `code` is the present code of the case, which its buttons name.

    With the officers' picture if they gave one, else with the stamped picture of its mailing where
    that `is_drawn` and the text fits below it.
    """
    rows = verdict_rows(code, verdict.version, say)
    if picture := picture_of(verdict):
        text = _fitting(verdict, old, own, say, CAPTION_LIMIT)
        return lasting(Message(text, rows, picture))
    text = _fitting(verdict, old, own, say, TEXT_LIMIT)
    has_room = visible_length(text) <= CAPTION_LIMIT
    return lasting(Message(text, rows, mailing_picture=is_drawn and has_room))


def _fitting(verdict: Verdict, old: Verdict | None, own: OwnFlag, say: Speech, limit: int) -> Html:
    """With the list of changes and the quotation if there is room, else without."""
    text = notice(verdict, old, own, say)
    if visible_length(text) > limit:
        text = notice(verdict, None, own, say)
    return text if visible_length(text) <= limit else notice(verdict, None, unquoted(own), say)


def unquoted(own: OwnFlag) -> OwnFlag:
    """The flag without the words that the member sent in."""
    return OwnFlag(own.code, "")


def notice(verdict: Verdict, old: Verdict | None, own: OwnFlag, say: Speech) -> Html:
    """The text: what the member sent in, under the code they know, and the verdict on it.

    `old` is the version that they were sent before, if any.
    """
    head = say("verdict-notice-changed" if old else "verdict-notice", code=own.code)
    quoted = say("verdict-quote", quote=defang(own.opening)) if own.opening else Html()
    parts = (
        Html("\n".join(filter(None, (head, quoted)))),
        changes(old, verdict, say) if old else Html(),
    )
    return Html("\n\n".join([*filter(None, parts), verdict_text(verdict, own.code, say)]))
