"""Every alarm of a running club, with its check and how often that runs."""

from bot.channels import Channels
from bot.config.settings import Settings
from bot.monitoring import alarm_checks
from bot.web import webhook
from handlers.alarm_messages import AlarmKind
from handlers.conversation import ClubSettings
from scheduler.agenda import Agenda
from scheduler.alarm import Alarm
from scheduler.timetable import Timetable
from storage.database import Store, sqlite_file

_QUERY_EVERY_S, _CALL_EVERY_S = 30.0, 60.0
"""Intervals of the checks that query the database, and of those that call a messenger or the disk."""


def alarms(
    settings: Settings,
    club: ClubSettings,
    store: Store,
    channels: Channels,
    *,
    agenda: Agenda,
    timetable: Timetable,
) -> list[Alarm]:
    """The alarms that this configuration needs."""
    registered = [
        Alarm(AlarmKind.CLOCK, alarm_checks.clock(agenda, timetable)),
        Alarm(AlarmKind.UPDATES, alarm_checks.update_age(store), _QUERY_EVERY_S),
    ]
    for messenger, ask in channels.who_am_i.items():
        outbox_check = alarm_checks.OutboxCheck(store, messenger, club.quiet_hours)
        registered += [
            Alarm(AlarmKind.QUEUE, outbox_check, _QUERY_EVERY_S),
            Alarm(AlarmKind.TOKEN, alarm_checks.token(messenger, ask), _CALL_EVERY_S),
        ]
    if settings.zalo_oa.is_used:
        registered.append(Alarm(AlarmKind.GRANT, alarm_checks.grant(store), _QUERY_EVERY_S))
    if file := sqlite_file(settings.database):
        registered.append(Alarm(AlarmKind.DISK, alarm_checks.disk(file.parent), _CALL_EVERY_S))
    if club.zalo_users:
        check = alarm_checks.zalo_users(store, club.zalo_users)
        registered.append(Alarm(AlarmKind.ZALO_USERS, check, _CALL_EVERY_S))
    webhooks = []
    if channels.telegram and (url := settings.web.address_of(webhook.TELEGRAM_PATH)):
        webhooks.append(alarm_checks.telegram_webhook(store, channels.telegram.account, url))
    if channels.zalo and (url := settings.web.address_of(webhook.ZALO_PATH)):
        webhooks.append(alarm_checks.zalo_webhook(channels.zalo.account.webhook, url))
    return [*registered, *(Alarm(AlarmKind.WEBHOOK, one, _CALL_EVERY_S) for one in webhooks)]
