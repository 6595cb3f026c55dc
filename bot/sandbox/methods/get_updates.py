"""How the bot gets its updates: by asking, or at its webhook."""

from bot.sandbox.api_error import conflict
from bot.sandbox.json_response import JsonObject
from bot.sandbox.methods.send import structure
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import SandboxState
from bot.sandbox.webhook_delivery import (
    CONNECTIONS_LIMIT,
    USUAL_CONNECTIONS,
    Webhook,
    read_secret,
    read_url,
)

BATCH_LIMIT = 100
TIMEOUT_LIMIT_S = 50


async def get_updates(world: SandboxState, parameters: Parameters) -> list[JsonObject]:
    if world.delivery.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first"
        )
    world.updates.allow(_allowed(parameters))
    return await world.updates.fetch(
        offset=parameters.integer("offset"),
        limit=_within(parameters.integer("limit", BATCH_LIMIT), 1, BATCH_LIMIT),
        timeout_s=_within(parameters.integer("timeout"), 0, TIMEOUT_LIMIT_S),
    )


def set_webhook(world: SandboxState, parameters: Parameters) -> bool:
    url = parameters.text("url")
    if not url:
        return delete_webhook(world, parameters)
    connections = parameters.integer("max_connections", USUAL_CONNECTIONS)
    webhook = Webhook(
        url=read_url(url),
        secret=read_secret(parameters.text("secret_token")),
        connections=_within(connections, 1, CONNECTIONS_LIMIT),
    )
    world.updates.allow(_allowed(parameters))
    _drop_pending(world, parameters)
    world.delivery.direct_to(webhook)
    return True


def delete_webhook(world: SandboxState, parameters: Parameters) -> bool:
    _drop_pending(world, parameters)
    if world.delivery.webhook.url:
        world.delivery.direct_to(Webhook())
    return True


def get_webhook_info(world: SandboxState, _: Parameters) -> JsonObject:
    return world.delivery.webhook.as_json(world.updates)


def _drop_pending(world: SandboxState, parameters: Parameters) -> None:
    if parameters.flag("drop_pending_updates"):
        world.updates.clear()


def _allowed(parameters: Parameters) -> object:
    return structure(parameters, "allowed_updates", "allowed updates")


def _within(value: int, lowest: int, highest: int) -> int:
    """Telegram bends what is out of range instead of refusing it."""
    return max(lowest, min(value, highest))
