from zope.interface import Interface


class ISealedFiles(Interface):
    """Named utility (name: the add-on): the files that it keeps of what it had sealed.

    Proofs of a seal (time stamps, lists of revoked certificates) come from other
    machines, so they are appended to the kept file long after it was sealed.
    """

    def read(portal, key, code):
        """Return a sealed file as it is kept now (bytes).

        None: it is not kept any more, was erased, or another one took its place.

        :param key: what the add-on gave to ``proofs.expect``.
        :param code: the code of the document in the register.
        """

    def rewrite(portal, key, code, pdf):
        """Keep the file with what was appended to it; return whether it was kept.

        The caller holds the town's write lock, compared what ``read`` returned, and
        commits.
        """
