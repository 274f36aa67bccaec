"""Who votes in whose name (CGCT L2121-20; none in the CDLD)."""

from dataclasses import replace
from datetime import datetime
from helpers.sittings import at
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import MEMBERS
from helpers.sittings import presence_of
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from hypothesis import given
from hypothesis import strategies as st
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import ProxyNotAllowed
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.proxies import check_proxy
from plonegov.deliberations.domain.proxies import Proxy
from plonegov.deliberations.domain.proxies import represented
from plonegov.deliberations.domain.ruleset import Rules

import pytest


FRANCE = rules_of(SMALL)


def proxy(text, given=0, until=None, **facts):
    """Return a proxy from ``"ab"``: a lets b vote."""
    ends = None if until is None else at(until)
    return Proxy(text[0], text[1], at(given), ends, **facts)


def by_whom(proxies, present="abcdef", rules=FRANCE, **facts):
    there = presence_of(present, facts.get("left", ""), facts.get("recused"))
    found = represented(proxies, MEMBERS, there, rules)
    return "".join(f"{giver}{holder} " for giver, holder in found.items()).strip()


@pytest.mark.parametrize(
    ("one", "others", "reason"),
    [
        # One member, one colleague of his or her choice.
        (proxy("ka"), [], None),
        (proxy("kk"), [], "own"),
        (proxy("kz"), [], "no_member"),
        (proxy("za"), [], "no_member"),
        # A holder has one at a time; a giver gives one at a time.
        (proxy("ka"), [proxy("ja")], "holder_has_enough"),
        (proxy("ka"), [proxy("jb")], None),
        (proxy("ka"), [proxy("kb")], "given_twice"),
        (proxy("ka"), [proxy("ka")], None),
        # It can be taken back at any time; then another may follow.
        (proxy("ka", 10), [proxy("ja", 0, until=10)], None),
        (proxy("ka", 9), [proxy("ja", 0, until=10)], "holder_has_enough"),
        (proxy("ka", 0, until=5), [proxy("ja", 5)], None),
        (proxy("ka", 0, until=6), [proxy("ja", 5)], "holder_has_enough"),
        # At most three sittings in a row, unless an illness is certified.
        (proxy("ka", sitting=3), [], None),
        (proxy("ka", sitting=4), [], "too_many_sittings"),
        (proxy("ka", sitting=4, ill=True), [], None),
    ],
)
def test_a_french_proxy_is_one_per_holder_for_three_sittings(one, others, reason):
    if reason is None:
        check_proxy(one, others, MEMBERS, FRANCE)
        return
    with pytest.raises(ProxyNotAllowed) as caught:
        check_proxy(one, others, MEMBERS, FRANCE)
    assert caught.value.context == {"reason": reason}


@pytest.mark.parametrize("set_id", [COUNCIL, COLLEGE])
def test_walloon_law_has_no_proxy(set_id):
    with pytest.raises(ProxyNotAllowed) as caught:
        check_proxy(proxy("ka"), [], MEMBERS, rules_of(set_id))
    assert caught.value.context == {"reason": "none_in_law"}
    assert by_whom([proxy("ka")], rules=rules_of(set_id)) == ""


def test_two_members_may_represent_each_other():
    check_proxy(proxy("ka"), [], "ak", FRANCE)
    there = presence_of("a")
    assert represented([proxy("ka")], "ak", there, FRANCE) == {"k": "a"}


def test_a_first_proxy_is_for_a_first_sitting():
    once = replace(FRANCE, proxy=(replace(FRANCE.proxy[0], sittings=1),))
    check_proxy(proxy("ka"), [], MEMBERS, once)
    with pytest.raises(ProxyNotAllowed):
        check_proxy(proxy("ka", sitting=2), [], MEMBERS, once)


def test_illness_lifts_the_limit_only_where_the_law_says_so():
    strict = replace(FRANCE.proxy[0], illness_lifts=False)
    with pytest.raises(ProxyNotAllowed):
        check_proxy(
            proxy("ka", sitting=4, ill=True),
            [],
            MEMBERS,
            replace(FRANCE, proxy=(strict,)),
        )


