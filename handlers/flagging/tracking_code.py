"""The answer to a message that is only a code: the state of the post that the member flagged under it.

Codes are copied by hand, so look-alike characters, lower case, spaces and hyphens are read as meant
(`storage.database.as_code`). A code of somebody else's case is unknown: nobody learns that it exists.
"""

import re
import unicodedata

from handlers.conversation import Context
from handlers.flagging.my_flags import flag_line, verdict_button
from handlers.messages import Answer
from handlers.recognition.plain_text import plain
from storage.announcements import official_texts
from storage.cases import cases, flags, posts
from storage.database import as_code, batch_clock

_BEFORE_IT = re.compile(r"^(?:ma(?: theo doi| so| tin| kiem chung)?|code|no)\b[\s.:#]*")
_WRITTEN = re.compile(r"[a-z0-9]+(?:[ -][a-z0-9]+){0,2}")
_QUANTITY = re.compile(r"\d+ ?(?:h|g|gio|k|d|tr|m|km|kg|p|phut|vnd|usd)? ?\d*")
"""A number, an hour or an amount, which is no code that somebody mistyped."""
_NEAR = 1
"""Characters that a mistyped code may be longer or shorter."""


async def answer(context: Context, text: str) -> Answer | None:
    """The state of the flagged post, or that there is no such code; None if this is none."""
    typed = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    written = _BEFORE_IT.sub("", plain(typed).lstrip("#"))
    if not _WRITTEN.fullmatch(written):
        return None
    code = as_code(written)
    if len(code) == posts.CODE_LENGTH and (answered := await _flagged(context, code)):
        return answered
    if context.role and context.role.is_officer and (opened := await _case(context, code)):
        return opened
    if written not in typed or not _looks_meant(written):
        return None  # Words with diacritics, such as “5 rưỡi chiều”, are no code.
    return [context.reply(context.say("code-unknown", code=code))]


async def _flagged(context: Context, code: str) -> Answer | None:
    """What this member flagged under the code."""
    found = await flags.under_code(context.tx, context.member_id, code)
    if found is None:
        return None
    flag, case = found
    own = await flags.own_flag(context.tx, case, context.member_id)
    rows = verdict_button(context, case, own)
    return [context.reply(flag_line(context, flag, case, own), rows)]


async def _case(context: Context, code: str) -> Answer | None:
    """For an officer: the case of this code, if officers see it."""
    case = await cases.with_code(context.tx, code)
    if case is None or not batch_clock.is_shown(context.tx, case):
        return None
    button = context.button("case-open-code", "case", case.code, code=case.code)
    return [context.reply(context.say("code-of-case", code=code), ((button,),))]


def _looks_meant(written: str) -> bool:
    """Whether somebody meant a code: it has about the length of one, letters, and digits."""
    letters = re.sub("[ -]", "", written)
    lengths = (posts.CODE_LENGTH, official_texts.CODE_LENGTH)
    is_mixed = re.search("[0-9]", letters) and re.search("[a-z]", letters)
    is_long_enough = any(abs(len(letters) - length) <= _NEAR for length in lengths)
    return bool(is_mixed) and is_long_enough and not _QUANTITY.fullmatch(written)
