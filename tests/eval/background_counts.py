"""Writes `handlers/recognition/background/word_counts.txt`: `python -m tests.eval.background_counts`.

Needs the package wordfreq (`pip install wordfreq`), which is not installed for the tests. Its data is
under CC BY-SA 4.0; the file that is written names it.
"""

from collections import Counter

import wordfreq

from handlers.recognition.background import FILE, POSTS
from handlers.recognition.normalization import fold

_LANGUAGES = ("vi", "en")
_WORDS_IN_A_POST = 40
_HEADING = """\
# Of 500 posts of 40 words, half of them Vietnamese and half English: how many have the word, without
# diacritics. Computed by tests/eval/background_counts.py from wordfreq 3.1 (Robyn Speer), whose
# data is under the Creative Commons Attribution-ShareAlike 4.0 licence
# (https://creativecommons.org/licenses/by-sa/4.0/); so is this file.
"""


def main() -> None:
    counts: Counter[str] = Counter()
    for language in _LANGUAGES:
        for word, frequency in _frequencies(language).items():
            share = 1 - (1 - min(frequency, 1.0)) ** _WORDS_IN_A_POST
            counts[word] += share * POSTS / len(_LANGUAGES)  # type: ignore[assignment]
    lines = [f"{word} {round(count)}" for word, count in counts.most_common() if count >= 0.5]
    FILE.write_text(_HEADING + "\n".join(lines) + "\n", encoding="ascii")


def _frequencies(language: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, frequency in wordfreq.get_frequency_dict(language, "small").items():
        folded = fold(word)
        if folded.isascii() and folded.isalpha():
            found[folded] += frequency
    return found


if __name__ == "__main__":
    main()
