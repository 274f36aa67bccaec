"""What a file may answer, and how many, how large and of which type these may be."""

from base64 import b64encode
from helpers.intake import faults
from helpers.intake import file
from helpers.intake import JPEG
from helpers.intake import MB
from helpers.intake import PARENT
from helpers.intake import PDF
from helpers.intake import PNG
from helpers.intake import request
from helpers.intake import terms
from plonegov.ordering.domain.attachments import file_fault
from plonegov.ordering.domain.attachments import FILE_QUESTIONS
from plonegov.ordering.domain.attachments import FileQuestion
from plonegov.ordering.domain.attachments import limits_of
from plonegov.ordering.domain.attachments import questions_asked
from plonegov.ordering.domain.model import FileLimits
from plonegov.ordering.domain.model import Relation

import pytest


HEIC = b"\x00\x00\x00\x1cftypheic\x00\x00\x00\x00"
LIMITS = FileLimits(10 * MB)
SMALL = FileQuestion("scan", most=2, largest=100, types=("application/pdf",))


@pytest.mark.parametrize(
    ("relation", "asked"),
    [
        ("self", []),
        ("spouse", ["proof"]),
        ("heir", ["proof"]),
        ("lawyer", ["proof"]),
        ("notary", ["proof"]),
        ("other", []),
        ("mandatary", ["mandate", "identity"]),
    ],
)
def test_the_relation_says_which_files_are_asked_for(relation, asked):
    for value in (relation, Relation(relation)):
        found = questions_asked(terms(), value)
        assert [question.id for question in found] == asked


def test_a_document_may_ask_others_for_a_mandate_too():
    asking = terms(mandate_for=(Relation.LAWYER,))
    assert [one.id for one in questions_asked(asking, "lawyer")] == [
        "mandate",
        "identity",
    ]
    assert [one.id for one in questions_asked(asking, "mandatary")] == ["proof"]


def test_only_the_copy_of_an_identity_document_is_erased_at_the_decision():
    """GDPR, article 5(1)(c) and (e)."""
    assert [one.id for one in FILE_QUESTIONS.values() if one.until_decided] == [
        "identity"
    ]


@pytest.mark.parametrize("question", FILE_QUESTIONS.values(), ids=str)
def test_no_question_takes_one_file_more_than_it_says(question):
    def wrong(number):
        files = [file(question=question.id)] * number
        return faults(request(attachments=files))

    most = question.most
    assert wrong(most) == {}
    assert wrong(most + 1) == {f"attachments.{most}": "too_many_files"}


def test_the_files_of_each_question_are_counted_apart():
    names = ["proof", "identity"] * 2 + ["identity", "proof"]
    files = [file(question=name) for name in names]
    assert faults(request(attachments=files)) == {"attachments.4": "too_many_files"}


@pytest.mark.parametrize("item", ["x", file(question=3), file(question="cat"), {}])
def test_what_answers_no_question_is_not_counted(item):
    found = faults(request(attachments=[item] * 7))
    assert "too_many_files" not in found.values()


@pytest.mark.parametrize(
    ("data", "kept", "limits", "code", "context"),
    [
        (PDF, 0, LIMITS, None, None),
        (PDF, 1, LIMITS, None, None),
        (PDF, 2, LIMITS, "too_many_files", {"limit": 2}),
        (b"", 0, LIMITS, "file_empty", {}),
        (PDF + bytes(100), 0, LIMITS, "file_too_large", {"limit": 0}),
        (PDF, 0, FileLimits(5), "file_too_large", {"limit": 0}),
        (PDF, 0, FileLimits(10 * MB, left=5), "storage_full", {}),
        (PNG, 0, LIMITS, "file_type_refused", {}),
        (b"GIF89a", 0, LIMITS, "file_type_refused", {}),
    ],
)
def test_a_single_file_is_held_to_its_question(data, kept, limits, code, context):
    fault = file_fault("scan", SMALL, data, kept, limits)
    assert (fault and fault.code) == code
    assert (fault and fault.context) == context
    assert fault is None or fault.field == "scan"


def test_the_smaller_limit_counts():
    question = FILE_QUESTIONS["mandate"]
    assert limits_of(question, FileLimits(2 * MB, left=7)) == FileLimits(2 * MB, 7)
    assert limits_of(question, FileLimits(99 * MB)).largest == question.largest


def test_a_file_larger_than_its_question_takes_is_refused_by_rest(monkeypatch):
    monkeypatch.setitem(FILE_QUESTIONS, "identity", FileQuestion("identity", 2, 50))
    large = file(PDF + bytes(50))
    files = [large, {**large, "question": "identity"}]
    assert faults(request(attachments=files)) == {
        "attachments.1.data": "file_too_large"
    }


def test_a_type_that_its_question_does_not_take_is_refused_by_rest(monkeypatch):
    only_pdf = FileQuestion("identity", 2, MB, types=("application/pdf",))
    monkeypatch.setitem(FILE_QUESTIONS, "identity", only_pdf)
    picture = b64encode(JPEG).decode()
    files = [file(data=picture), file(data=picture, question="identity")]
    assert faults(request(attachments=files)) == {
        "attachments.1.data": "file_type_refused"
    }


@pytest.mark.parametrize("declared", ["image/heic", "image/heif", ""])
def test_a_picture_of_a_telephone_is_taken(declared):
    sent = file(HEIC, content_type=declared, filename="IMG_1.HEIC")
    assert faults(request(attachments=[sent])) == {}


def test_a_mandate_with_a_copy_of_the_identity_card_is_a_whole_request():
    sent = [file(), file(PNG, question="identity")]
    payload = request(relation="mandatary", subject=PARENT, attachments=sent)
    assert faults(payload) == {}
