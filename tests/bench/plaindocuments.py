"""Run by ``zconsole``: make ``$BENCH_NUMBER`` documents in a plain Plone site.

They are made in portions, each a transaction; it prints the seconds.
"""

import os
import time


PORTION = 50
TEXT = f"<p>{'La chaussée est dégradée. ' * 18}</p>"


def main(app) -> None:
    from AccessControl.SecurityManagement import newSecurityManager
    from plone import api
    from plone.app.textfield.value import RichTextValue
    from Testing.makerequest import makerequest
    from zope.component.hooks import setSite
    from zope.globalrequest import setRequest

    import transaction

    root = makerequest(app)
    setRequest(root.REQUEST)
    newSecurityManager(None, root.acl_users.getUser("admin").__of__(root.acl_users))
    setSite(root.Plone)
    number = int(os.environ["BENCH_NUMBER"])
    folder = api.content.create(root.Plone, "Folder", f"made-{time.time_ns()}")
    transaction.commit()
    start = time.perf_counter()
    for made in range(1, number + 1):
        text = RichTextValue(TEXT, "text/html", "text/x-html-safe")
        title = f"Réfection de la rue {made}"
        api.content.create(folder, "Document", f"page-{made}", title=title, text=text)
        if made % PORTION == 0 or made == number:
            transaction.commit()
    print(time.perf_counter() - start)


if "app" in globals():
    main(globals()["app"])  # given by zconsole
