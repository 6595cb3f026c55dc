"""Records changed club settings in the audit log at each start, and shows them to officers.

No actor is named, since settings are changed on the server. Short values are recorded; of names,
addresses and lists only the fact that they changed.
"""

from collections.abc import Mapping
from dataclasses import astuple
from enum import StrEnum
from hashlib import sha256

from handlers.audit import entry_text
from handlers.conversation import ClubSettings, Context, Html, Routes
from handlers.messages import Answer
from storage import audit_log
from storage.database import Store
from storage.maintenance import settings_snapshot
from storage.models import AuditAction, AuditEntry, Role
from storage.reports.officer_digest import SETTING_ACTIONS

routes = Routes()

_LAST = 8


class Setting(StrEnum):
    """The club settings that members or officers notice."""

    NAME = "name"
    OPERATOR = "operator"
    CONTACT = "contact"
    ISSUERS = "issuers"
    AREAS = "areas"
    ADDRESS = "address"
    COLOURS = "colours"
    DEADLINES = "deadlines"
    DATA_REQUESTS = "data-requests"
    RETENTION = "retention"
    MESSENGERS = "messengers"
    TIMEZONE = "timezone"
    APPROVALS = "approvals"
    VERDICT_APPROVAL = "verdict-approval"
    OFFICER_DIGEST = "officer-digest"
    QUIET_HOURS = "quiet-hours"
    ZALO_QUOTA = "zalo-quota"
    SPENDING = "spending"
    ZALO_USERS = "zalo-users"
    ZALO_LINK = "zalo-link"
    CONSOLE_READERS = "console-readers"
    FLAG_BATCHES = "flag-batches"
    SEARCHES = "searches"


async def note(store: Store, club: ClubSettings) -> None:
    """Records every setting that differs from the previous start, once."""
    values, hashes = _shown_values(club), _hashes(club)
    async with store.write() as tx:
        for name, old_value in (
            await settings_snapshot.remember_settings(tx, {**values, **hashes})
        ).items():
            if name in values:
                await audit_log.record(
                    tx,
                    None,
                    AuditAction.SETTING_CHANGED,
                    setting=name,
                    was=old_value,
                    now=values[name],
                )
            else:
                await audit_log.record(tx, None, AuditAction.SETTING_REWORDED, setting=name)


@routes.action("settings-changed", role=Role.OFFICER)
async def show(context: Context) -> Answer:
    """Shows the latest changes."""
    lines = [
        _line(context, entry)
        for entry in await audit_log.newest_of(context.tx, SETTING_ACTIONS, limit=_LAST)
    ]
    head = context.say("settings-head" if lines else "settings-none")
    return [context.reply(Html("\n".join([head, *lines])))]


def _line(context: Context, entry: AuditEntry) -> Html:
    action = entry_text.entry_text(context.say, entry.action, entry.details, str)
    return context.say("settings-line", when=context.say.when(entry.at), action=action)


def _shown_values(club: ClubSettings) -> Mapping[str, str]:
    begin, end = _clock(club.quiet_begin_minute), _clock(club.quiet_end_minute)
    return {
        Setting.TIMEZONE: club.timezone.key,
        Setting.APPROVALS: str(club.approvals),
        Setting.VERDICT_APPROVAL: entry_text.SWITCHED[club.verdict_approval],
        Setting.OFFICER_DIGEST: _clock(club.officer_digest_minute),
        Setting.QUIET_HOURS: f"{begin}–{end}" if begin != end else entry_text.SWITCHED[0],
        Setting.ZALO_QUOTA: str(club.zalo_quota),
        Setting.SPENDING: _spending(club),
        Setting.ZALO_USERS: str(club.zalo_users),
        Setting.FLAG_BATCHES: str(club.batch_minutes),
        Setting.SEARCHES: str(club.searches_per_hour),
    }


def _spending(club: ClubSettings) -> str:
    """`200 / 1000`: the most paid messages of an announcement and of a month."""
    limits = [one.limits for one in club.metered.values()]
    return ", ".join(f"{one.of_an_announcement} / {one.of_a_month}" for one in limits) or "0"


def _clock(minute: int) -> str:
    """`7:05` in every language, since the log is read in several."""
    return f"{minute // 60}:{minute % 60:02}"


def _hashes(club: ClubSettings) -> Mapping[str, str]:
    each: Mapping[str, object] = {
        Setting.NAME: club.name,
        Setting.OPERATOR: club.operator,
        Setting.CONTACT: club.contact,
        Setting.ISSUERS: club.issuers,
        Setting.AREAS: [(area.id, area.name) for area in club.areas],
        Setting.ADDRESS: club.officers_are_called,
        Setting.COLOURS: (club.colour, club.accent),
        Setting.DEADLINES: astuple(club.deadlines),
        Setting.DATA_REQUESTS: astuple(club.data_requests),
        Setting.RETENTION: astuple(club.kept),
        Setting.MESSENGERS: club.messengers,
        Setting.CONSOLE_READERS: club.console_readers,
        Setting.ZALO_LINK: club.zalo_link,
    }
    return {name: sha256(repr(value).encode()).hexdigest() for name, value in each.items()}
