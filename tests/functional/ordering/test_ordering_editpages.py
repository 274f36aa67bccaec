"""A form is worded and published on its pages; who fills it in meanwhile loses nothing."""

from helpers.citizen import QUESTIONS
from helpers.editing import posted
from helpers.people import add_person
from helpers.people import PASSWORD
from helpers.stores import only_order
from plonegov.ordering.api.counters import counter

import pytest
import transaction


EDIT = "counter/residence/edit-questions"


@pytest.fixture
def editor(portal, browser):
    """Return the clerk of the service that answers for the document."""
    add_person(portal, "clerk", ["Member", "Clerk"], ["service-population"])
    transaction.commit()
    person = browser()
    person.session.auth = ("clerk", PASSWORD)
    return person


def write(editor, answer_type="line", words="School", **kwargs):
    """Write an own question; nothing is published yet."""
    editor.open(f"{EDIT}/question?new={answer_type}")
    editor.send(posted(words, **kwargs))
    assert editor.path == EDIT, editor.problems()


def reword(editor, **titles):
    editor.open(f"{EDIT}/question?id=purpose")
    editor.send({f"titles.{language}": text for language, text in titles.items()})
    assert editor.path == EDIT, editor.problems()


def publish(editor):
    editor.open(f"{EDIT}/publish")
    editor.send()
    assert editor.path == EDIT, editor.text()


def press(editor, verb):
    """Press a button of the list."""
    for form in editor.page.xpath("//main//form"):
        values = dict(form.form_values())
        if values.get("verb") == verb:
            return editor.send(form=form)
        if form.xpath(f".//button[@value='{verb}']"):
            return editor.send({"verb": verb}, form=form)
    raise LookupError(verb)


def own_of(citizen):
    """Return the name of the field of the own question."""
    return next(name for name in citizen.form().fields if "own_" in name)


