"""The sum of all bytes is always that of the entries."""

from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.records.weights import Weights

import pickle


CHANGES = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 10**12)))


@given(CHANGES)
def test_the_total_is_the_sum_of_what_is_counted_now(changes):
    weights, held = Weights(), {}
    for key, size in changes:
        weights.put(key, size)
        held[key] = size
    assert weights.total == sum(held.values())
    for key in "ABCD":
        weights.drop(key)
    assert weights.total == 0


def test_what_does_not_change_is_not_written():
    weights = Weights()
    weights.put("A", 5)
    before = pickle.dumps(weights.__getstate__())
    weights.put("A", 5)
    weights.put("B", 0)
    weights.drop("C")
    assert pickle.dumps(weights.__getstate__()) == before
