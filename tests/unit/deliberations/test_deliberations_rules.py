"""The rule sets as files: complete, dated, with their laws, read strictly."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from helpers.sittings import COUNCIL
from helpers.sittings import DAY
from helpers.sittings import EVERY_SET
from helpers.sittings import rules_of
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.tomlfile import LawFileError
from plonegov.deliberations.domain import errors
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.errors import RuleSetUnknown
from plonegov.deliberations.domain.model import BodyKind
from plonegov.deliberations.domain.model import Matter
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.rulereading import rule_sets
from plonegov.deliberations.domain.ruleset import about
from plonegov.deliberations.domain.ruleset import only
from plonegov.deliberations.domain.ruleset import SUBJECTS
from plonegov.deliberations.domain.trace import all_laws
from plonegov.deliberations.domain.trace import FOLDER

import pytest
import re
import shutil


every_set = pytest.mark.parametrize("set_id", EVERY_SET)


@pytest.fixture
def folder(tmp_path):
    """A copy of the rules that a test may break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "rules"))


def rows_of(rules):
    return [row for subject in SUBJECTS for row in getattr(rules, subject)]


def test_a_country_has_its_rule_sets():
    assert [one.id for one in rule_sets("BE")] == ["be-wal-college", "be-wal-council"]
    assert [one.id for one in rule_sets("FR")] == ["fr-3500-and-over", "fr-under-3500"]
    assert rule_sets("LU") == ()


def test_a_rule_set_says_which_body_it_is_for():
    bodies = {set_id: rule_set(set_id).body for set_id in EVERY_SET}
    colleges = [key for key, body in bodies.items() if body is BodyKind.COLLEGE]
    assert colleges == ["be-wal-college"]
    assert rule_set(COUNCIL).country == "BE"
    assert rule_set(COUNCIL).titles["nl"] == "Gemeenteraad (Wallonië)"


@pytest.mark.parametrize("set_id", ["be-vlg", "trace", "laws/be", "../rules/trace", ""])
def test_an_unknown_rule_set_is_refused(set_id):
    with pytest.raises(RuleSetUnknown) as caught:
        rule_set(set_id)
    assert caught.value.status == 404


@every_set
def test_every_rule_has_a_law_with_its_texts(set_id):
    found = rule_set(set_id)
    assert {row.law for row in rows_of(found.rules)} == set(found.laws)
    assert set(found.titles) == set(LANGUAGES)


def test_every_law_is_used():
    used = {law for set_id in EVERY_SET for law in rule_set(set_id).laws}
    assert used == set(all_laws())


def test_a_law_has_an_address_and_no_french_text_breaks_at_its_punctuation():
    for law in all_laws().values():
        assert law.url.startswith(("https://", "http://"))
        texts = [law.titles, *([law.doubt] if law.doubt else [])]
        for found in texts:
            assert tuple(found) == LANGUAGES
            assert len(set(found.values())) == len(LANGUAGES)
            assert not re.search(r" [:;?!»]|« ", found["fr"]), found["fr"]


@pytest.mark.parametrize(
    "law_id",
    [
        # What nobody has compared with the law, and what is doubtful in it.
        "cdld_l1122_17",
        "cdld_l1122_20",
        "cdld_l1122_28",
        "cdld_l1123_21",
        "cdld_l1124_40",
        "cdld_college_secret",
        "cdld_l6511_1_college",
        "cgct_l2131_1",
    ],
)
def test_what_is_from_knowledge_says_so(law_id):
    law = all_laws()[law_id]
    assert (law.verified, bool(law.doubt)) == (False, True)


@pytest.mark.parametrize("law_id", ["cdld_l1122_19", "cdld_l1123_8", "cdld_l1123_22"])
def test_a_law_that_was_read_may_be_doubtful_all_the_same(law_id):
    law = all_laws()[law_id]
    assert (law.verified, bool(law.doubt)) == (True, True)


def test_values_are_read_by_their_types():
    rules = rules_of(COUNCIL)
    assert rules.quorum[0].more_than == Fraction(1, 2)
    assert rules.convocation[0].clear_days == 7
    assert rules.convocation[0].notes is True
    assert rules.finance_advice[0].threshold == Decimal("22000.00")
    assert rules.secrecy[0].matters[0] is Matter.PRESENTATION
    assert rules.signature[0].signers == (Role.MAYOR, Role.DIRECTOR)
    assert rules.remote[0].valid_from == date(2021, 10, 1)
    assert (rules.set_id, rules.day) == (COUNCIL, DAY)


@pytest.mark.parametrize(
    ("day", "count"), [("2021-09-30", 0), ("2021-10-01", 1), ("2026-11-26", 1)]
)
def test_rules_hold_on_their_days_only(day, count):
    # Walloon decree of 15-07-2021: remote meetings from 1 October 2021.
    assert len(rules_of(COUNCIL, date.fromisoformat(day)).remote) == count


