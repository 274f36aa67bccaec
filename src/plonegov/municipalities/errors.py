"""What the loader and the command refuse."""

from plonegov.core.errors import PlonegovError


class MunicipalityUnknown(PlonegovError):
    """No folder holds a profile with this id."""

    code = "municipality_unknown"
    status = 404


class MunicipalityTaken(PlonegovError):
    """Another site of this Zope has the municipality already."""

    code = "municipality_taken"
    status = 409


class ProfileKeyUnknown(PlonegovError):
    """Neither the profile nor the site has this key."""

    code = "profile_key_unknown"
    status = 400


class ProfileExists(PlonegovError):
    """There is a profile with this id already."""

    code = "profile_exists"
    status = 409


class NoCatalogue(PlonegovError):
    """No documents are known for this country."""

    code = "no_catalogue"


class FolderNotEmpty(PlonegovError):
    """Other files than those of an export stand where it would be written."""

    code = "folder_not_empty"
    status = 409


class MunicipalityNotApplied(PlonegovError):
    """No site of this Zope has this municipality."""

    code = "municipality_not_applied"
    status = 404


class SiteTaken(PlonegovError):
    """There is something else under the site id, or the id can't be one."""

    code = "site_taken"
    status = 409


class InstanceMissing(PlonegovError):
    """``$PLONEGOV_HOME`` holds no instance yet: ``plonegov instance create``."""

    code = "instance_missing"


class StorageUnknown(PlonegovError):
    """The storage asked for is not one that instances can be made with."""

    code = "storage_unknown"


class RealDataPresent(PlonegovError):
    """Demonstration data is refused on a site that holds something real."""

    code = "real_data_present"
    status = 409


class PasswordTooShort(PlonegovError):
    """The password for the demonstration accounts has fewer than 8 characters."""

    code = "password_too_short"


class PortTaken(PlonegovError):
    """Something else listens on the instance's port."""

    code = "port_taken"
    status = 409
