"""Finds the handler of an update, checks that the person may use it, and runs it.

See docs/decisions/0015-the-step-is-a-row.md.
"""

from dataclasses import replace

from handlers.conversation.context import Context, Refused, UserError, found
from handlers.conversation.route_table import RouteTable, is_allowed, split_command
from handlers.conversation.routes import Command
from handlers.messages import Answer, UpdateKind
from storage.models import Role


class RouteRunner:
    """Runs the handlers of a route table."""

    def __init__(self, table: RouteTable) -> None:
        self._table = table

    async def handle(self, context: Context, refused: Refused | None) -> Answer:
        """Runs the handler, or answers what it refused when it ran.

        Raises:
            Refused: it refuses now.
        """
        if (answer := await self._unread(context)) is not None:
            return answer
        await self._end_brief_step(context)
        if refused is not None:
            return await self._refuse(context, refused)
        context = replace(context, kept=[])
        try:
            return await self._dispatch(context)
        except UserError as error:
            raise Refused(error, context.kept) from error

    async def handle_in_savepoint(self, context: Context) -> Answer:
        """Runs the handler where the transaction has other effects, which a refusal must not undo."""
        if (answer := await self._unread(context)) is not None:
            return answer
        await self._end_brief_step(context)
        context = replace(context, kept=[])
        try:
            async with context.tx.session.begin_nested():
                return await self._dispatch(context)
        except UserError as error:
            return await self._refuse(context, Refused(error, context.kept))
        finally:
            # The handler of the next choice must not rely on what this one has read.
            context.chat_step.forget()

    async def _unread(self, context: Context) -> Answer | None:
        """The answer to an update that no handler reads; None for any other."""
        match context.incoming.kind:
            case UpdateKind.BLOCKED | UpdateKind.UNBLOCKED:
                return []
            case UpdateKind.EDITED:
                return [context.reply(context.say("edit-not-read"))]
            case UpdateKind.WITHDRAWN:
                return [one for erase in self._table.withdrawals for one in await erase(context)]
            case _:
                return None

    async def _refuse(self, context: Context, refused: Refused) -> Answer:
        for write in refused.kept:
            await write(context.tx)
        return [context.error_reply(refused.error)]

    async def _end_brief_step(self, context: Context) -> None:
        """Ends the step before its button or command is handled, so that it stays ended if refused."""
        incoming = context.incoming
        if not incoming.press and (incoming.forwarded or not incoming.text.startswith("/")):
            return
        if self._table.is_brief(await context.chat_step.name()):
            await context.clear_state()

    async def _dispatch(self, context: Context) -> Answer:
        """Tries, in this order: button, command, word at any step, step, reply, word, fallback."""
        incoming = context.incoming
        if incoming.press:
            return await self._handle_action(context, incoming.press.action)
        name, rest = split_command(incoming.text)
        if name and not incoming.forwarded:
            return await self._handle_command(context, name, rest)
        at_any_step = self._table.worded_at_any_step(incoming.text)
        if at_any_step and not incoming.forwarded:
            return await self._run(context, at_any_step)
        for handle in (self._handle_step, self._handle_reply):
            if (answer := await handle(context)) is not None:
                return answer
        word = None if incoming.forwarded else self._table.worded(incoming.text)
        if word:
            return await self._run(context, word)
        return await self._table.fallback(context.role)(context)

    async def _handle_step(self, context: Context) -> Answer | None:
        """The answer of the chat's step; None if there is no step, or it passes the message on.

        A late part of an album is no message of its own: no other route sees it.
        """
        answer = await self._at_step(context)
        if answer is None and context.incoming.is_late_part:
            return [context.reply(context.say("album-part-late"))]
        return answer

    async def _at_step(self, context: Context) -> Answer | None:
        stored = await context.chat_step.find()
        if stored is None:
            return None
        step, is_late = self._table.steps.get(stored.name), context.incoming.is_late_part
        takes = step and (step.takes_late_parts or not is_late)
        if step and takes and is_allowed(context.role, step.role):
            return await step.handler(replace(context, step=stored.name, data=stored.data))
        if step or is_late or self._table.is_passive(stored.name) or not context.role:
            return None
        # The step waits for its buttons only; a stray message must not discard what was begun.
        return [context.reply(context.say("press-a-button"), context.cancel_row())]

    async def _handle_reply(self, context: Context) -> Answer | None:
        if context.role and context.incoming.reply_to and not context.incoming.forwarded:
            for listener in self._table.reply_listeners:
                if (answer := await listener(context)) is not None:
                    return answer
        return None

    async def _handle_action(self, context: Context, action: str) -> Answer:
        if action.startswith("/"):
            # A button can be a command, and does what typing it would: the answer comes below.
            return await self._handle_command(
                replace(context, incoming=replace(context.incoming, press=None)),
                *split_command(action),
            )
        name, *args = action.split(":")
        route = found(self._table.actions.get(name), "button-unknown")
        if not is_allowed(context.role, route.role):
            raise _refusal(context, "button-not-yours" if context.is_member else "members-only")
        stored = await context.chat_step.find()
        if stored:
            context = replace(context, step=stored.name, data=stored.data)
        return await route.handler(replace(context, args=tuple(args)))

    async def _handle_command(self, context: Context, name: str, rest: str) -> Answer:
        command = self._table.commands.get(name)
        stored = await context.chat_step.find()
        if command is None:
            if near := self._table.nearest_name(name, context.role):
                raise UserError("command-unknown-near", typed=name, command=near)
            if stored is None and context.role and context.role.is_officer:
                return await self._table.fallback(context.role)(context)
            raise UserError("command-unknown")
        if stored and self._table.is_passive(stored.name):
            await context.clear_state()
        return await self._run(
            replace(context, command=name, rest=rest, args=tuple(rest.split())), command
        )

    async def _run(self, context: Context, command: Command) -> Answer:
        if is_allowed(context.role, command.role):
            return await command.handler(context)
        if command.for_others:
            return await self._run(context, self._table.commands[command.for_others])
        key = "command-owners-only" if context.role is Role.OFFICER else "command-not-yours"
        raise _refusal(context, key if context.is_member else "members-only")


def _refusal(context: Context, key: str) -> UserError:
    """The error to raise; a suspended member reads about the suspension instead of `key`."""
    return UserError("suspended" if context.is_suspended else key)
