"""Recognition on public data, when it stands beside the project; all of it is in `make eval`."""

import pytest

from tests.eval.__main__ import DATA, pairs_of_addresses


@pytest.mark.shared
@pytest.mark.skipif(not DATA.is_dir(), reason="the data is not there")
def test_addresses_of_one_post_are_one_and_of_two_posts_two() -> None:
    precision, recall = pairs_of_addresses()
    assert precision == 1.0
    assert recall >= 0.97
