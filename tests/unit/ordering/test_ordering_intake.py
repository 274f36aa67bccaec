"""What a request for a document must hold, rule by rule."""

from datetime import date
from helpers.intake import ADULT
from helpers.intake import CHILD
from helpers.intake import faults
from helpers.intake import file
from helpers.intake import JPEG
from helpers.intake import MB
from helpers.intake import PDF
from helpers.intake import PNG
from helpers.intake import request
from helpers.intake import terms
from helpers.intake import TODAY
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from plonegov.core.errors import InvalidInput
from plonegov.core.municipality.model import Address
from plonegov.ordering.domain.intake import examine
from plonegov.ordering.domain.model import Delivery
from plonegov.ordering.domain.model import Relation

import pytest


def test_a_right_request_is_read_as_it_is_meant():
    found = examine(request(copies="2"), terms(), TODAY)
    assert (found.document, found.language, found.relation) == (
        "residence",
        "fr",
        "self",
    )
    assert (found.copies, found.delivery) == (2, Delivery.POST)
    assert found.applicant.birth_date == date(1985, 7, 30)
    assert found.applicant.national_number == "85073003328"
    assert found.applicant.phone == "+32470000000"
    assert found.applicant.address == Address(
        "Rue de l'Essai", "12", "3", "7180", "Exempleville", "BE"
    )
    assert found.answers == {"purpose": "École"}
    assert found.attachments == ()


def test_the_subject_is_the_applicant_when_the_relation_is_self():
    found = examine(request(), terms(), TODAY)
    assert found.subject.last_name == "D'Exemple"
    assert found.subject.national_number == found.applicant.national_number
    assert (found.subject.deceased, found.subject.minor) == (False, False)


def test_the_subject_is_read_when_it_is_another_person():
    found = examine(request(relation="parent", subject=CHILD), terms(), TODAY)
    assert (found.subject.first_name, found.subject.minor) == ("Noé", True)
    assert found.relation is Relation.PARENT


