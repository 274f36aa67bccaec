"""The texts of the loader's error codes: each says what would have been right."""

from plonegov.core.messages import ErrorTexts
from plonegov.municipalities import _
from zope.i18nmessageid import Message


ERROR_TEXTS: dict[str, Message] = {
    "municipality_unknown": _(
        "error_municipality_unknown",
        default="There is no municipality ${id}. Known are: ${known}.",
    ),
    "municipality_not_applied": _(
        "error_municipality_not_applied",
        default="No site has the municipality ${id} yet: apply it first.",
    ),
    "municipality_taken": _(
        "error_municipality_taken",
        default="The municipality ${id} has the site ${site} already: a municipality "
        "has one site.",
    ),
    "profile_key_unknown": _(
        "error_profile_key_unknown",
        default="There is no key ${key}. Known are: ${known}.",
    ),
    "profile_exists": _(
        "error_profile_exists",
        default="There is a profile ${id} already, in ${folder}.",
    ),
    "no_catalogue": _(
        "error_no_catalogue",
        default="No documents are known for the country ${country}. Known are: "
        "${known}.",
    ),
    "folder_not_empty": _(
        "error_folder_not_empty",
        default="${folder} holds other files already (${found}): choose another folder "
        "with --to, or overwrite them with --force.",
    ),
    "site_taken": _(
        "error_site_taken",
        default="The site id ${site} is taken or can't be used: choose another one.",
    ),
    "instance_missing": _(
        "error_instance_missing",
        default="There is no instance in ${home} yet: run “plonegov instance create”.",
    ),
    "storage_unknown": _(
        "error_storage_unknown",
        default="Instances can't be made with the storage ${storage}. Known: ${known}.",
    ),
    "port_taken": _(
        "error_port_taken",
        default="Something else listens on port ${port}: choose another one with --port.",
    ),
    "real_data_present": _(
        "error_real_data_present",
        default="The site ${site} holds real data (${found}): demonstration data is "
        "only made on an unused site.",
    ),
    "password_too_short": _(
        "error_password_too_short",
        default="The password in ${variable} must have ${minimum} characters or more.",
    ),
    "profile_error": _(
        "error_profile_error",
        default="${file}, line ${line}, key ${key}: found ${found}; allowed is "
        "${allowed}.",
    ),
}


error_texts = ErrorTexts(ERROR_TEXTS)
