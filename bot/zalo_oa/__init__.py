"""The adapter for Zalo's Official Accounts, on their Open API."""
