from hypothesis import given
from hypothesis import strategies as st

from kg.cover import Cover

PLACES = st.integers(0, 12)


@given(st.lists(st.tuples(PLACES, PLACES)), PLACES)
def test_the_reach_of_a_place_is_the_furthest_end_of_what_begins_by_it(stretches, place):
    assert Cover(stretches).reach(place) == max((end for start, end in stretches if start <= place), default=-1)


def test_many_stretches_are_looked_up_in_few_steps(steps):
    few, many = Cover((n, n + 1) for n in range(500)), Cover((n, n + 1) for n in range(5000))
    assert steps(lambda: many.reach(400)) <= 2 * steps(lambda: few.reach(400))
