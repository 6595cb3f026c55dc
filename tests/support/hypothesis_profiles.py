"""A pytest plugin with the two Hypothesis profiles of this project.

`make test` tries the same few examples on every run, so that its result depends on the code alone;
an example that once failed stands beside its test as an `@example`. `make torture` tries many new
ones and prints the seed and the blob that reproduce a failure. Neither has a deadline, because the
machine may be busy.
"""

import pytest
from hypothesis import HealthCheck, settings

SAME, EXPLORING = "same", "exploring"
_FEW, _MANY = 100, 3_000


@pytest.hookimpl(tryfirst=True)
def pytest_configure() -> None:
    """Registers both profiles before the Hypothesis plugin reads `--hypothesis-profile`."""
    common = settings(
        database=None, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.register_profile(SAME, common, max_examples=_FEW, derandomize=True)
    settings.register_profile(EXPLORING, common, max_examples=_MANY, derandomize=False)
    settings.load_profile(SAME)


def examples(few: int) -> int:
    """`few` in `make test`, and as many times more as others when exploring."""
    return few * (_MANY // _FEW) if settings.get_current_profile_name() == EXPLORING else few
