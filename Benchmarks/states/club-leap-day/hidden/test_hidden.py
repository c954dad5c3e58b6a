from datetime import date

import pytest
from freezegun import freeze_time

from club import terms


@freeze_time("2028-02-29 09:30")
def test_fixed_joining_on_a_leap_day(join):
    assert join()["paid_until"] == "2029-02-28"


@freeze_time("2028-02-29 23:59")
def test_fixed_a_late_renewal_on_a_leap_day():
    assert terms.renewed(date(2028, 1, 31)) == date(2029, 2, 28)


@pytest.mark.parametrize(("today", "until"), [("2027-02-28", "2028-02-28"), ("2028-02-28", "2029-02-28"), ("2028-03-01", "2029-03-01"), ("2027-12-31", "2028-12-31")])
def test_guard_other_days_are_the_same_a_year_on(today, until):
    with freeze_time(today):
        assert terms.first_term().isoformat() == until


@freeze_time("2028-02-29")
def test_guard_a_renewal_before_the_end():
    assert terms.renewed(date(2028, 2, 29)) == date(2029, 2, 28)
