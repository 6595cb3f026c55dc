"""`answerInlineQuery`: results for what a person typed after the bot's name."""

from bot.sandbox.chats.mentions import with_known_people
from bot.sandbox.chats.people import Directory
from bot.sandbox.content import keyboards, texts
from bot.sandbox.state import SandboxState
from bot.sandbox.telegram.methods.send import link_preview, structure
from bot.sandbox.transport import JsonObject, Parameters, bad_request, require

RESULTS_LIMIT = 50
ID_LIMIT = 64
"""Bytes of a result's id."""


def answer_inline_query(state: SandboxState, parameters: Parameters) -> bool:
    """Answers with up to 50 articles. Leaves out other result types, caching and paging."""
    results = structure(parameters, "results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: expected an Array")
    require(len(results) <= RESULTS_LIMIT, "RESULTS_TOO_MUCH")
    read = [_result(one, state.directory) for one in results]
    require(len({one["id"] for one in read}) >= len(read), "RESULT_ID_DUPLICATE")
    state.inline_queries.answer(parameters.text("inline_query_id"), read)
    return True


def _result(given: object, people: Directory) -> JsonObject:
    """Reads an `InlineQueryResultArticle`; the sandbox refuses all other types."""
    if not isinstance(given, dict) or given.get("type") != "article":
        raise bad_request("can't parse inline query result: only articles are known here")
    result_id, title = given.get("id"), given.get("title")
    if not isinstance(result_id, str) or not 1 <= len(result_id.encode()) <= ID_LIMIT:
        raise bad_request("RESULT_ID_INVALID")
    if not isinstance(title, str) or not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    description = str(given.get("description") or "")
    message = with_known_people(_posted(given), people)
    return {"id": result_id, "title": title, "description": description, "message": message}


def _posted(given: JsonObject) -> JsonObject:
    """The message that appears in the other chat when this result is picked."""
    content = given.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request("can't parse inline query result: message content is not specified")
    written = Parameters({**content, "text": content.get("message_text", "")})
    message = texts.text_fields(texts.text_of(written))
    if preview := link_preview(written):
        message["link_preview_options"] = preview
    if markup := keyboards.read(Parameters({"reply_markup": given.get("reply_markup", "")})):
        message["reply_markup"] = markup
    return message