#: Proxies, facts -> who is represented by whom at 20:20.
IN_USE = [
    ([proxy("ka")], {}, "ka"),
    ([proxy("ka"), proxy("jb")], {}, "jb ka"),
    ([], {}, ""),
    # Given before the vote, not taken back.
    ([proxy("ka", 20)], {}, "ka"),
    ([proxy("ka", 21)], {}, ""),
    ([proxy("ka", 0, until=21)], {}, "ka"),
    ([proxy("ka", 0, until=20)], {}, ""),
    ([proxy("ka", sitting=4)], {}, ""),
    ([proxy("ka", sitting=4, ill=True)], {}, "ka"),
    # Who is in the room votes himself or herself.
    ([proxy("fa")], {}, ""),
    # Who left can be represented by somebody who stayed, not the other way round.
    ([proxy("fa")], {"left": "f"}, "fa"),
    ([proxy("ka")], {"left": "a"}, ""),
    ([proxy("kj")], {}, ""),
    # A holder or a giver whom an interest bars (answer to question 20278 of the
    # National Assembly, 11th legislature).
    ([proxy("ka")], {"recused": {"a": Interest.PERSONAL}}, ""),
    ([proxy("ka")], {"recused": {"k": Interest.PERSONAL}}, ""),
    # Strangers.
    ([proxy("za")], {}, ""),
    ([proxy("kz")], {"present": "az"}, ""),
    # Of two of one giver the later one counts; in doubt none.
    ([proxy("ka", 0), proxy("kb", 5)], {}, "kb"),
    ([proxy("ka", 5), proxy("kb", 5)], {}, ""),
    # Of two of one holder the earlier one counts; in doubt none.
    ([proxy("ka", 5), proxy("ja", 0)], {}, "ja"),
    ([proxy("ka", 5), proxy("ja", 5)], {}, ""),
    ([proxy("ka", 5), proxy("ja", 0, until=9)], {}, "ka"),
    ([proxy("ka", 5), proxy("fa", 0)], {}, "ka"),
    # The same one twice is one.
    ([proxy("ka"), proxy("ka")], {}, "ka"),
]


@pytest.mark.parametrize(("proxies", "facts", "found"), IN_USE)
def test_who_is_represented(proxies, facts, found):
    assert by_whom(proxies, **facts) == found


letters = st.sampled_from("abcdefghijkz")
proxies_drawn = st.lists(
    st.builds(
        Proxy,
        giver=letters,
        holder=letters,
        given=st.integers(0, 25).map(at),
        until=st.none() | st.integers(5, 30).map(at),
        sitting=st.integers(1, 5),
        ill=st.booleans(),
    ),
    max_size=10,
)


@given(proxies_drawn, st.sets(letters), st.data())
def test_nobody_has_two_votes_by_proxy_whatever_is_given(proxies, present, data):
    mixed = data.draw(st.permutations(proxies))
    there = presence_of("".join(present), recused={"b": Interest.PERSONAL})
    found = represented(proxies, MEMBERS, there, FRANCE)
    assert found == represented(mixed, MEMBERS, there, FRANCE)
    assert len(set(found.values())) == len(found)
    assert set(found.values()) <= there.took_part & MEMBERS
    assert set(found) <= MEMBERS - present - {"b"}


@pytest.mark.parametrize("times", [{"given": 0}, {"given": 0, "until": 1}])
def test_a_proxy_needs_a_time_zone(times):
    naive = {key: datetime(2026, 11, 26, 20, value) for key, value in times.items()}
    if "until" in times:
        naive["given"] = at(0)
    with pytest.raises(ValueError, match="time zone"):
        Proxy("a", "b", **naive)


def test_where_the_law_says_nothing_nobody_is_represented():
    with pytest.raises(NoRuleInForce):
        represented([], MEMBERS, presence_of("a"), Rules())
