"""What people do on their phones, on Telegram and on Zalo."""
