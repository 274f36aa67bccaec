"""Register documents until the register of ``$PLONEGOV_HOME`` holds so many sealed ones.

``sealedfill.py NUMBER``: prints the code of one in the middle.
"""

import sys


PORTION = 2000


def fill(number: int) -> str:
    """Register them in portions; return a code."""
    from plonegov.core.api import town_today
    from plonegov.core.registers import sealed
    from plonegov.core.registers.register import Register
    from plonegov.core.registers.sealed import SealedKind
    from plonegov.municipalities.loader.sites import get_site
    from plonegov.municipalities.server.runtime import application
    from plonegov.municipalities.server.runtime import start_zope
    from plonegov.municipalities.server.runtime import writing

    kind = SealedKind("residence", {"fr": "Certificat de résidence"}, "population")
    start_zope()
    with application() as root:
        while True:
            with writing("seneffe"):
                get_site(root, "seneffe")
                register, year = Register(sealed.NAME), town_today().year
                missing = number - register.last(year)
                for _ in range(min(PORTION, missing)):
                    code = sealed.new_document_code()
                    digest = f"{register.last(year):064x}"
                    sealed.enter(code, digest, kind, who="clerk", initials="C.E.")
                if missing <= PORTION:
                    return register.get(year, number // 2).about
            root._p_jar.cacheMinimize()


if __name__ == "__main__":
    print(fill(int(sys.argv[1])))