@pytest.mark.parametrize("path", ["", "/question?id=purpose", "/publish"])
@pytest.mark.parametrize("person", ["", "citizen", "works-clerk"])
def test_who_may_not_word_a_form_gets_no_page(portal, citizen, person, path):
    if person:
        groups = ["service-works"] if person == "works-clerk" else []
        add_person(
            portal, person, ["Member", "Clerk"] if groups else ["Member"], groups
        )
        transaction.commit()
        citizen.session.auth = (person, PASSWORD)
    answer = citizen.session.get(f"{citizen.base}/{EDIT}{path}", allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
    citizen.open("counter/residence")
    assert "edit-questions" not in citizen.answer.text


def test_the_documents_page_leads_its_clerk_to_the_questions(editor):
    editor.open("counter/residence")
    assert editor.page.xpath("//main//a[contains(@href, 'edit-questions')]")


def test_a_question_is_added_seen_and_published(editor, citizen):
    write(editor)
    assert "Not published yet" in editor.text()
    citizen.fill_up_to("questions")
    assert "School" not in citizen.text()
    editor.open(f"{EDIT}/publish")
    assert "New question that must be answered: “School (en)”" in editor.text()
    assert "Unfinished orders: 1" in editor.text()
    publish(editor)
    assert "Citizens see this one" in editor.text()
    citizen.open("counter/residence/order/questions")
    assert "School (en)" in citizen.text()


def test_what_is_wrong_is_said_and_all_that_was_typed_is_kept(editor):
    editor.open(f"{EDIT}/question?new=choice")
    editor.send(posted("School", choices=["Yes"]) | {"titles.nl": ""})
    assert editor.answer.status_code == 422
    assert editor.problems() == [
        "Question (Nederlands) – Please fill this in.",
        "Choices – Give at least 2 choices, please.",
    ]
    assert editor.value("titles.fr") == "School (fr)"
    assert editor.value("choices.0.en") == "Yes (en)"
    assert counter()["residence"].questions.pending is None


def test_a_choice_is_offered_in_the_citizens_language(editor, browser):
    write(editor, "choice", "Where", choices=["Here", "There"])
    publish(editor)
    dutch = browser(language="nl")
    dutch.fill_up_to("questions")
    assert "Where (nl)" in dutch.text() and "There (nl)" in dutch.text()
    dutch.send(QUESTIONS)
    assert dutch.answer.status_code == 422 and len(dutch.problems()) == 1


def test_questions_are_moved_removed_and_dropped(editor):
    write(editor, words="First")
    write(editor, words="Second")
    press(editor, "up")
    assert editor.text().index("Second (en)") < editor.text().index("First (en)")
    press(editor, "remove")
    assert "Second (en)" not in editor.text()
    press(editor, "discard")
    assert "First (en)" not in editor.text()


def test_a_former_version_is_published_again(editor, citizen):
    write(editor)
    publish(editor)
    press(editor, "take_up")
    assert editor.path == f"{EDIT}/publish"
    assert "No longer asked: “School (en)”" in editor.text()
    editor.send()
    citizen.fill_up_to("questions")
    assert "School" not in citizen.text()


def test_nothing_is_done_without_the_pages_own_token(editor):
    write(editor)
    for path, data in (
        ("", {"verb": "discard"}),
        ("/publish", {"seen": "x"}),
        ("/question", posted("Other") | {"new": "line"}),
    ):
        answer = editor.session.post(f"{editor.base}/{EDIT}{path}", data=data)
        assert answer.status_code == 403
    transaction.begin()
    assert len(counter()["residence"].questions.pending["edition"]["own"]) == 1


@pytest.mark.parametrize(
    "data", [{"verb": "publish"}, {"verb": "remove", "question": "purpose"}, {}]
)
def test_a_forged_button_changes_nothing(editor, data):
    editor.open(EDIT)
    token = editor.page.xpath("//input[@name='_authenticator']/@value")
    if not token:
        write(editor)
        token = editor.page.xpath("//input[@name='_authenticator']/@value")
    answer = editor.session.post(
        f"{editor.base}/{EDIT}", data=data | {"_authenticator": token[0]}
    )
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize("path", ["/question?id=own_x", "/question?new=several", "/x"])
def test_there_is_no_page_of_what_is_not_there(editor, path):
    editor.open(f"{EDIT}{path}")
    assert editor.answer.status_code == 404


def test_one_publishes_what_one_has_seen(editor, browser):
    write(editor)
    editor.open(f"{EDIT}/publish")
    other = browser()
    other.session.auth = editor.session.auth
    write(other, words="Class")
    editor.send()
    assert editor.answer.status_code == 409
    assert "Class (en)" in editor.text()
    editor.send()
    assert editor.path == EDIT


# --- Who fills the form in meanwhile -------------------------------------------------


@pytest.mark.parametrize("required", [True, False])
def test_only_the_new_question_is_asked(editor, citizen, required):
    citizen.fill_up_to("check")
    write(editor, required=required)
    publish(editor)
    citizen.send()
    assert citizen.path == "counter/residence/order/questions"
    assert "The questions have changed" in citizen.text()
    own = own_of(citizen)
    assert "form.widgets.purpose" not in citizen.form().fields
    citizen.send({own: "Exempleville"})
    assert citizen.path == "counter/residence/order/check"
    assert QUESTIONS["form.widgets.purpose"] in citizen.text()
    assert "have changed" not in citizen.text()
    citizen.send()
    assert list(only_order().answers.values()) == [
        QUESTIONS["form.widgets.purpose"],
        "Exempleville",
    ]


def test_a_new_question_that_must_be_answered_is_asked_until_it_is(editor, citizen):
    citizen.fill_up_to("check")
    write(editor)
    publish(editor)
    citizen.send()
    own = own_of(citizen)
    citizen.send({own: ""})
    assert citizen.answer.status_code == 422 and len(citizen.problems()) == 1
    citizen.open("counter/residence/order/check")
    assert citizen.path == "counter/residence/order/questions"
    citizen.open("counter/residence/order/questions?change=1")
    assert citizen.value("form.widgets.purpose") == QUESTIONS["form.widgets.purpose"]
    citizen.send({own: "Exempleville"})
    assert citizen.path == "counter/residence/order/check"


def test_what_was_typed_on_the_old_page_stands_on_the_new_one(editor, citizen):
    citizen.fill_up_to("questions")
    write(editor)
    publish(editor)
    citizen.send(QUESTIONS)
    assert citizen.answer.status_code == 409
    assert "New question that must be answered: “School (en)”" in citizen.text()
    assert citizen.value("form.widgets.purpose") == QUESTIONS["form.widgets.purpose"]
    citizen.send({own_of(citizen): "Exempleville"})
    assert citizen.path == "counter/residence/order/check"


def test_new_words_are_told_before_the_order_is_sent(editor, citizen):
    citizen.fill_up_to("check")
    reword(editor, en="Who asks you for it?", nl="Wie vraagt het?")
    publish(editor)
    citizen.send()
    assert citizen.answer.status_code == 409
    assert "is now “Who asks you for it?”" in citizen.text()
    assert "Wie vraagt het?" not in citizen.text()
    citizen.send()
    assert citizen.path == "counter/thanks"


def test_words_of_another_language_do_not_lose_an_order(editor, citizen):
    citizen.fill_up_to("check")
    reword(editor, nl="Wie vraagt het?")
    publish(editor)
    citizen.send()
    citizen.send()
    assert citizen.path == "counter/thanks"


def test_a_question_that_is_asked_no_more_does_not_stop_an_order(editor, citizen):
    write(editor)
    publish(editor)
    citizen.fill_up_to("questions")
    citizen.send(QUESTIONS | {own_of(citizen): "Exempleville"})
    editor.open(EDIT)
    press(editor, "remove")
    publish(editor)
    citizen.send()
    assert "No longer asked: “School (en)”" in citizen.text()
    citizen.send()
    assert citizen.path == "counter/thanks"
    assert list(only_order().answers) == ["purpose"]


def test_the_clerk_reads_the_answers_as_they_were_asked(editor, citizen):
    write(editor, "yes_no", "Urgent")
    publish(editor)
    citizen.fill_up_to("questions")
    citizen.send(QUESTIONS | {f"{own_of(citizen).partition(':')[0]}:list": "true"})
    assert citizen.path.endswith("check"), citizen.problems()
    citizen.send()
    editor.open(EDIT)
    press(editor, "remove")
    publish(editor)
    editor.open(f"counter/{only_order().reference}")
    assert "Urgent (en) Yes" in editor.text()
    answer = editor.session.get(
        f"{editor.base}/counter/{only_order().reference}",
        headers={"Accept": "application/json"},
    ).json()
    assert [one["titles"]["nl"] for one in answer["questions"]][1] == "Urgent (nl)"
