"""The pooled texts of demonstrations are whole, and no text of a person."""

from plonegov.deliberations.domain.ballots import Counts
from plonegov.deliberations.domain.categories import category_ids
from plonegov.deliberations.domain.demo import countries
from plonegov.deliberations.domain.demo import exceptions
from plonegov.deliberations.domain.demo import papers
from plonegov.deliberations.domain.demo import people
from plonegov.deliberations.domain.demo import pool
from plonegov.deliberations.domain.demo import texts
from plonegov.deliberations.domain.demo import Trend
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Matter

import pytest


every_country = pytest.mark.parametrize("country", countries())


@every_country
def test_each_topic_can_stand_on_an_agenda(country):
    found = pool(country)
    titles = [topic.title for topic in found.topics]
    assert len(titles) == len(set(titles))
    for topic in (found.minutes, *found.topics):
        assert topic.category in category_ids()
        assert topic.matter in tuple(Matter)
        assert topic.service in ("", "works")
        made = texts(topic, found, 7, 2026)
        assert len(made["title"]) <= 500
        assert made["title"][0].isupper()
        assert "{" not in "".join(made.values())
        assert made["decision"].startswith("<p>")
    assert found.of_privacy("closed")
    assert len(found.topics) >= {"BE": 60, "FR": 24}[country]


@every_country
def test_each_council_has_twenty_five_members_and_one_account(country):
    cast = people(country)
    names = [member.name for member in cast.members["council"]]
    assert len(names) == len(set(names)) == 25
    assert cast.account in names
    assert {"mayor", "director", "finance"} <= set(cast.offices)
    assert cast.offices["mayor"] == names[0]
    for member in cast.members["council"]:
        assert member.group < len(cast.groups)


def test_a_walloon_college_of_six_sits_in_the_council():
    cast = people("BE")
    college = cast.members["college"]
    assert len(college) == 6
    assert set(college) <= set(cast.members["council"])


GROUPS = {"a": 0, "b": 1, "c": 2, "d": 3}


@pytest.mark.parametrize(
    ("trend", "number", "against", "abstained"),
    [
        (Trend.UNANIMOUS, 0, "", ""),
        (Trend.CONTESTED, 0, "cd", ""),
        (Trend.CONTESTED, 1, "c", "d"),
        (Trend.ABSTENTION, 0, "", "c"),
        (Trend.ABSTENTION, 1, "", "d"),
        (Trend.REJECTED, 0, "ab", ""),
    ],
)
def test_groups_vote_as_the_topic_says(trend, number, against, abstained):
    found = exceptions(trend, GROUPS, number)
    assert found == {
        **dict.fromkeys(against, Choice.AGAINST),
        **dict.fromkeys(abstained, Choice.ABSTAIN),
    }


@pytest.mark.parametrize(
    ("voters", "number", "counts"),
    [(24, 0, Counts(24)), (24, 5, Counts(21, 2, 0, 1)), (3, 5, Counts(3))],
)
def test_papers_are_no_more_than_voters(voters, number, counts):
    assert papers(voters, number) == counts
    assert counts.total == voters
