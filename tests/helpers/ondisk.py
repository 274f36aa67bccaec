"""What the files of blobs hold on the disk, whether anything refers to them or not."""

from pathlib import Path


def blob_folder(portal) -> Path:
    """Return the folder in which the site's database keeps blobs."""
    return Path(portal._p_jar.db().storage.temporaryDirectory()).parent


def holding(folder: Path, word: bytes) -> list[Path]:
    """Return the files below a folder that hold a word."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if word in path.read_bytes()]
