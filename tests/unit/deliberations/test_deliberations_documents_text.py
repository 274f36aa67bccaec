"""Texts of records as a paper has them: nothing is fetched, headings follow in order."""

from plonegov.deliberations.adapters.papertext import paper_html

import pytest
import re


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("", ""),
        ("  ", ""),
        ("Sans balise", "Sans balise"),
        ("<p>Un</p>", "<p>Un</p>"),
        ("Un <b>mot</b> seul", "Un <b>mot</b> seul"),
        ('<p style="color:red" class="x" id="y">Un</p>', "<p>Un</p>"),
        ('<p><a href="resolveuid/1">plan</a></p>', "<p>plan</p>"),
        ('<p><a href="#note">1</a></p>', "<p>1</p>"),
        (
            '<p><a href="https://x.example/a">plan</a></p>',
            '<p><a href="https://x.example/a">plan</a></p>',
        ),
        (
            '<p>Vue : <img src="http://x/a.png" alt="le plan"> ici</p>',
            "<p>Vue : le plan ici</p>",
        ),
        ('<p><img src="data:image/png;base64,AA"></p>', "<p></p>"),
        ('<p>a<object data="x">b</object>c</p>', "<p>ac</p>"),
    ],
)
def test_what_a_paper_can_not_have_gives_way_to_its_words(given, made):
    assert paper_html(given, 4) == made


@pytest.mark.parametrize(
    ("given", "top", "levels"),
    [
        ("<h1>a</h1><h2>b</h2><h1>c</h1>", 4, [4, 4, 4]),
        ("<h2>a</h2><h4>b</h4><h6>c</h6>", 2, [2, 3, 4]),
        ("<h6>a</h6>", 2, [2]),
        ("<h5>a</h5><h6>b</h6><h6>c</h6>", 5, [5, 6, 6]),
        ("<h2>a</h2><h3>b</h3><h2>c</h2><h4>d</h4>", 2, [2, 3, 2, 3]),
    ],
)
def test_headings_begin_at_a_level_and_leave_none_out(given, top, levels):
    made = paper_html(given, top)
    assert [int(level) for level in re.findall(r"<h(\d)>", made)] == levels
