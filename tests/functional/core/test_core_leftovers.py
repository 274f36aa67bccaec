"""What a killed process left of files is deleted a day later, and nothing else is."""

from helpers.ondisk import blob_folder
from helpers.ondisk import holding
from pathlib import Path
from plone.namedfile.file import NamedBlobFile
from plonegov.core.ops.interfaces import IJob
from plonegov.core.records import blobs
from plonegov.core.records.leftovers import AGE
from zope.component import getUtility
from zope.interface.verify import verifyObject

import os
import pytest
import time
import transaction


OLD, NEW = b"what it held before", b"what it holds"


@pytest.fixture
def run(portal):
    transaction.commit()
    job = getUtility(IJob, name="plonegov.core.leftovers")
    assert verifyObject(IJob, job)
    return lambda: job.run(portal)


@pytest.fixture
def file(portal):
    """A file that was committed twice: both contents are on the disk."""
    portal.a_file = made = NamedBlobFile(OLD, filename="a.txt")
    transaction.commit()
    made.data = NEW
    transaction.commit()
    yield made
    del portal.a_file
    transaction.commit()


def grow_old(*paths):
    moment = time.time() - AGE - 60
    for path in paths:
        os.utime(path, (moment, moment))


def present(file):
    file._blob._p_activate()
    return Path(file._blob.committed())


def test_former_contents_are_deleted_a_day_later(portal, file, run):
    folder = blob_folder(portal)
    assert len(holding(folder, OLD)) == 1
    assert run() is None
    grow_old(present(file))
    assert run() == "1 deleted"
    assert holding(folder, OLD) == []
    transaction.begin()
    assert file.data == NEW


def test_uploads_that_were_never_committed_are_deleted_a_day_later(portal, file, run):
    uploads = Path(portal._p_jar._storage.temporaryDirectory())
    waiting, young = uploads / "BUC-old", uploads / "BUC-young"
    moving = present(file).with_name("0x03.tmp-")
    for path in (waiting, young, moving):
        path.write_bytes(OLD)
    grow_old(waiting, moving)
    assert run() == "2 deleted"
    assert (waiting.exists(), young.exists(), moving.exists()) == (False, True, False)
    young.unlink()


def test_what_is_erased_leaves_the_disk_with_the_commit_and_not_before(portal, file):
    folder = blob_folder(portal)
    blobs.erase_files([file])
    assert len(holding(folder, NEW)) == 1
    transaction.abort()
    assert (file.data, file.filename) == (NEW, "a.txt")
    blobs.erase_files([file])
    transaction.commit()
    assert (holding(folder, NEW), holding(folder, OLD)) == ([], [])
    assert (file.data, file.filename) == (b"", None)


def test_a_file_that_was_never_committed_is_erased_too(portal):
    portal.a_file = made = NamedBlobFile(OLD, filename="a.txt")
    blobs.erase_files([made])
    transaction.commit()
    assert holding(blob_folder(portal), OLD) == []
    del portal.a_file
    transaction.commit()
