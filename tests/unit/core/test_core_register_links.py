"""Whatever is done to a sealed register is found."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from hypothesis import given
from hypothesis import strategies as st
from plonegov.core.registers import links
from plonegov.core.registers.links import Registered

import pytest


START = datetime(2026, 1, 5, 17, tzinfo=UTC)
REGISTERS = ("council", "sealed")


@st.composite
def sealed_registers(draw):
    """Give links and registers: days on which some numbers were given or changed."""
    chain, now, last = [], {}, {}
    for day in range(draw(st.integers(1, 5))):
        when = START + timedelta(days=day)
        for step in range(draw(st.integers(1, 4))):
            register = draw(st.sampled_from(REGISTERS))
            number = draw(st.integers(1, last.get(register, 0) + 1))
            version = max(
                [key[3] for key in now if key[::2] == (register, number)] + [0]
            )
            key = (register, 2026, number, version + 1)
            last[register] = max(number, last.get(register, 0))
            now[key] = Registered(f"{register}{number}{version}{day}{step}", when)
        new = links.unsealed(chain, now)
        before = chain[-1] if chain else None
        chain.append(links.make_link(before, when + timedelta(hours=1), new))
    return chain, now


def found(chain, now, head=None):
    return links.problems(chain, chain[-1].hash if head is None else head, now)


@given(sealed_registers())
def test_what_nobody_touched_has_no_problem(made):
    chain, now = made
    assert found(chain, now) == []
    assert links.unsealed(chain, now) == {}
    assert [links.read_line(links.write_line(link)) for link in chain] == chain


@given(sealed_registers(), st.data())
def test_an_edit_a_deletion_and_an_exchange_are_found(made, data):
    chain, now = made
    head = chain[-1].hash
    key = data.draw(st.sampled_from(sorted(now)))
    edited = now | {key: replace(now[key], digest="another")}
    assert found(chain, edited)
    assert found(chain, {each: now[each] for each in now if each != key})
    other = data.draw(st.sampled_from(sorted(now)))
    if now[key].digest != now[other].digest:
        assert found(chain, now | {key: now[other], other: now[key]})
    rest = [links.make_link(None, START, edited)]
    assert found(rest, edited, head)


@given(sealed_registers(), st.data())
def test_an_insertion_is_found(made, data):
    chain, now = made
    register, year, number, version = data.draw(st.sampled_from(sorted(now)))
    when = data.draw(st.sampled_from([entry.when for entry in now.values()]))
    inserted = {
        (register, year, number + 100, 1): Registered("new", when),
        (register, year, number, version + 100): Registered("new", when),
    }
    for key, entry in inserted.items():
        assert found(chain, now | {key: entry})
    gap = Registered("new", START + timedelta(days=99))
    assert found(chain, now | {(register, year, number + 100, 1): gap})


@given(sealed_registers(), st.data())
def test_a_link_cut_off_taken_out_moved_or_changed_is_found(made, data):
    chain, now = made
    head = chain[-1].hash
    index = data.draw(st.integers(0, len(chain) - 1))
    link = chain[index]
    assert found(chain[:index] + chain[index + 1 :], now, head)
    later = START + timedelta(days=50)
    key = (*link.entries[0][0][:3], 9)
    for changed in (
        replace(link, time=later.isoformat()),
        replace(link, number=link.number + 1),
        replace(link, entries=(*link.entries, (key, "d"))),
        replace(link, before="0" * 64),
        replace(link, hash="0" * 64),
    ):
        assert found([*chain[:index], changed, *chain[index + 1 :]], now, head)
    if len(chain) > 1:
        assert found(chain[::-1], now, head)


@given(sealed_registers())
def test_registers_and_links_cut_off_together_are_found_by_the_head(made):
    chain, now = made
    gone = {key for key, _digest in chain[-1].entries}
    rest = {key: entry for key, entry in now.items() if key not in gone}
    assert found(chain[:-1], rest, chain[-1].hash)


@given(sealed_registers())
def test_a_link_that_was_written_and_not_noted_is_no_problem(made):
    chain, now = made
    before = chain[-2].hash if len(chain) > 1 else ""
    assert found(chain, now, before) == []
    assert found(chain, now, "0" * 64)


@given(sealed_registers())
def test_the_same_version_in_two_links_is_found(made):
    chain, now = made
    key = chain[0].entries[0][0]
    twice = links.make_link(chain[-1], START + timedelta(days=50), {key: now[key]})
    assert found([*chain, twice], now)


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'{"entries": [1]}', b"\xff"])
def test_a_line_that_is_no_link_is_refused(line):
    with pytest.raises(ValueError):
        links.read_line(line)


def test_the_day_after_goes_on():
    first = links.make_link(
        None, START, {("council", 2026, 1, 1): Registered("a", START)}
    )
    now = {
        ("council", 2026, 1, 1): Registered("a", START),
        ("council", 2026, 2, 1): Registered("b", START + timedelta(hours=3)),
    }
    assert found([first], now) == []
    assert list(links.unsealed([first], now)) == [("council", 2026, 2, 1)]
