"""The control API under `/sandbox/`, through which the page and tests act for people.

    POST   /users                    {"first_name", "language_code"?, "messenger"?, "note"?,
                                     "username"?} -> the user; its private chat has its id.
                                     "messenger" is "telegram" or "zalo", whose ids are strings
    GET    /users                    -> [user], with "started", "blocked" and "note"
    POST   /groups                   {"title", "members": [ids]} -> the chat
    GET    /chats/{chat}/messages    -> [Bot API Message]; edits applied, deletions gone
    GET    /chats/{chat}/pinned      -> [message ids], the latest last
    GET    /chats/{chat}/commands    -> [BotCommand], the menu of this chat
    POST   /chats/{chat}/send        {"text", "parse_mode"?, "reply_to"?, "as"?}, or multipart
                                     with one or more photo/document and "caption", or {"forward":
                                     {"from_chat", "message_id"} | {"sender_name", "text",
                                     "photo"?} | {"channel": {"title", "username"?}, "text"}};
                                     in multipart "forward" is JSON and "photo" the picture
                                     -> the Message; an album gives {"messages": […]}
    POST   /chats/{chat}/start       {"payload"?} -> the Message
    POST   /chats/{chat}/press       {"message_id", "label" or "data", "as"?, "wait"?}
                                     -> {"callback_query_id", "answer"?} | {"url"} | {"copied"}
    POST   /chats/{chat}/inline      {"query"} -> {"inline_query_id", "results"}
    POST   /chats/{chat}/block       also /unblock -> the user
    GET    /files/{file_id}          -> the bytes
    POST   /faults                   the fields of a `Fault`; DELETE removes all faults
    POST   /updates                  the fields of an update -> {"update_id"}
    POST   /inline                   {"on"}: the switch of inline mode
    POST   /clock                    {"advance_s"} -> {"now", "offset_s", "version"}
    GET    /clock                    ?after=VERSION&timeout=S waits for a version past this one
    GET    /calls                    ?method=&after=SEQ -> [call], in the order of arrival
    GET    /events                   server-sent events

An invalid or impossible request is answered with 400 and {"error": a sentence}.
"""
