"""Telegram's types are built when they are asked for."""

from aiogram.methods import Response, SetPassportDataErrors
from aiogram.types import MessageEntity, PassportElementErrorUnspecified, PollAnswer, Update


def test_a_type_that_no_bot_asks_for_is_not_built() -> None:
    assert not PassportElementErrorUnspecified.__pydantic_complete__


def test_a_type_is_built_at_its_first_use_with_all_that_it_speaks_of() -> None:
    answer = PollAnswer.model_validate(
        {
            "poll_id": "1",
            "option_ids": [0],
            "option_persistent_ids": [],
            "user": {"id": 5, "is_bot": False, "first_name": "Lan"},
        }
    )
    assert answer.user is not None
    assert answer.user.first_name == "Lan"
    assert answer.model_dump(exclude_none=True)["user"]["id"] == 5


def test_an_answer_of_a_list_of_updates_is_read() -> None:
    message = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "a"}
    read = Response[list[Update]].model_validate(
        {"ok": True, "result": [{"update_id": 3, "message": message}]}
    )
    assert read.result is not None
    assert read.result[0].message is not None
    assert read.result[0].message.model_copy(update={"text": "b"}).model_dump()["text"] == "b"


def test_a_method_holds_types_that_nobody_used_before() -> None:
    entity = MessageEntity(type="bold", offset=0, length=1)
    assert entity.model_dump_json(exclude_none=True) == '{"type":"bold","offset":0,"length":1}'
    assert SetPassportDataErrors(user_id=1, errors=[]).model_dump()["errors"] == []
