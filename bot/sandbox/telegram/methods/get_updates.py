"""`getUpdates` and webhooks: how the bot receives updates."""

from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.send import structure
from bot.sandbox.transport import JsonObject, Parameters, conflict
from bot.sandbox.updates.webhook_delivery import (
    CONNECTIONS_LIMIT,
    DEFAULT_CONNECTIONS,
    Webhook,
    read_secret,
    read_url,
)

BATCH_LIMIT = 100
TIMEOUT_LIMIT_S = 50


async def get_updates(state: SandboxState, parameters: Parameters) -> list[JsonObject]:
    """Long polling of up to 50 seconds; ApiError (409) while a webhook is set."""
    if state.webhook_delivery.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    state.updates.allow(_allowed(parameters))
    return await state.updates.fetch(
        offset=parameters.integer("offset"),
        limit=_within(parameters.integer("limit", BATCH_LIMIT), 1, BATCH_LIMIT),
        timeout_s=_within(parameters.integer("timeout"), 0, TIMEOUT_LIMIT_S),
    )


def set_webhook(state: SandboxState, parameters: Parameters) -> bool:
    """Delivers updates to a loopback address. Leaves out `certificate` and `ip_address`."""
    url = parameters.text("url")
    if not url:
        return delete_webhook(state, parameters)
    webhook = Webhook(
        url=read_url(url),
        secret=read_secret(parameters.text("secret_token")),
        connections=_within(
            parameters.integer("max_connections", DEFAULT_CONNECTIONS), 1, CONNECTIONS_LIMIT
        ),
    )
    state.updates.allow(_allowed(parameters))
    _drop_pending(state, parameters)
    state.webhook_delivery.direct_to(webhook)
    return True


def delete_webhook(state: SandboxState, parameters: Parameters) -> bool:
    """Returns to polling; pending updates stay unless `drop_pending_updates` is set."""
    _drop_pending(state, parameters)
    if state.webhook_delivery.webhook.url:
        state.webhook_delivery.direct_to(Webhook())
    return True


def get_webhook_info(state: SandboxState, _: Parameters) -> JsonObject:
    """Returns the `WebhookInfo`, with the error of the last failed delivery."""
    return state.webhook_delivery.webhook.as_json(state.updates)


def _drop_pending(state: SandboxState, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        state.updates.clear()


def _allowed(parameters: Parameters) -> object:
    return structure(parameters, "allowed_updates", "allowed updates")


def _within(value: int, lowest: int, highest: int) -> int:
    """Clamps a value, as Telegram does instead of refusing it."""
    return max(lowest, min(value, highest))
