"""Tell assistive technology whether a table header heads a column or a row.

WeasyPrint links each cell to its headers but leaves out the header's ``Scope``
(ISO 32000-1, table 349), which many readers look for.
"""

from typing import Any


def add_scopes(document: Any, pdf: Any) -> None:
    """Set ``/Scope`` on every header cell: a finisher of WeasyPrint's ``write_pdf``.

    A row of a table's head, or one that holds nothing but headers, heads columns; any
    other header heads its row.
    """
    elements = {
        item.number: item
        for item in pdf.objects
        if isinstance(item, dict) and item.get("Type") == "/StructElem"
    }
    for row in elements.values():
        if row["S"] != "/TR":
            continue
        cells = [elements[_number(kid)] for kid in row["K"]]
        headers = [cell for cell in cells if cell["S"] == "/TH"]
        in_head = elements[_number(row["P"])]["S"] == "/THead"
        scope = "/Column" if in_head or len(headers) == len(cells) else "/Row"
        for header in headers:
            header["A"]["Scope"] = scope


def _number(reference: bytes) -> int:
    """Return the object's number of a reference such as ``b"34 0 R"``."""
    return int(reference.split()[0])
