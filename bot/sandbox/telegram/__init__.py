"""The Bot API of Telegram: its endpoint and its methods."""