def test_a_replaced_rule_ends(folder):
    file = folder / "be-wal-college.toml"
    text = file.read_text(encoding="utf-8").replace(
        '[[quorum]]\nmore_than = "1/2"\nat_vote = true\n',
        '[[quorum]]\nmore_than = "2/3"\nlaw = "cdld_l1123_20"\n'
        "valid_from = 2004-08-22\nvalid_until = 2026-12-31\n\n"
        '[[quorum]]\nmore_than = "1/2"\n',
    )
    text = text.replace(
        'law = "cdld_l1123_20"\nvalid_from = 2004-08-22\n\n[[secrecy]]',
        'law = "cdld_l1123_20"\nvalid_from = 2027-01-01\n\n[[secrecy]]',
    )
    file.write_text(text, encoding="utf-8")
    found = rule_set("be-wal-college", folder)
    shares = [
        found.on(day).quorum[0].more_than
        for day in (date(2026, 12, 31), date(2027, 1, 1))
    ]
    assert shares == [Fraction(2, 3), Fraction(1, 2)]


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        # All of those present; a rule of a single day.
        ('at_least = "2/3"', 'at_least = "3/3"'),
        (
            'law = "cdld_l3221_5"\n',
            'law = "cdld_l3221_5"\nvalid_until = 2023-10-01\n',
        ),
    ],
)
def test_a_rule_may_ask_for_all_or_hold_for_a_day(folder, there, instead):
    file = folder / "be-wal-council.toml"
    text = file.read_text(encoding="utf-8")
    assert there in text
    file.write_text(text.replace(there, instead, 1), encoding="utf-8")
    assert rule_set("be-wal-council", folder).rules != rule_set(COUNCIL).rules


BROKEN = [
    # File, what is there, what stands instead, the key that the error names.
    ("be-wal-council", 'shared = "be-wal"', 'shared = "be-vlg"', "shared"),
    ("be-wal-council", 'body = "council"', 'body = "board"', "body"),
    ("be-wal-council", "[titles]", "[title]", "title"),
    ("be-wal-council", 'es = "Consejo municipal (Valonia)"\n', "", r"titles\.es"),
    ("be-wal-council", "clear_days = 7", 'clear_days = "7"', "clear_days"),
    ("be-wal-council", "clear_days = 7", "clear_days = -7", "clear_days"),
    ("be-wal-council", "clear_days = 7\n", "", r"convocation\[0\]\.clear_days"),
    ("be-wal-council", "clear_days = 7", "days = 7", r"convocation\[0\]\.days"),
    ("be-wal-council", 'at_least = "2/3"', 'at_least = "66%"', "at_least"),
    ("be-wal-council", 'at_least = "2/3"', 'at_least = "3/2"', "at_least"),
    ("be-wal-council", 'then = "rejected"', 'then = "lots"', r"tie\[0\]\.then"),
    ("be-wal-council", '"discipline", "hearing"]', '"dinner"]', "refused"),
    ("be-wal-council", 'law = "cdld_l1122_13"', 'law = "nlc_87"', "law"),
    (
        "be-wal-council",
        'law = "cdld_l3221_5"\nvalid_from',
        'law = "cdld_l3221_5"\nvalid_until = 2020-01-01\nvalid_from',
        "valid_until",
    ),
    ("shared/be-wal", "allowed = false", 'allowed = "no"', "allowed"),
    ("shared/be-wal", '"22000.00"', "22000", "threshold"),
    ("shared/be-wal", '["mayor", "director"]', '["queen"]', "signers"),
    ("shared/be-wal", "[[proxy]]", "[[proxies]]", "proxies"),
    ("laws/be", "titles.nl", "titles.de", "titles"),
    ("laws/fr", "[laws.cgct_l2121_17]", "[laws.cdld_l1122_17]", "no other file"),
    ("laws/fr", "[laws.cgct_l2121_17]", "[acts.cgct_l2121_17]", "acts"),
]


@pytest.mark.parametrize(("name", "there", "instead", "key"), BROKEN)
def test_a_wrong_file_is_refused_with_file_and_key(folder, name, there, instead, key):
    file = folder / f"{name}.toml"
    text = file.read_text(encoding="utf-8")
    assert there in text
    file.write_text(text.replace(there, instead, 1), encoding="utf-8")
    with pytest.raises(LawFileError, match=key) as caught:
        rule_set("be-wal-council", folder)
    assert caught.value.file == file


@pytest.mark.parametrize("subject", ["quorum", "proxy", "majority", "tie", "remote"])
def test_a_set_without_what_every_decision_needs_is_refused(folder, subject):
    for name in ("be-wal-council", "shared/be-wal"):
        file = folder / f"{name}.toml"
        text = file.read_text(encoding="utf-8")
        rows = re.compile(rf"^\[\[{subject}\]\]\n(?:.+\n)+", re.MULTILINE)
        file.write_text(rows.sub("", text), encoding="utf-8")
    with pytest.raises(LawFileError, match=f"{subject}: at least one row"):
        rule_set("be-wal-council", folder)


def test_a_majority_for_one_matter_only_is_no_majority(folder):
    file = folder / "be-wal-council.toml"
    text = file.read_text(encoding="utf-8")
    named = text.replace("[[majority]]", '[[majority]]\nmatters = ["budget"]')
    file.write_text(named, encoding="utf-8")
    with pytest.raises(LawFileError, match="majority: at least one row that holds"):
        rule_set("be-wal-council", folder)


def test_where_no_rule_is_in_force_nothing_is_decided():
    with pytest.raises(NoRuleInForce) as caught:
        only(rules_of(COUNCIL, date(1990, 1, 1)).quorum, "quorum")
    assert caught.value.context == {"subject": "quorum"}


def test_a_rule_on_the_matter_comes_before_one_on_any():
    rows = rules_of("fr-under-3500").majority
    assert [row.law for row in about(rows, Matter.ACCOUNTS)] == ["cgct_l1612_12"]
    assert [row.law for row in about(rows, Matter.BUDGET)] == ["cgct_l2121_20"]


def test_each_error_has_a_code_of_its_own():
    found = [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and one.__module__ == errors.__name__
    ]
    codes = {one.__name__: one.code for one in found}
    assert len(set(codes.values())) == len(codes)
    for name, code in codes.items():
        assert code == re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    assert {one.status for one in found} == {404, 422}
