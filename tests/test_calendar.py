"""A date is read in one way wherever one is given, asked about or written."""

from __future__ import annotations

import pytest

from kg.dates import bounds


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2031", ("2031-01-01", "2031-12-31")),
        ("2031-02", ("2031-02-01", "2031-02-28")),
        ("2032-02", ("2032-02-01", "2032-02-29")),
        ("2031-09-12", ("2031-09-12", "2031-09-12")),
    ],
)
def test_a_date_means_the_days_of_its_precision(written: str, days: tuple[str, str]) -> None:
    assert bounds(written) == days


@pytest.mark.parametrize(
    "written", ["2031-13", "2031-02-29", "0000", "931", "2031-9", "2031-W01", "20310912", "2031-09-12T10:00", "2031\n", "٢٠٣١", "soon", ""]
)
def test_what_no_calendar_has_is_no_date(written: str) -> None:
    assert bounds(written) is None
