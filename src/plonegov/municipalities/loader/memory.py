"""What a site remembers of the last apply, beside its facts."""

from hashlib import sha256
from persistent.mapping import PersistentMapping
from plonegov.core.municipality.profile import FILE_NAME
from plonegov.municipalities.loader.folders import Profile
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "plonegov.municipalities"


def memory(portal) -> dict[str, str]:
    """Return what is remembered: ``setup`` and ``emblem``, digests of what was brought."""
    return dict(IAnnotations(portal).get(ANNOTATION, {}))


def remember(portal, key: str, value: str) -> None:
    """Remember a value of the last apply, if it is another one."""
    annotations = IAnnotations(portal)
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = PersistentMapping()
    if annotations[ANNOTATION].get(key) != value:
        annotations[ANNOTATION][key] = value


def setup_digest(profile: Profile) -> str:
    """Return a digest of what portal_setup reads of the profile: all but the facts
    and the drawings, which are compared by themselves."""
    summed = sha256()
    for file in sorted(profile.path.rglob("*")):
        if file.is_file() and file.name != FILE_NAME and file.suffix != ".svg":
            name = str(file.relative_to(profile.path)).encode()
            data = file.read_bytes()
            summed.update(b"%d %s %d " % (len(name), name, len(data)))
            summed.update(data)
    return summed.hexdigest()
