"""A moment is read with any offset, and is one that every zone can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from services.contracts.base import Moment

MOMENT: TypeAdapter[object] = TypeAdapter(Moment)


@given(st.datetimes(timezones=st.timezones()))
def test_what_is_taken_is_read_again_as_it_was_written(at: object) -> None:
    try:
        taken = MOMENT.validate_python(at)
    except ValidationError:
        return
    assert MOMENT.validate_json(MOMENT.dump_json(taken)) == taken


@pytest.mark.parametrize(
    "text",
    ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "9998-12-31T23:59:59-12:00", "2027-01-01T00:00:00"],
)
def test_what_no_zone_can_show_is_an_error_that_is_answered(text: str) -> None:
    with pytest.raises(ValidationError):
        MOMENT.validate_python(text)
