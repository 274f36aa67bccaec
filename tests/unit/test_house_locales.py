"""No text leaves the house stale, untranslated or with other placeholders."""

from plonegov.core.locales.update import Locales
from plonegov.core.locales.update import main

import polib
import pytest


PYTHON = """
from plonegov.greeter import _

HELLO = _("hello", default="Good day, ${name}: it's \\"open\\"\\nand cosy – déjà vu,"
    " in a text too long for one line of a catalog, which has to stay one text all the same")
"""
TEMPLATE = """
<div i18n:domain="plonegov.greeter">
  <p i18n:translate="welcome">Welcome, sit down,
    <b i18n:name="guest" tal:content="view/guest">you</b>.</p>
  <input title="Search the town" i18n:attributes="title search_town" />
  <p i18n:domain="plone" i18n:translate="not_ours">Not ours</p>
</div>
"""
ZCML = """
<configure xmlns="http://namespaces.zope.org/genericsetup" i18n_domain="plonegov.greeter">
  <registerProfile title="Greeter" />
</configure>
"""
SUPERMODEL = """
<model xmlns="http://namespaces.plone.org/supermodel/schema"
       xmlns:i18n="http://xml.zope.org/namespaces/i18n"
       i18n:domain="plonegov.greeter">
  <schema><field name="why" type="zope.schema.Choice">
    <title i18n:translate="question_why">Why?</title>
    <values><element key="fun" i18n:translate="answer_fun">For fun</element></values>
  </field></schema>
</model>
"""
ENGLISH = {
    "hello": 'Good day, ${name}: it\'s "open"\nand cosy – déjà vu,'
    " in a text too long for one line of a catalog, which has to stay one text all the same",
    "welcome": "Welcome, sit down, ${guest}.",
    "search_town": "Search the town",
    "Greeter": "Greeter",
    "question_why": "Why?",
    "answer_fun": "For fun",
}


@pytest.fixture
def suite(tmp_path):
    """A suite of one add-on with a text of each kind."""
    suite = tmp_path / "src" / "plonegov"
    questions = suite / "greeter" / "catalogue" / "questions"
    questions.mkdir(parents=True)
    (suite / "greeter" / "greet.py").write_text(PYTHON, encoding="utf-8")
    (suite / "greeter" / "greet.pt").write_text(TEMPLATE, encoding="utf-8")
    (suite / "greeter" / "configure.zcml").write_text(ZCML, encoding="utf-8")
    (questions / "greeting.xml").write_text(SUPERMODEL, encoding="utf-8")
    return suite


@pytest.fixture
def translated(suite):
    """The same suite with every text translated."""
    main([], suite)
    for language in ("fr", "nl", "es"):
        po = translations(suite, language)
        for entry in po:
            entry.msgstr = f"{language} {ENGLISH[entry.msgid]}"
        po.save()
    return suite


def translations(suite, language):
    return polib.pofile(str(Locales(suite / "greeter").po(language)))


def problems(suite):
    return list(Locales(suite / "greeter").problems())


def test_texts_of_every_kind_are_extracted_with_their_english(suite):
    main([], suite)
    english = {entry.msgid: entry.msgstr for entry in translations(suite, "en")}
    assert english == ENGLISH


def test_a_translated_suite_passes(translated, capsys):
    assert main(["--check"], translated) == 0
    assert "All texts are translated" in capsys.readouterr().out


def test_a_second_run_changes_no_file(translated):
    main([], translated)
    files = {path: path.read_bytes() for path in translated.rglob("*.po*")}
    main([], translated)
    assert {path: path.read_bytes() for path in translated.rglob("*.po*")} == files


def test_what_is_missing_is_listed(suite, capsys):
    main([], suite)
    capsys.readouterr()
    main(["--missing"], suite)
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == 3 * len(ENGLISH)
    assert "plonegov.greeter\tnl\tquestion_why\tWhy?" in listed


def test_a_new_text_makes_the_pot_stale(translated):
    template = translated / "greeter" / "new.pt"
    template.write_text(TEMPLATE.replace("search_town", "search_more"))
    found = problems(translated)
    assert "plonegov.greeter: the .pot is stale, run make i18n" in found
    assert "plonegov.greeter fr: search_more: untranslated" in found


def test_a_changed_english_text_makes_translations_fuzzy(translated):
    source = translated / "greeter" / "greet.py"
    source.write_text(source.read_text().replace("Good day", "Hello"))
    main([], translated)
    assert problems(translated) == [
        f"plonegov.greeter {language}: hello: fuzzy, the English text changed"
        for language in ("fr", "nl", "es")
    ]
    assert (
        "Hello" in {e.msgid: e.msgstr for e in translations(translated, "en")}["hello"]
    )


def test_a_translation_keeps_the_placeholders(translated):
    po = translations(translated, "nl")
    po.find("hello").msgstr = "Goedendag, ${naam}"
    po.save()
    assert problems(translated) == [
        "plonegov.greeter nl: hello: other placeholders than ${name}"
    ]


def test_a_text_no_longer_used_is_reported_and_then_gone(translated):
    (translated / "greeter" / "greet.py").unlink()
    assert "plonegov.greeter es: hello: is no longer used" in problems(translated)
    main([], translated)
    assert problems(translated) == []


@pytest.mark.parametrize(
    ("filename", "text"),
    [
        ("other.py", '_("hello", default="Hello")'),
        ("other.py", '_("question_why", default="For what reason?")'),
        ("other.pt", TEMPLATE.replace("Search the town", "Search")),
    ],
)
def test_one_id_has_one_english_text(translated, filename, text):
    (translated / "greeter" / filename).write_text(text)
    assert any("different" in line for line in problems(translated))


def test_a_text_holds_characters_not_entities(translated):
    template = translated / "greeter" / "greet.pt"
    template.write_text(TEMPLATE.replace("down,", "down &amp;"))
    assert any("HTML entity" in line for line in problems(translated))
