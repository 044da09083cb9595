"""What is sent as a number or an order is taken as one, or as nothing: it never breaks a page."""

import pytest

from saidanddone.core.numbers import number, numbers, reordered

NO_NUMBERS = ["", None, "-1", "1.0", "²", "٣", "abc", "\x00", "9" * 19, "9" * 5000, " 7", "1e3"]


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_of_a_record_is_nobodys(typed):
    assert number(typed) == 0


def test_numbers_are_taken_each_once_and_the_rest_is_left_out():
    assert number("7") == 7
    assert numbers(["7", "x", "7", "9" * 5000, "3", "0"]) == [7, 3]
    assert len(numbers(str(one) for one in range(1, 9000))) == 2000


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ({"order": "3,1,2"}, [3, 1, 2]),
        ({"order": f"3,{'9' * 5000},8,3,٣,1"}, [3, 1]),
        ({"move": "2:up"}, [2, 1, 3]),
        ({"move": "2:down"}, [1, 3, 2]),
        ({"move": "1:up"}, [1, 2, 3]),
        ({"move": "3:down"}, [1, 2, 3]),
        ({"move": "2:sideways"}, [1, 2, 3]),
        ({"move": "9" * 5000 + ":up"}, [1, 2, 3]),
        ({}, [1, 2, 3]),
    ],
)
def test_an_order_is_dragged_or_stepped(typed, wanted):
    keys = [1, 2, 3]
    assert reordered(keys, typed) == wanted
    assert keys == [1, 2, 3]
