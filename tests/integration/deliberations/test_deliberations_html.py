"""What is written in a record passes Plone's own filter and then ours."""

from plone import api
from plonegov.deliberations.api.html import clean_html
from plonegov.deliberations.domain.recordhtml import record_html

import pytest


TEXTS = (
    "",
    "Texte sans balise & esperluette",
    "<p>Article 1<sup>er</sup>. – L’été à la « Grand-Place »&nbsp;: 5 &lt; 6</p>",
    "<h1>Titre</h1><ul><li>un<li>deux</ul><ol start=3><li>trois</ol>",
    "<table><tr><th scope=col>A<td colspan=2>B</table>",
    "<p onclick='x()' style='color:red' class='MsoNormal'>Collé<o:p></o:p></p>",
    "<script>alert(1)</script><p>Reste</p><iframe src='//x.example'></iframe>",
    "<p><a href='javascript:alert(1)'>a</a> <a href='#fn1' id='r1'>1</a></p>",
    "<p><a href='resolveuid/6f1c2a9c0b6e4f0d8f1c2a9c0b6e4f0d'>lien</a></p>",
    "<p><img class='captioned' src='x.png' alt='x'><img src='data:,x'></p>",
    "<!-- commentaire --><p>Non fermé <b>gras <i>et italique</p><div>suite",
    "<svg><style><img title='</style><script>x()</script>'></svg>",
    "<html><head><title>t</title></head><body><p>Corps</p></body></html>",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_filter_gives_what_plone_gives_for_safe_html(portal, text):
    tool = api.portal.get_tool("portal_transforms")
    safe = tool.convertTo("text/x-html-safe", text, mimetype="text/html").getData()
    assert clean_html(text) == record_html(safe)


def test_what_the_town_takes_out_by_plones_filter_is_taken_out(portal):
    text = "<p>Texte <cite>cité</cite></p>"
    assert clean_html(text) == text
    tags = api.portal.get_registry_record("plone.valid_tags")
    left = [tag for tag in tags if tag != "cite"]
    api.portal.set_registry_record("plone.valid_tags", left)
    assert clean_html(text) == "<p>Texte cité</p>"
