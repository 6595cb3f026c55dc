"""`audit`: prints the head of the audit log, and verifies the log, also against an earlier head."""

import json
import re
from pathlib import Path

from bot.backup.open_existing import ArchiveError, existing
from bot.config.settings import Settings
from storage import audit_log
from storage.audit_log import Damage, Head

_LINK = re.compile(r"[0-9a-f]{64}")
_MOST_CHARACTERS = 10_000
_SENTENCES = {
    Damage.CHANGED: "The log has been changed: entry {entry} does not follow from the one before.",
    Damage.CUT: "The log has been cut short: it does not hold {name} any more.",
    Damage.REPLACED: "The log has been rewritten: entry {entry} is not the one of that head.",
}


async def head(settings: Settings) -> str:
    """The newest entry as one line of JSON.

    Raises:
        ArchiveError: there is no entry yet.
    """
    async with existing(settings) as store, store.read() as tx:
        newest = await audit_log.head(tx)
    if newest is None:
        raise ArchiveError("There is nothing in the log yet, and so no head to keep.")
    return json.dumps({"entry": newest.entry, "link": newest.link.hex()})


async def verify(settings: Settings, known: Head | None) -> str:
    """The result of the verification, in a sentence.

    Raises:
        ArchiveError: it was changed; the sentence names the entry.
    """
    async with existing(settings) as store, store.read() as tx:
        fault = await audit_log.verify(tx, known)
        newest = await audit_log.head(tx)
    if fault:
        name = f"entry {fault.entry}" if fault.entry else "the entry of that head"
        raise ArchiveError(_SENTENCES[fault.damage].format(entry=fault.entry, name=name))
    if newest is None:
        return "The log is whole: there is nothing in it yet."
    return f"The log is whole: every entry up to {newest.entry} follows from the one before."


def read_head(given: str) -> Head:
    """Parses the output of `head` from a file, or the digits of a hash link.

    Raises:
        ArchiveError: it is neither.
    """
    text = given.strip()
    if _LINK.fullmatch(text):
        return Head(0, bytes.fromhex(text))
    try:
        text = Path(given).read_text("utf-8")[:_MOST_CHARACTERS].strip()
    except (OSError, ValueError):
        raise ArchiveError("--head: neither a file that can be read nor 64 digits.") from None
    return _parsed(text)


def _parsed(text: str) -> Head:
    if _LINK.fullmatch(text):
        return Head(0, bytes.fromhex(text))
    try:
        found = json.loads(text)
        return Head(int(found["entry"]), bytes.fromhex(found["link"]))
    except (ValueError, KeyError, TypeError):
        raise ArchiveError(
            "--head: the file does not hold what `niemtin audit head` printed."
        ) from None
