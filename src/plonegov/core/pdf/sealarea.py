"""The place of the seal on a page, which its template leaves free.

``<input name="seal" title="...">`` becomes an empty signature field (ISO 32000-1,
12.7.4.5), in the page's structure like any other field.
"""

from typing import Any

import pydyf


FIELD = "seal"
#: What a text field has and a signature field has not.
OF_TEXTS = ("DA", "V", "Ff", "MaxLen")


def add_seal_field(document: Any, pdf: Any) -> None:
    """Make the page's input of that name a signature field: a finisher."""
    for item in pdf.objects:
        if isinstance(item, dict) and _is_seal(item):
            item["FT"] = "/Sig"
            for key in OF_TEXTS:
                item.pop(key, None)
            form = pdf.catalog["AcroForm"]
            form.pop("NeedAppearances", None)
            form["SigFlags"] = 1  # there are signatures (table 219)


def _is_seal(item: dict) -> bool:
    name = item.get("T")
    return isinstance(name, pydyf.String) and name.string == FIELD
