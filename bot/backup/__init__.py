"""Commands that read or copy the whole database: audit log, export, backup, restore, move."""
