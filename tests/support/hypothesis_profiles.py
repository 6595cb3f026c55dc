"""How the Hypothesis tests look for what breaks.

`make test` tries the same few examples at every run, so that it is green or red for what was changed;
what was found once stands beside its test as an `@example`. `make torture` tries many new ones, and
prints the seed and the blob by which a find comes again. Neither fails for being slow: a machine may
be busy.
"""

from hypothesis import HealthCheck, settings

SAME, EXPLORING = "same", "exploring"
_FEW, _MANY = 100, 3_000


def register() -> None:
    """Makes the two profiles known; `--hypothesis-profile exploring` takes the place of the first."""
    common = settings(
        database=None, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile(SAME, common, max_examples=_FEW, derandomize=True)
    settings.register_profile(EXPLORING, common, max_examples=_MANY, derandomize=False)
    settings.load_profile(SAME)


def examples(few: int) -> int:
    """`few` in `make test`, and as many times more as others when exploring."""
    return few * (_MANY // _FEW) if settings.get_current_profile_name() == EXPLORING else few
