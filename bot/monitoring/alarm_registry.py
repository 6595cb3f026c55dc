"""Everything that the alarm watches over in a running club."""

from bot.config.settings import Settings
from bot.monitoring import alarm_checks
from bot.telegram.account import Account
from bot.web import webhook
from bot.zalo.channel import ZaloLine
from handlers.alarm_messages import Trouble
from handlers.conversation.settings import ClubSettings
from scheduler.alarm import Watch
from scheduler.timetable import Timetable
from storage.database.engine import Store, sqlite_file

_OFTEN_S, _SELDOM_S = 30.0, 60.0
"""How often to look at what costs a query, and at what costs a call."""


def watches(
    settings: Settings,
    club: ClubSettings,
    store: Store,
    account: Account,
    zalo: ZaloLine | None,
    *,
    timetable: Timetable,
) -> list[Watch]:
    """What officers are told of past the outbox."""
    who = {"telegram": account.who_am_i, **({"zalo": zalo.account.who_am_i} if zalo else {})}
    found = [
        Watch(Trouble.CLOCK, alarm_checks.clock(timetable)),
        Watch(Trouble.UPDATES, alarm_checks.update_age(store), _OFTEN_S),
    ]
    for name, ask in who.items():
        line = alarm_checks.Queue(store, name, club.quiet_hours)
        found.append(Watch(Trouble.QUEUE, line.look, _OFTEN_S))
        found.append(Watch(Trouble.TOKEN, alarm_checks.token(name, ask), _SELDOM_S))
    if file := sqlite_file(settings.database):
        found.append(Watch(Trouble.DISK, alarm_checks.disk(file.parent), _SELDOM_S))
    if url := settings.web.address_of(webhook.TELEGRAM_PATH):
        look = alarm_checks.telegram_webhook(store, account, url)
        found.append(Watch(Trouble.WEBHOOK, look, _SELDOM_S))
        if zalo:
            url = settings.web.address_of(webhook.ZALO_PATH)
            look = alarm_checks.zalo_webhook(zalo.account.webhook, url)
            found.append(Watch(Trouble.WEBHOOK, look, _SELDOM_S))
    return found
