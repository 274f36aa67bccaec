"""HTML of records as it stands in a PDF: nothing is fetched, headings follow in order."""

from lxml import html
from lxml.html import HtmlElement

import re


HEADING = re.compile(r"h[1-6]")
#: Addresses that a link of a paper may have.
LINKS = ("http://", "https://", "mailto:")
LOWEST = 6


def paper_html(text: str, top: int) -> str:
    """Return clean HTML for a paper.

    Pictures give way to their alternative text, since a paper reads no address; links to
    parts of the site lose theirs; headings begin at a level and leave none out.

    :param top: the level of its first headings, 2 to 6.
    """
    if not text.strip():
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    before = top - 1
    for element in list(root.iter(html.etree.Element)):
        if element is root:
            continue
        if HEADING.fullmatch(element.tag):
            level = int(element.tag[1])
            before = max(top, min(level, before + 1, LOWEST))
            element.tag = f"h{before}"
        _strip(element)
    inner = (root.text or "") + "".join(
        html.tostring(child, encoding="unicode") for child in root
    )
    return inner.strip()


def _strip(element: HtmlElement) -> None:
    for name in ("style", "class", "id", "name", "src", "srcset", "data", "width"):
        element.attrib.pop(name, None)
    if element.tag == "a" and not element.get("href", "").startswith(LINKS):
        element.drop_tag()
    elif element.tag in ("img", "picture", "source", "object", "iframe", "video"):
        alt = element.get("alt", "")
        element.tail = alt + (element.tail or "")
        element.drop_tree()
