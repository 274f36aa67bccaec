"""What holds for any sitting and any vote, whatever the law's numbers are."""

from helpers.sittings import at
from helpers.sittings import COLLEGE
from helpers.sittings import COUNCIL
from helpers.sittings import EVERY_SET
from helpers.sittings import LARGE
from helpers.sittings import MEMBERS
from helpers.sittings import rules_of
from helpers.sittings import SMALL
from hypothesis import find
from hypothesis import given
from hypothesis import Phase
from hypothesis import settings
from hypothesis import strategies as st
from plonegov.deliberations.domain.attendance import Attendance
from plonegov.deliberations.domain.attendance import Entry
from plonegov.deliberations.domain.attendance import Movement
from plonegov.deliberations.domain.attendance import presence
from plonegov.deliberations.domain.attendance import Recusal
from plonegov.deliberations.domain.attendance import Slot
from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.ballots import OpenBallot
from plonegov.deliberations.domain.ballots import SecretBallot
from plonegov.deliberations.domain.ballots import Vote
from plonegov.deliberations.domain.cases import Case
from plonegov.deliberations.domain.cases import electorate
from plonegov.deliberations.domain.errors import RuleBroken
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Interest
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.outcome import outcome
from plonegov.deliberations.domain.proxies import Proxy

import pytest


#: From which call on the law does without a quorum: CDLD L1122-17, CGCT L2121-17.
LAST_CALLS = {COUNCIL: 3, SMALL: 2, LARGE: 2}

#: Eleven members and two people who are none.
people = st.sampled_from("abcdefghijkyz")
SLOT = Slot("item", at(15), at(20))
entries = st.builds(
    Entry,
    at=st.integers(0, 30).map(at),
    member=people,
    movement=st.sampled_from(Movement),
)
recusals = st.builds(
    Recusal, member=people, item=st.just("item"), interest=st.sampled_from(Interest)
)
proxies = st.builds(
    Proxy,
    giver=people,
    holder=people,
    given=st.integers(0, 25).map(at),
    sitting=st.integers(1, 4),
)
numbers = st.integers(0, 6)
any_ballot = st.one_of(
    st.lists(st.builds(Vote, people, st.sampled_from(Choice)), max_size=14).map(
        lambda votes: OpenBallot(tuple(votes))
    ),
    st.builds(Counts, numbers, numbers, numbers, numbers, numbers).map(SecretBallot),
)
facts = st.fixed_dictionaries(
    {
        "president": people,
        "matter": st.sampled_from(
            [Matter.ORDINARY, Matter.ACCOUNTS, Matter.DISCIPLINE]
        ),
        "proxies": st.frozensets(proxies, max_size=4),
        "call": st.integers(1, 3),
        "repeated": st.booleans(),
        "urgent": st.booleans(),
        "earlier_ties": st.integers(0, 2),
    }
)


@st.composite
def situations(draw):
    """Return a ballot, a case and a rule set; half of the ballots are lawful."""
    set_id = draw(st.sampled_from(EVERY_SET))
    here = draw(st.sets(people, min_size=3))
    log = {Entry(at(1), member, Movement.ARRIVED) for member in here}
    log |= draw(st.frozensets(entries, max_size=6))
    withdrawn = draw(st.frozensets(recusals, max_size=2))
    there = presence(Attendance(frozenset(log), recusals=withdrawn), SLOT)
    case = Case(MEMBERS, there, **draw(facts))
    secret = case.matter is Matter.DISCIPLINE and set_id in (COUNCIL, COLLEGE)
    if draw(st.booleans()):
        return draw(any_ballot), case, set_id
    voters = sorted(electorate(case, rules_of(set_id)).voters)
    choices = st.sampled_from([Choice.FOR, Choice.AGAINST, *Choice])
    votes = OpenBallot(tuple(Vote(voter, draw(choices)) for voter in voters))
    return SecretBallot(votes.counts) if secret else votes, case, set_id


def decided(ballot, case, set_id):
    """Return the outcome of a lawful ballot, None if it is refused."""
    try:
        return outcome(ballot, case, rules_of(set_id))
    except RuleBroken:
        return None


@pytest.mark.parametrize(
    "verdict",
    [Verdict.CARRIED, Verdict.REJECTED, Verdict.TIED, Verdict.NO_QUORUM, None],
)
def test_the_situations_below_have_every_end(verdict):
    def ends_so(situation):
        result = decided(*situation)
        return (result and result.verdict) == verdict

    generate = settings(max_examples=3000, phases=[Phase.generate], database=None)
    assert find(situations(), ends_so, settings=generate)


@settings(max_examples=50)
@given(situations())
def test_votes_never_exceed_members_who_may_vote_and_valid_proxies(situation):
    ballot, case, set_id = situation
    result = decided(ballot, case, set_id)
    if result is None:
        return
    took_part = case.presence.took_part & MEMBERS
    away = MEMBERS - case.presence.at_vote - set(case.presence.recused)
    givers = {proxy.giver for proxy in case.proxies} & away
    most = len(took_part)
    if set_id in (SMALL, LARGE):
        most += min(len(givers), len(took_part))
    assert result.counts.cast <= result.counts.total <= most


@settings(max_examples=50)
@given(situations())
def test_nothing_comes_out_without_quorum_but_for_a_last_call(situation):
    ballot, case, set_id = situation
    result = decided(ballot, case, set_id)
    if result is None:
        return
    french, there = set_id in (SMALL, LARGE), case.presence
    recused = {who: why for who, why in there.recused.items() if who in MEMBERS}
    moments = [there.at_opening, *([] if french else [there.at_vote])]
    counted = min(len((moment & MEMBERS) - set(recused)) for moment in moments)
    sent = [who for who, why in recused.items() if why is Interest.REPRESENTATIVE]
    base = len(MEMBERS) - (len(sent) if french else 0)
    last = case.repeated and case.call >= LAST_CALLS.get(set_id, 99)
    enough = counted * 2 > base or (last and counted > 0)
    assert (result.verdict is not Verdict.NO_QUORUM) == enough


@settings(max_examples=50)
@given(situations())
def test_a_proposal_is_carried_by_votes_or_by_the_president_only(situation):
    ballot, case, set_id = situation
    result = decided(ballot, case, set_id)
    if result is None or result.verdict is not Verdict.CARRIED:
        return
    counts = result.counts
    if case.matter is Matter.ACCOUNTS and set_id in (SMALL, LARGE):
        assert counts.in_favour >= counts.against
    elif counts.in_favour == counts.against:
        assert isinstance(ballot, OpenBallot)
        assert ballot.choice_of(case.president) is Choice.FOR
        assert set_id != COUNCIL
    else:
        assert counts.in_favour > counts.against


@given(situations())
def test_an_electorate_has_members_only_and_none_twice(situation):
    _, case, set_id = situation
    found = electorate(case, rules_of(set_id))
    assert found.voters <= MEMBERS
    assert not found.present & set(found.represented)
    assert not found.voters & set(case.presence.recused)
    if set_id in (COUNCIL, COLLEGE):
        assert found.represented == {}


@given(st.lists(entries, max_size=20), st.lists(recusals, max_size=3), st.data())
def test_the_order_in_which_a_sitting_was_logged_changes_no_vote(
    logged, withdrawn, data
):
    orders = [logged, data.draw(st.permutations(logged))]
    found = [
        presence(Attendance(frozenset(order), recusals=frozenset(withdrawn)), SLOT)
        for order in orders
    ]
    assert found[0] == found[1]
