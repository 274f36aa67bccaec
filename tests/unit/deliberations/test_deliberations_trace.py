"""A trace says in every language why something is so, and is kept as it was."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from helpers.sittings import case_of
from helpers.sittings import COUNCIL
from helpers.sittings import DAY
from helpers.sittings import rules_of
from helpers.sittings import votes
from pathlib import Path
from plonegov.core.languages import LANGUAGES
from plonegov.core.law.tomlfile import LawFileError
from plonegov.deliberations.domain import trace
from plonegov.deliberations.domain.model import Choice
from plonegov.deliberations.domain.model import Control
from plonegov.deliberations.domain.model import Mode
from plonegov.deliberations.domain.model import Publication
from plonegov.deliberations.domain.model import TieRule
from plonegov.deliberations.domain.model import Verdict
from plonegov.deliberations.domain.outcome import outcome
from plonegov.deliberations.domain.outcome import stored
from plonegov.deliberations.domain.rulereading import rule_set
from plonegov.deliberations.domain.trace import FOLDER
from plonegov.deliberations.domain.trace import Line
from plonegov.deliberations.domain.trace import line
from plonegov.deliberations.domain.trace import placeholders
from plonegov.deliberations.domain.trace import sentences
from plonegov.deliberations.domain.trace import told

import ast
import json
import pytest
import re
import shutil


DOMAIN = Path(trace.__file__).parent
#: Sentences whose id is put together in the code.
COMPOSED = (
    {f"tie_{rule}" for rule in TieRule if rule is not TieRule.PRESIDENT}
    | {f"tie_secret_{verdict}" for verdict in (Verdict.REJECTED, Verdict.TIED)}
    | {
        f"tie_{ground}_{said}"
        for ground, undecided in (
            ("president", Verdict.REJECTED),
            ("urgent", Verdict.TIED),
            ("repeated", Verdict.TIED),
        )
        for said in (Choice.FOR, Choice.AGAINST, f"silent_{undecided}")
    }
    | {f"{mode}_asked" for mode in (Mode.SECRET, Mode.NAMED)}
    | {f"{what}_published" for what in (Publication.LIST, Publication.MINUTES)}
    | {f"act_sent_for_{control}" for control in Control}
)


@pytest.fixture
def folder(tmp_path):
    """A copy of the rules that a test may break."""
    return Path(shutil.copytree(FOLDER, tmp_path / "rules"))


def written():
    """Return the texts that stand in the domain's code."""
    return {
        node.value
        for file in DOMAIN.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_each_sentence_is_used():
    assert set(sentences()) - COMPOSED <= written()
    assert set(sentences()) >= COMPOSED


def test_a_sentence_has_the_same_placeholders_in_all_languages():
    for name, texts in sentences().items():
        assert tuple(texts) == LANGUAGES
        assert len(set(texts.values())) == len(LANGUAGES), name
        assert len({placeholders(text) for text in texts.values()}) == 1, name
        assert not re.search(r" [:;?!»]|« ", texts["fr"]), texts["fr"]


def test_a_line_is_told_with_its_text_and_its_law():
    (found,) = told([line("eldest_first", "cdld_l1122_28", votes=4)])
    assert found["id"] == "eldest_first"
    assert found["values"] == {"votes": 4}
    assert found["text"]["fr"] == "Égalité à 4 voix\u00a0: le plus âgé l'emporte."
    assert found["text"]["nl"] == "Gelijkheid met 4 stemmen: de oudste gaat voor."
    law = found["law"]
    assert law["id"] == "cdld_l1122_28"
    assert (law["verified"], set(law["doubt"])) == (False, set(LANGUAGES))
    assert law["title"]["en"].startswith("Code of local democracy")
    assert law["url"].startswith("https://")


def test_a_line_without_law_says_so():
    assert told([Line("closed_always")])[0]["law"] is None


def test_values_are_told_in_words_and_kept_as_plain_values():
    day, amount, share = date(2026, 11, 5), Decimal("22000.00"), Fraction(2, 3)
    dated, paid, shared = told(
        [
            line("drafts_online", day=day),
            line("advice_needed", threshold=amount),
            line("urgency_declared", in_favour=6, present=9, needed=6, share=share),
        ]
    )
    assert dated["values"] == {"day": "2026-11-05"}
    assert "op 5 november 2026 online" in dated["text"]["nl"]
    assert "5 de noviembre de 2026" in dated["text"]["es"]
    assert paid["values"] == {"threshold": "22000.00"}
    assert "22.000" in paid["text"]["nl"]
    assert "22,000" in paid["text"]["en"]
    assert shared["values"]["share"] == "2/3"
    assert "(2/3)" in shared["text"]["fr"]
    assert json.loads(json.dumps([dated, paid, shared])) == [dated, paid, shared]


@pytest.mark.parametrize(
    ("there", "instead", "key"),
    [
        ("{votes} stemmen", "{stemmen} stemmen", r"sentences\.eldest_first\.nl"),
        ("{votes} stemmen", "gelijke stemmen", r"sentences\.eldest_first\.nl"),
        ("[sentences.votes]", "[texts.votes]", "texts"),
        ('nl = "Gelijkheid', 'de = "Gelijkheid', r"sentences\.eldest_first\.de"),
    ],
)
def test_sentences_are_read_strictly(folder, there, instead, key):
    file = folder / "trace.toml"
    text = file.read_text(encoding="utf-8")
    assert there in text
    file.write_text(text.replace(there, instead, 1), encoding="utf-8")
    with pytest.raises(LawFileError, match=key):
        sentences(folder)


def test_a_result_is_stored_as_json():
    ballot = votes("a+ b+ c- do")
    kept = stored(outcome(ballot, case_of("abcdefg"), rules_of(COUNCIL)))
    assert json.loads(json.dumps(kept)) == kept
    assert kept["verdict"] == "carried"
    assert kept["counts"] == {
        "in_favour": 2,
        "against": 1,
        "abstained": 1,
        "blank": 0,
        "void": 0,
    }
    assert (kept["base"], kept["needed"]) == (3, 2)
    assert (kept["rules"], kept["day"]) == (COUNCIL, DAY.isoformat())
    assert [one["id"] for one in kept["trace"]] == [
        "quorum_reached",
        "votes",
        "majority_reached",
    ]
    assert [one["law"] and one["law"]["id"] for one in kept["trace"]] == [
        "cdld_l1122_17",
        None,
        "cdld_l1122_26",
    ]


def test_a_result_may_be_stored_without_day():
    rules = rule_set(COUNCIL).rules
    kept = stored(outcome(votes("a+"), case_of("abcdefg"), rules))
    assert kept["day"] is None


def test_a_changed_rule_does_not_change_a_stored_result(folder):
    ballot, case = votes("a+ b+ c+ d- e-"), case_of("abcdefg")
    before = json.dumps(stored(outcome(ballot, case, rules_of(COUNCIL))))
    assert json.loads(before)["verdict"] == "carried"
    for name, there, instead in (
        (
            "be-wal-council",
            '[[majority]]\nmore_than = "1/2"',
            '[[majority]]\nmore_than = "2/3"',
        ),
        ("laws/be", "verified = true", "verified = false"),
        ("laws/be", "titles.fr = ", 'titles.fr = "Autre titre" # '),
        ("trace", 'fr = "', 'fr = "(nouveau) '),
    ):
        file = folder / f"{name}.toml"
        text = file.read_text(encoding="utf-8")
        assert there in text
        file.write_text(text.replace(there, instead), encoding="utf-8")
    changed = outcome(ballot, case, rule_set(COUNCIL, folder).on(DAY))
    assert changed.verdict is Verdict.REJECTED
    after = told(changed.trace, folder)
    assert after[0]["text"]["fr"].startswith("(nouveau)")
    assert after[0]["law"]["title"]["fr"] == "Autre titre"
    # What was stored speaks for itself: no rule, law or sentence is looked up again.
    kept = json.loads(before)
    assert kept["verdict"] == "carried"
    assert "(nouveau)" not in before
    assert "Autre titre" not in before
    assert json.dumps(stored(outcome(ballot, case, rules_of(COUNCIL)))) == before