#: Changes of a right request -> the field and the code of the one fault.
WRONG = [
    ({"document": "household"}, "document", "document_differs"),
    ({"language": ""}, "language", "required"),
    ({"language": "de"}, "language", "unknown_choice"),
    ({"language": 3}, "language", "text_expected"),
    ({"relation": "cousin"}, "relation", "unknown_choice"),
    ({"relation": None}, "relation", "required"),
    ({"surname": "x"}, "surname", "unknown_key"),
    ({"applicant__nickname": "x"}, "applicant.nickname", "unknown_key"),
    ({"applicant__address__floor": "1"}, "applicant.address.floor", "unknown_key"),
    ({"applicant__first_name": "  "}, "applicant.first_name", "required"),
    ({"applicant__last_name": None}, "applicant.last_name", "required"),
    ({"applicant__last_name": "x" * 101}, "applicant.last_name", "too_long"),
    ({"applicant__last_name": "a\x00b"}, "applicant.last_name", "control_characters"),
    ({"applicant__last_name": "a\u202eb"}, "applicant.last_name", "control_characters"),
    ({"applicant__last_name": "a\u2028b"}, "applicant.last_name", "control_characters"),
    ({"applicant__last_name": "a\ud800"}, "applicant.last_name", "control_characters"),
    ({"applicant__last_name": "a\ue000"}, "applicant.last_name", "control_characters"),
    ({"applicant__last_name": "a\u0378"}, "applicant.last_name", "control_characters"),
    ({"applicant__last_name": "1234"}, "applicant.last_name", "name_without_letter"),
    ({"applicant__last_name": ["x"]}, "applicant.last_name", "text_expected"),
    ({"applicant__birth_date": "30/07/1985"}, "applicant.birth_date", "date_invalid"),
    ({"applicant__birth_date": "1985-02-30"}, "applicant.birth_date", "date_invalid"),
    ({"applicant__birth_date": "19850730"}, "applicant.birth_date", "date_invalid"),
    ({"applicant__birth_date": "2026-11-23"}, "applicant.birth_date", "date_too_late"),
    ({"applicant__birth_date": "1899-12-31"}, "applicant.birth_date", "date_too_early"),
    (
        {"applicant__national_number": "85.07.30-033.29"},
        "applicant.national_number",
        "national_number_checksum",
    ),
    (
        {"applicant__birth_date": "1985-07-31"},
        "applicant.national_number",
        "birth_date_differs",
    ),
    ({"applicant__email": "elise@"}, "applicant.email", "email_address"),
    ({"applicant__phone": "123"}, "applicant.phone", "phone_number"),
    (
        {"applicant__address__postal_code": "718"},
        "applicant.address.postal_code",
        "postal_code",
    ),
    ({"applicant__address__street": ""}, "applicant.address.street", "required"),
    ({"applicant__address__locality": ""}, "applicant.address.locality", "required"),
    (
        {"applicant__address__postal_code": ""},
        "applicant.address.postal_code",
        "required",
    ),
    (
        {"applicant__address__country": "QQ"},
        "applicant.address.country",
        "country_unknown",
    ),
    (
        {"applicant__address__number": "1" * 21},
        "applicant.address.number",
        "too_long",
    ),
    ({"applicant__address": {}}, "delivery", "address_missing"),
    ({"applicant__address": "Rue"}, "applicant.address", "object_expected"),
    ({"subject": {"first_name": "Autre"}}, "subject.first_name", "subject_differs"),
    ({"subject": {"deceased": True}}, "subject.deceased", "subject_differs"),
    ({"subject": {"minor": True}}, "subject.minor", "subject_differs"),
    ({"subject": "moi"}, "subject", "object_expected"),
    ({"copies": 0}, "copies", "copies_out_of_range"),
    ({"copies": 6}, "copies", "copies_out_of_range"),
    ({"copies": 1000}, "copies", "copies_out_of_range"),
    ({"copies": "deux"}, "copies", "whole_number_expected"),
    ({"copies": "²"}, "copies", "whole_number_expected"),
    ({"copies": "1" * 5000}, "copies", "whole_number_expected"),
    ({"copies": True}, "copies", "whole_number_expected"),
    ({"copies": 1.5}, "copies", "whole_number_expected"),
    ({"delivery": "pigeon"}, "delivery", "unknown_choice"),
    ({"delivery": ""}, "delivery", "required"),
    ({"delivery": "download"}, "delivery", "delivery_not_offered"),
    ({"delivery": "email", "applicant__email": ""}, "delivery", "email_missing"),
    ({"answers": []}, "answers", "object_expected"),
    ({"answers": {"a": "x" * 5001}}, "answers.a", "too_long"),
    ({"answers": {"a": "x" * 5 * MB}}, "answers.a", "too_long"),
    ({"answers": {"a": "x\x07"}}, "answers.a", "control_characters"),
    ({"answers": {"a": {"b": 1}}}, "answers.a", "answer_type_refused"),
    ({"answers": {"a": [1]}}, "answers.a", "answer_type_refused"),
    ({"answers": {"a": 1.5}}, "answers.a", "answer_type_refused"),
    ({"answers": {"a": ["x"] * 51}}, "answers.a", "too_many_values"),
    ({"answers": {str(n): "x" for n in range(51)}}, "answers", "too_many_values"),
    ({"attachments": {}}, "attachments", "list_expected"),
    ({"attachments": [file()] * 11}, "attachments", "too_many_files"),
    ({"attachments": ["x"]}, "attachments.0", "object_expected"),
    ({"attachments": [file(x=1)]}, "attachments.0.x", "unknown_key"),
    ({"attachments": [file(question="")]}, "attachments.0.question", "required"),
    (
        {"attachments": [file(), file(question="cat")]},
        "attachments.1.question",
        "unknown_choice",
    ),
    ({"attachments": [file(filename="")]}, "attachments.0.filename", "required"),
    ({"attachments": [file(data="")]}, "attachments.0.data", "file_empty"),
    ({"attachments": [file(data=None)]}, "attachments.0.data", "file_empty"),
    ({"attachments": [file(data="%%%%")]}, "attachments.0.data", "base64_invalid"),
    ({"attachments": [file(data="é")]}, "attachments.0.data", "base64_invalid"),
    ({"attachments": [file(b"MZ\x90")]}, "attachments.0.data", "file_type_refused"),
    (
        {"attachments": [file(b"<script>%PDF-")]},
        "attachments.0.data",
        "file_type_refused",
    ),
    (
        {"attachments": [file(PNG, content_type="application/pdf")]},
        "attachments.0.content_type",
        "file_type_differs",
    ),
    (
        {"attachments": [file(PDF + bytes(10 * MB))]},
        "attachments.0.data",
        "file_too_large",
    ),
    (
        {"attachments": [file(PDF + bytes(10 * MB - 8))]},
        "attachments.0.data",
        "file_too_large",
    ),
]


@pytest.mark.parametrize(("changes", "field", "code"), WRONG)
def test_each_wrong_value_is_named_at_its_field(changes, field, code):
    assert faults(request(**changes)) == {field: code}


#: What is right although it may look wrong.
RIGHT = [
    {"applicant__last_name": "Παπαδόπουλος"},
    {"applicant__last_name": "O’Neill-D'Hondt"},
    {"applicant__last_name": "بن علي"},
    {"applicant__last_name": "x" * 100},
    {"applicant__last_name": "<script>alert(1)</script>"},
    {"applicant__birth_date": "", "applicant__national_number": "85073003328"},
    {"applicant__national_number": ""},
    {"applicant__email": "", "applicant__phone": None},
    {"applicant__address__number": "", "applicant__address__box": ""},
    {"applicant__address__country": ""},
    {"applicant__address": {}, "delivery": "counter"},
    {"subject": None},
    {"subject": {}},
    {"subject": dict(ADULT, deceased=False, minor=False)},
    {"copies": None},
    {"copies": " 5 "},
    {"delivery": "email"},
    {"answers": None},
    {"answers": {"a": True, "b": 3, "c": None, "d": ["x"], "e": "x" * 5000}},
    {"attachments": None},
    {"attachments": [file()] * 5 + [file(question="proof")] * 5},
    {"attachments": [file(PDF + bytes(10 * MB - 9))]},
    {"attachments": [file(JPEG, content_type="image/jpg", question="proof")]},
    {"document": ""},
]


