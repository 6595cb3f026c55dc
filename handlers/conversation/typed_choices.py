"""Messengers with few buttons or none: typed numbers and words become presses and commands.

`handlers.conversation.numbered_choices` reads what was typed and renders the numbers; this module
decides what is handled, and in which order.
"""

from dataclasses import replace

from handlers.conversation import numbered_choices
from handlers.conversation.context import Context
from handlers.conversation.route_table import RouteTable, is_allowed
from handlers.conversation.routes import Handler
from handlers.messages import Answer, MenuChange, Reply, Suggestions
from storage.conversation import numbered_choices as stored_choices


class TypedChoices:
    """Answers updates whose choices are typed through the handler of all others."""

    def __init__(self, table: RouteTable, handle: Handler) -> None:
        self._table = table
        self._handle = handle

    async def answer(self, context: Context) -> Answer:
        """What the update asks for; buttons of the answer that do not fit become numbered choices."""
        text = "" if context.incoming.media else context.incoming.text
        choice = await self._read_choice(context, text) if text else None
        await stored_choices.note_answer(context.tx, context.lookup)
        if isinstance(choice, numbered_choices.Picked):
            answer = await self._press_all(context, choice)
        elif choice is not None:
            answer = [numbered_choices.question(context, choice)]
        elif self._table.is_bare_command(text):
            answer = await self._handle(
                replace(context, incoming=replace(context.incoming, text=f"/{text.strip()}"))
            )
        else:
            answer = await self._handle(context)
        return await numbered_choices.render(context, answer)

    async def _read_choice(self, context: Context, text: str) -> numbered_choices.Meant | None:
        """The typed choice; at a step that expects text, only a single one of the newest list."""
        meant = await numbered_choices.find(context.tx, context.lookup, text, context.incoming.at)
        is_single = isinstance(meant, numbered_choices.Picked) and len(meant.choices) == 1
        if is_single or isinstance(meant, numbered_choices.Ambiguous | numbered_choices.Repeated):
            return meant
        if await self._expects_text(context):
            return None
        if meant is None and not self._table.is_bare_command(text):
            return numbered_choices.find_by_word(
                await stored_choices.offered(context.tx, context.lookup), text
            )
        return meant

    async def _expects_text(self, context: Context) -> bool:
        """Whether the chat is at a step with a handler: there a number may be part of the text."""
        stored = await context.chat_step.find()
        step = self._table.steps.get(stored.name) if stored else None
        return step is not None and is_allowed(context.role, step.role)

    async def _press_all(self, context: Context, picked: numbered_choices.Picked) -> Answer:
        """Handles the picked choices one after the other, each as a press of its button."""
        if picked.number is not None:
            await stored_choices.note_picked(context.tx, picked.offered.id, picked.number)
        if numbered_choices.must_be_single(picked):
            return [numbered_choices.ask_for_one(context, picked)]
        answer: list[Reply | MenuChange | Suggestions] = []
        for choice in numbered_choices.choices_to_press(picked):
            press = numbered_choices.to_press(context.incoming, choice, picked.offered)
            # If each press answers with the same list, only the last one is sent.
            answer = numbered_choices.without_replaced_list(answer, picked.offered)
            answer += await self._handle(replace(context, incoming=press))
        return answer or [context.reply(context.say("choices-nothing-done"))]
