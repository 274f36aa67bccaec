"""Which HTML may stand in a record: text, lists, tables and footnotes.

What is pasted brings frames, pictures of other servers and a word processor's classes
along; none of it belongs to a decision, and much of it would tell others who reads it.
"""

from collections.abc import Mapping
from lxml import html
from urllib.parse import urlsplit

import re


#: Elements that stay, with the attributes that they keep beside ``COMMON``.
KEPT: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("p", "div", "br", "hr", "blockquote", "pre", "span"), ()),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), ()),
    **dict.fromkeys(("strong", "b", "em", "i", "u", "s", "del", "ins"), ()),
    **dict.fromkeys(("sub", "sup", "small", "abbr", "cite", "q", "code"), ()),
    **dict.fromkeys(("ul", "li", "dl", "dt", "dd"), ()),
    "ol": ("start", "type"),
    **dict.fromkeys(("table", "caption", "thead", "tbody", "tfoot", "tr"), ()),
    **dict.fromkeys(("td", "th"), ("colspan", "rowspan", "scope", "headers")),
    "a": ("href", "name"),
}
COMMON = ("id", "lang", "dir")
#: What goes with all that is in it; of any other element the text stays.
DROPPED = frozenset(
    (
        *("script", "style", "iframe", "frame", "object", "embed", "applet", "form"),
        *("input", "button", "select", "textarea", "svg", "math", "audio", "video"),
        *("head", "title", "meta", "link", "base", "template", "noscript"),
    )
)
#: A record's headings come below that of its page.
RENAMED = {"h1": "h2"}
SCHEMES = ("", "http", "https", "mailto", "tel")
#: How often HTML is read again at most.
PASSES = 8
#: Characters that no HTML holds.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def record_html(text: str) -> str:
    """Return HTML with only what may stand in a record; the text of the rest stays.

    What is taken out may let broken HTML be read in another way, so it is read again
    until nothing changes any more.
    """
    for _ in range(PASSES):
        made = _once(text)
        if made == text:
            break
        text = made
    return text


def _once(text: str) -> str:
    root = html.fragment_fromstring(CONTROL.sub("", text), create_parent="div")
    for element in list(root.iterdescendants()):
        _clean(element)
    made = html.tostring(root, encoding="unicode")
    return made.removeprefix("<div>").removesuffix("</div>").strip()


def _clean(element: html.HtmlElement) -> None:
    if not isinstance(element.tag, str) or element.tag in DROPPED:
        element.drop_tree()
        return
    if element.tag in RENAMED:
        element.tag = RENAMED[element.tag]
    if element.tag not in KEPT:
        element.drop_tag()
        return
    kept = (*COMMON, *KEPT[element.tag])
    for name, value in list(element.attrib.items()):
        if name not in kept or (name == "href" and not _leads_on(value)):
            del element.attrib[name]


def _leads_on(address: str) -> bool:
    """Say whether a link leads to a page, a footnote or an address."""
    try:
        scheme = urlsplit("".join(address.split())).scheme
    except ValueError:
        return False
    return scheme.lower() in SCHEMES
