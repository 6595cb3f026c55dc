"""`setMyCommands`, `getMyCommands`, `deleteMyCommands`: command menus by scope and language."""

from bot.sandbox.chats.command_menus import Scope, read_commands, read_language, read_scope
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.send import structure
from bot.sandbox.transport import JsonObject, Parameters, require


def set_my_commands(state: SandboxState, parameters: Parameters) -> bool:
    """Replaces the list of a scope and language, and tells open pages."""
    commands = read_commands(structure(parameters, "commands", "commands"))
    scope, language = _target(state, parameters)
    state.commands.set(scope, language, commands)
    state.events.publish("commands")
    return True


def get_my_commands(state: SandboxState, parameters: Parameters) -> list[JsonObject]:
    """Returns the list of exactly this scope and language, empty when not set."""
    return state.commands.get(*_target(state, parameters))


def delete_my_commands(state: SandboxState, parameters: Parameters) -> bool:
    """Removes the list, so that a wider scope applies, and tells open pages."""
    state.commands.delete(*_target(state, parameters))
    state.events.publish("commands")
    return True


def _target(state: SandboxState, parameters: Parameters) -> tuple[Scope, str]:
    scope = read_scope(structure(parameters, "scope", "BotCommandScope"))
    require(not scope.chat_id or scope.chat_id in state.directory.chats, "chat not found")
    return scope, read_language(parameters.text("language_code"))