@pytest.mark.parametrize("changes", RIGHT)
def test_what_is_right_is_not_refused(changes):
    assert faults(request(**changes)) == {}


def test_a_subject_must_be_named_when_it_is_not_the_applicant():
    assert faults(request(relation="spouse")) == {
        "subject.first_name": "required",
        "subject.last_name": "required",
        "subject.birth_date": "required",
    }


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_form():
    with pytest.raises(InvalidInput) as caught:
        examine({"copies": 0}, terms(), TODAY)
    assert [fault.field for fault in caught.value.faults] == [
        "language",
        "relation",
        "applicant.first_name",
        "applicant.last_name",
        "applicant.birth_date",
        "copies",
        "delivery",
    ]


def test_a_fault_says_what_is_allowed_and_never_what_was_typed():
    with pytest.raises(InvalidInput) as caught:
        examine(request(copies=77, delivery="secret"), terms(), TODAY)
    shown = {fault.field: fault.context for fault in caught.value.faults}
    assert shown == {
        "copies": {"most": 5},
        "delivery": {"allowed": "post, counter, email, download"},
    }


def test_unknown_keys_are_named_ten_at_most_and_short():
    found = faults(request() | {f"clé{n:02}" + "x" * 99: 1 for n in range(40)})
    assert len(found) == 10
    assert all(len(field) == 40 and field.isascii() for field in found)


@pytest.mark.parametrize(
    ("only", "fields"),
    [
        (["applicant"], {"applicant.last_name"}),
        (["relation", "subject"], set()),
        (["delivery", "copies"], {"copies"}),
        (["applicant.address"], set()),
        (["app"], set()),
    ],
)
def test_a_page_is_checked_alone(only, fields):
    payload = request(applicant__last_name="", copies=0)
    assert set(faults(payload, only=only)) == fields


def test_a_page_that_is_right_gives_no_request():
    assert examine(request(), terms(), TODAY, only=["applicant"]) is None


def test_a_page_is_checked_before_the_others_are_filled_in():
    assert faults({"applicant": ADULT}, only=["applicant"]) == {}


def test_texts_are_normalised_but_kept():
    found = examine(
        request(
            applicant__last_name="  Le\u0301a \t Anne ".replace("\t", " "),
            answers={"a": " <b>1</b>\r\n2\r3 ", "b": ["e\u0301"]},
        ),
        terms(),
        TODAY,
    )
    assert found.applicant.last_name == "Léa Anne"
    assert found.answers == {"a": "<b>1</b>\n2\n3", "b": ["é"]}


@pytest.mark.parametrize(
    ("data", "filename", "stored", "content_type"),
    [
        (PDF, "../../etc/passwd", "passwd.pdf", "application/pdf"),
        (PDF, "C:\\Users\\eve\\a.PDF", "a.pdf", "application/pdf"),
        (PNG, "photo.exe", "photo.exe.png", "image/png"),
        (JPEG, "scan.jpeg", "scan.jpeg", "image/jpeg"),
        (JPEG, 'a<b>"c|d?*:.jpg', "a_b__c_d___.jpg", "image/jpeg"),
        (JPEG, "gpj\u202etxt\x00.jpg", "gpjtxt.jpg", "image/jpeg"),
        (PNG, "...", "file.png", "image/png"),
        (PNG, "x" * 300 + ".png", "x" * 100 + ".png", "image/png"),
    ],
)
def test_files_are_known_by_their_bytes_and_their_names_made_harmless(
    data, filename, stored, content_type
):
    payload = request(attachments=[file(data, filename=filename)])
    (found,) = examine(payload, terms(), TODAY).attachments
    assert (found.filename, found.content_type) == (stored, content_type)
    assert (found.data, found.question) == (data, "mandate")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(sorted(request())), value=JSON)
def test_no_json_breaks_the_check(path, value):
    faults(request(**{path: value}))


@settings(max_examples=150, deadline=None)
@given(key=st.sampled_from(sorted(ADULT)), value=JSON)
def test_no_json_breaks_the_check_of_a_person(key, value):
    faults(request(**{f"applicant__{key}": value}))


@settings(max_examples=200, deadline=None)
@given(name=st.text(min_size=1, max_size=100))
def test_a_name_is_kept_as_text_or_refused(name):
    found = faults(request(applicant__last_name=name))
    assert set(found) <= {"applicant.last_name"}
