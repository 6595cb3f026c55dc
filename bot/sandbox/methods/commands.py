"""The bot's commands, per scope and language."""

from bot.sandbox.api_error import bad_request
from bot.sandbox.json_response import JsonObject
from bot.sandbox.menus import Scope, read_commands, read_language, read_scope
from bot.sandbox.methods.send import structure
from bot.sandbox.parameters import Parameters
from bot.sandbox.state import SandboxState


def set_my_commands(world: SandboxState, parameters: Parameters) -> bool:
    commands = read_commands(structure(parameters, "commands", "commands"))
    scope, language = _target(world, parameters)
    world.commands.set(scope, language, commands)
    world.events.publish("commands")
    return True


def get_my_commands(world: SandboxState, parameters: Parameters) -> list[JsonObject]:
    return world.commands.get(*_target(world, parameters))


def delete_my_commands(world: SandboxState, parameters: Parameters) -> bool:
    world.commands.delete(*_target(world, parameters))
    world.events.publish("commands")
    return True


def _target(world: SandboxState, parameters: Parameters) -> tuple[Scope, str]:
    scope = read_scope(structure(parameters, "scope", "BotCommandScope"))
    if scope.chat_id and scope.chat_id not in world.directory.chats:
        raise bad_request("chat not found")
    return scope, read_language(parameters.text("language_code"))
