"""`python -I …/bot/workers/__main__.py MEMORY SECONDS`: one worker, started by the bot (`pool`)."""

import sys
from pathlib import Path

if __name__ == "__main__":
    # Isolated, Python looks for modules in its own folders only; the bot may be elsewhere.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from bot.workers.worker import main

    main()
