"""Everything that the alarm watches over in a running club."""

from bot.config.settings import Settings
from bot.monitoring import alarm_checks
from bot.telegram.account import Account
from bot.web import webhook
from bot.zalo.channel import ZaloChannel
from handlers.alarm_messages import AlarmKind
from handlers.conversation.settings import ClubSettings
from scheduler.alarm import AlarmState
from scheduler.timetable import Timetable
from storage.database.engine import Store, sqlite_file

_OFTEN_S, _SELDOM_S = 30.0, 60.0
"""How often to look at what costs a query, and at what costs a call."""


def alarms(
    settings: Settings,
    club: ClubSettings,
    store: Store,
    account: Account,
    zalo: ZaloChannel | None,
    *,
    timetable: Timetable,
) -> list[AlarmState]:
    """What officers are told of past the outbox."""
    who = {"telegram": account.who_am_i, **({"zalo": zalo.account.who_am_i} if zalo else {})}
    found = [
        AlarmState(AlarmKind.CLOCK, alarm_checks.clock(timetable)),
        AlarmState(AlarmKind.UPDATES, alarm_checks.update_age(store), _OFTEN_S),
    ]
    for name, ask in who.items():
        line = alarm_checks.Queue(store, name, club.quiet_hours)
        found.append(AlarmState(AlarmKind.QUEUE, line.look, _OFTEN_S))
        found.append(AlarmState(AlarmKind.TOKEN, alarm_checks.token(name, ask), _SELDOM_S))
    if file := sqlite_file(settings.database):
        found.append(AlarmState(AlarmKind.DISK, alarm_checks.disk(file.parent), _SELDOM_S))
    if url := settings.web.address_of(webhook.TELEGRAM_PATH):
        look = alarm_checks.telegram_webhook(store, account, url)
        found.append(AlarmState(AlarmKind.WEBHOOK, look, _SELDOM_S))
        if zalo:
            url = settings.web.address_of(webhook.ZALO_PATH)
            look = alarm_checks.zalo_webhook(zalo.account.webhook, url)
            found.append(AlarmState(AlarmKind.WEBHOOK, look, _SELDOM_S))
    return found
