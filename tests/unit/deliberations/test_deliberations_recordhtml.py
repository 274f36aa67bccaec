"""Which HTML may stand in a record."""

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from plonegov.deliberations.domain import recordhtml
from plonegov.deliberations.domain.recordhtml import DROPPED
from plonegov.deliberations.domain.recordhtml import KEPT
from plonegov.deliberations.domain.recordhtml import record_html

import pytest
import re


SAME = [
    "",
    "Texte nu",
    "<p>Article 1. La réfection est approuvée.</p>",
    "<p>Un<br>deux</p><ul><li>a</li></ul>",
    '<ol start="3" type="a"><li>c</li></ol>',
    '<table><caption>Tarif</caption><tr><th scope="col">A</th>'
    '<td colspan="2">12</td></tr></table>',
    '<p>Note<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a></p>',
    '<p><a href="https://wallex.wallonie.be">CDLD</a></p>',
    '<p lang="nl">Artikel 1 &lt; 2 &amp; 3</p>',
]


@pytest.mark.parametrize("text", SAME)
def test_text_lists_tables_and_footnotes_stay_as_they_are(text):
    assert record_html(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<p>a<script>x</script>b</p>", "<p>ab</p>"),
        ("<p>a</p><iframe src='https://evil.example'>x</iframe>", "<p>a</p>"),
        ("<p>a<img src='https://evil.example/1.png'>b</p>", "<p>ab</p>"),
        ("<p class='MsoNormal' style='color:red'>a<o:p></o:p></p>", "<p>a</p>"),
        ("<p onclick='x()'>a<!-- b --></p>", "<p>a</p>"),
        ("<font color='red'>a <b>b</b></font>", "a <b>b</b>"),
        ("<h1>Titre</h1>", "<h2>Titre</h2>"),
        ("<svg onload='x()'><circle/></svg>a", "a"),
        ("<form><input value='x'></form>a", "a"),
        ("<a href='javascript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='java\nscript:alert(1)'>a</a>", "<a>a</a>"),
        ("<a href='DATA:text/html,x'>a</a>", "<a>a</a>"),
        ("<a href='http://[evil'>a</a>", "<a>a</a>"),
        ("<a href='mailto:a@b.example'>a</a>", '<a href="mailto:a@b.example">a</a>'),
        ("<p>a\x00b\x0bc</p>", "<p>abc</p>"),
    ],
)
def test_all_else_goes_and_its_text_stays(text, clean):
    assert record_html(text) == clean


def test_html_is_not_read_again_for_ever(monkeypatch):
    monkeypatch.setattr(recordhtml, "PASSES", 1)
    assert recordhtml.record_html("<p><b<p><p>") == "<p><p></p></p>"


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b", ">", "<svg", "<script>", "</script>", " onload=x"),
        *("<table>", "<td>", "a", "&lt;script&gt;", "<!--", "-->", "<iframe>"),
        *("\x00", "<math><style>"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_is_pasted_comes_out_clean_and_stays_so(text):
    made = record_html(text)
    tags = set(re.findall(r"<([a-z][a-z0-9]*)", made))
    assert tags <= set(KEPT)
    assert not tags & DROPPED
    assert record_html(made) == made
