"""Worker processes: what a stranger's file could do harm to, or what takes long, is computed there."""
