"""Random numbers and codes, and the primary key of a row."""

from datetime import date

import pytest

from storage.database.ids import id_of
from storage.models import Case


def test_the_id_of_a_stored_row_is_its_primary_key() -> None:
    assert id_of(Case(id=7, code="K7RTPQ", opened_on=date(2026, 3, 2))) == 7


def test_a_row_that_was_never_stored_has_no_id_and_the_error_names_its_table() -> None:
    with pytest.raises(ValueError, match="Case has not been stored"):
        id_of(Case(code="K7RTPQ", opened_on=date(2026, 3, 2)))
