"""`answerCallbackQuery`: the answer to a pressed button."""

from bot.sandbox.state import SandboxState
from bot.sandbox.transport import Parameters, require

TEXT_LIMIT = 200
"""Characters of the notification a press may be answered with."""


def answer_callback_query(state: SandboxState, parameters: Parameters) -> bool:
    """Shows a notification or alert to who pressed. Leaves out `url` and `cache_time`."""
    text = parameters.text("text")
    require(len(text) <= TEXT_LIMIT, "MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": parameters.flag("show_alert")}
    query = state.callback_queries.answer(parameters.text("callback_query_id"), answer)
    state.events.publish("answer", chat=query.chat_id, callback_query_id=query.id, **answer)
    return True
