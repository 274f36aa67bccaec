"""The schema of SCDL deliberations 2.1.4, and what frictionless says of a file by it.

https://schema.data.gouv.fr/scdl/deliberations/2.1.4
"""

from frictionless import Resource
from frictionless import Schema


#: Column: type, required, pattern.
TABLE_SCHEMA = {
    "COLL_NOM": ("string", True, None),
    "COLL_SIRET": ("string", True, r"^\d{14}$"),
    "DELIB_ID": ("string", True, None),
    "DELIB_DATE": ("date", True, None),
    "DELIB_MATIERE_CODE": ("string", True, r"^\d\.\d{1,2}$"),
    "DELIB_MATIERE_NOM": ("string", True, None),
    "DELIB_OBJET": ("string", True, None),
    "BUDGET_ANNEE": ("string", False, r"^[0-9]{4}(\/[0-9]{4})?$"),
    "BUDGET_NOM": ("string", False, None),
    "PREF_ID": ("string", False, r"^(PREF|SGAR)\w{3}$|^SPREF\w{4}$"),
    "PREF_DATE": ("date", False, None),
    "VOTE_EFFECTIF": ("integer", False, None),
    "VOTE_REEL": ("integer", False, None),
    "VOTE_POUR": ("integer", False, None),
    "VOTE_CONTRE": ("integer", False, None),
    "VOTE_ABSTENTION": ("integer", False, None),
    "DELIB_URL": ("string", False, r"^https?://.+$"),
}


def problems(content: bytes, folder) -> list:
    """Return what is wrong with a file: row, column and note of each problem."""
    path = folder / "deliberations.csv"
    path.write_bytes(content)
    fields = [
        {
            "name": name,
            "type": kind,
            "constraints": {
                "required": required,
                **({"pattern": pattern} if pattern else {}),
            },
        }
        for name, (kind, required, pattern) in TABLE_SCHEMA.items()
    ]
    schema = Schema.from_descriptor({"fields": fields})
    resource = Resource(path=path.name, basepath=str(folder), schema=schema)
    return resource.validate().flatten(["rowNumber", "fieldName", "note"])
