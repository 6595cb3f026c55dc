"""What the chats hold: people, messages, command menus and unanswered queries."""
