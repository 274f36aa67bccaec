"""The highest role of a town reaches neither the root, nor another town, nor scripts.

What Plone gives a Site Administrator beyond the daily work is kept for Managers. Here
each panel and each permission that the role keeps stands with the reason why it may,
and everything else is tried, with real forms and tokens, and refused.
"""

from helpers.hostile import refused
from pathlib import Path

import pytest


#: Control panels that the role opens, and why no script or setting of others is there.
#: Where a panel stands that is no page of the site's root.
PLACES = {"retention-preview": "counter/retention-preview"}

PANELS = {
    "@@usergroup-userprefs": "accounts of the town; never the role Manager",
    "@@usergroup-groupprefs": "groups of the town; never the role Manager",
    "@@usergroup-controlpanel": "whether lists are long",
    "@@member-fields": "fields of an account, of types without code",
    "@@mail-controlpanel": "the town's own mail server",
    "@@editing-controlpanel": "which editor, whether pages are locked",
    "@@security-controlpanel": "who may register",
    "@@search-controlpanel": "which types are found",
    "@@navigation-controlpanel": "which folders are shown",
    "@@language-controlpanel": "languages of content; pages go by the town's profile",
    "@@redirection-controlpanel": "old addresses, below the site's own path",
    "@@inspect-relations": "links between the town's pages",
    "municipality-profile": "the town's own facts",
    "retention-preview": "how many orders lose people when; no names",
}
#: Permissions that the role holds and visitors don't, and what makes them harmless.
PERMISSIONS = {
    "the town's own content": """
        Access inactive portal content;Add portal content;Add portal events;
        Add portal folders;Delete objects;List folder contents;Modify constrain types;
        Modify portal content;Modify view template;Reply to item;Request review;
        Review portal content;Show Toolbar;Allow sendto;Change local roles;
        CMFEditions: Access previous versions;CMFEditions: Apply version control;
        CMFEditions: Checkout to location;CMFEditions: Revert to previous versions;
        CMFEditions: Save new version;Use version control;
        plone.app.contenttypes: Add Collection;plone.app.contenttypes: Add Document;
        plone.app.contenttypes: Add Event;plone.app.contenttypes: Add File;
        plone.app.contenttypes: Add Folder;plone.app.contenttypes: Add Image;
        plone.app.contenttypes: Add Link;plone.app.contenttypes: Add News Item;
        plone.app.multilingual: Manage Translations;Inspect Relations;
        Manage Context Aliases;Manage Portal Aliases""",
    "the town's own people": """
        Add portal member;List portal members;Set own password;Set own properties;
        View Groups;plone.restapi: Access Plone user information;
        plone.restapi: Access Plone vocabularies;
        Sharing page: Delegate Contributor role;Sharing page: Delegate Editor role;
        Sharing page: Delegate Reader role;Sharing page: Delegate Reviewer role;
        Sharing page: Delegate roles""",
    "settings without code": """
        Plone Site Setup: Editing;Plone Site Setup: Language;Plone Site Setup: Mail;
        Plone Site Setup: Navigation;Plone Site Setup: Overview;
        Plone Site Setup: Search;Plone Site Setup: Security;
        Plone Site Setup: Users and Groups;plonegov: Use municipality profile;plonegov: Edit questions;
        plonegov: Preview retention;plonegov: View figures""",
}
#: Methods of tools that the role may call by their address and visitors may not.
METHODS = {
    "own portrait and password": """
        changeMemberPortrait deletePersonalPortrait setPassword testCurrentPassword
        manage_updatePassword getOwnUserInfo""",
    "who is in the town": """
        getGroupsByUserId listGroupNames searchForMembers searchMembers""",
    "sends on to a page that is open to the role": "manage_workspace",
    "whether the first save of a page is a version": "setAutoApplyMode",
}

#: Pages that hold scripts, templates, expressions, styles, the whole Zope, its data.
PAGES = [
    "/manage_main",
    "/manage",
    "/acl_users/manage_main",
    "/acl_users/manage_users",
    "/acl_users/users/manage_users",
    "/Control_Panel/manage_main",
    "/Control_Panel/Database/manage_main",
    "/@@plone-addsite",
    "/@@plone-upgrade",
    "/@@plone-root-login/x",
    "/error_log/manage_main",
    "/browser_id_manager/manage_main",
    "/temp_folder/manage_main",
    "/sambreville/manage_main",
    "/sambreville/folder_contents",
    "/sambreville/@@overview-controlpanel",
    "/sambreville/@@usergroup-userprefs",
    "/sambreville/@users",
    "/sambreville/@controlpanels",
    "/plain/manage_main",
    "/plain/folder_contents",
    "/plain/@registry",
    "/plain/@@sharing",
]
OWN_PAGES = [
    "manage_main",
    "manage_access",
    "manage_propertiesForm",
    "manage_addProduct",
    "manage_importExportForm",
    "manage_components",
    "manage_UndoForm",
    "manage_owner",
    "manage_interfaces",
    "portal_setup/manage_main",
    "portal_setup/manage_importSteps",
    "portal_setup/manage_exportSteps",
    "portal_setup/manage_snapshots",
    "portal_setup/manage_tarballImport",
    "portal_setup/manage_DAVget",
    "portal_skins/manage_main",
    "portal_skins/custom/manage_main",
    "portal_skins/custom/manage_addProduct/PythonScripts/manage_addPythonScriptForm",
    "portal_skins/custom/manage_addProduct/PageTemplates/manage_addPageTemplate",
    "portal_skins/manage_properties",
    "portal_view_customizations/manage_main",
    "portal_actions/manage_main",
    "portal_actions/object/manage_main",
    "portal_types/manage_main",
    "portal_types/Document/manage_propertiesForm",
    "portal_workflow/manage_main",
    "portal_workflow/plonegov_order_workflow/manage_main",
    "portal_transforms/manage_main",
    "portal_registry",
    "portal_registry/@@export-xml",
    "portal_registry/@@import-registry",
    "portal_catalog/manage_main",
    "portal_catalog/manage_catalogAdvanced",
    "portal_resources/manage_main",
    "portal_controlpanel/manage_main",
    "portal_properties/manage_main",
    "acl_users/manage_main",
    "acl_users/plugins/manage_main",
    "acl_users/source_users/manage_users",
    "acl_users/session/manage_secret",
    "acl_users/jwt_auth/manage_config",
    "acl_users/portal_role_manager/manage_roles",
    "acl_users/credentials_cookie_auth/manage_main",
    "portal_modifier/manage_main",
    "portal_modifier/OMInsideChildrensModifier/modifierEditForm",
    "MailHost/manage_main",
    "caching_policy_manager/manage_main",
    "mimetypes_registry/manage_main",
    "error_log/manage_main",
    "content_type_registry/manage_main",
    "portal_password_reset/manage_main",
    "@@actions-controlpanel",
    "@@new-action",
    "prefs_install_products_form",
    "@@site-controlpanel",
    "@@dateandtime-controlpanel",
    "@@theming-controlpanel",
    "@@theming-controlpanel-mapper",
    "@@themeFileUpload",
    "@@skins-controlpanel",
    "@@resourceregistry-controlpanel",
    "@@content-controlpanel",
    "@@filter-controlpanel",
    "@@tinymce-controlpanel",
    "@@markup-controlpanel",
    "@@imaging-controlpanel",
    "@@social-controlpanel",
    "@@syndication-controlpanel",
    "@@caching-controlpanel",
    "@@discussion-controlpanel",
    "@@error-log-form",
    "@@maintenance-controlpanel",
    "@@configuration_registry",
    "@@easyform-controlpanel",
    "@@workflow-policies-controlpanel",
    "@@rules-controlpanel",
    "+rule/plone.ContentRule",
    "@@manage-content-rules",
    "@@manage-portlets",
    "@@topbar-manage-portlets/plone.leftcolumn",
    "@@manage-dashboard",
    "@@manage-group-dashboard",
    "@@manage-viewlets",
    "@@dashboard",
    "++contextportlets++plone.leftcolumn/+/portlets.Classic",
    "++contextportlets++plone.leftcolumn/+/plone.portlet.static.Static",
    "++contextportlets++plone.leftcolumn/+/portlets.rss",
    "++dashboard++plone.dashboard1+seneffe-itstaff/+/portlets.Classic",
    "++groupdashboard++plone.dashboard1+Administrators/+/portlets.Classic",
    "@@dexterity-types",
    "dexterity-types/Document/@@overview",
    "dexterity-types/Document/@@behaviors",
    "dexterity-types/Document/@@modeleditor",
    "dexterity-types/Document/@@fields",
    "dexterity-types/@@add-type",
    "dexterity-types/@@types-export",
    "dexterity-types/@@import-types",
    "dexterity-types/plonegov.Order/@@fields",
    "@@plone-upgrade",
    "@@migrate_from_atct",
    "@@plone.app.multilingual.upgrades",
    "box/@@ical_import_settings",
    "box/@@ical_import_tool/enable",
    "box/@@content-checkout",
    "counter/residence/questions/edit",
    "counter/residence/questions/fields",
    "counter/residence/questions/actions",
    "counter/residence/questions/fields/@@modeleditor",
    "counter/residence/questions/actions/@@modeleditor",
    "counter/residence/questions/fields/purpose",
    "counter/residence/questions/@@export-easyform",
    "counter/residence/questions/@@import-easyform",
    "counter/residence/questions/@@saveddata",
    "@transactions",
    "@upgrade",
    "@addons",
    "@registry",
    "@registry/plone.portal_timezone",
    "@content-rules",
    "@database",
    "@system",
    "@principals?search=a",
]
#: Changes that are refused, one on a line.
ATTEMPTS = [
    line
    for line in Path(__file__).with_name("attempts.txt").read_text().splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("path", [*PAGES, *OWN_PAGES])
def test_a_page_with_scripts_or_of_the_whole_zope_is_closed(hostile, path):
    answer = hostile.get(path)
    assert refused(answer), (answer.status_code, answer.text[:300])


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_change_beyond_the_daily_work_is_refused(hostile, attempt):
    answer = hostile.send(attempt)
    assert refused(answer), (answer.status_code, answer.headers, answer.text[:300])


def test_the_panels_of_the_role_are_known_with_their_reason(world):
    held = world.facts["administrator"]["panels"]
    opened = {url.rpartition("/")[2] for url, is_open in held.items() if is_open}
    assert opened - {""} == set(PANELS)


def test_the_permissions_of_the_role_are_known_with_their_reason(world):
    lines = ";".join(PERMISSIONS.values()).split(";")
    known = {name.strip() for name in lines}
    assert set(world.facts["administrator"]["permissions"]) == known


def test_the_methods_of_tools_open_to_the_role_are_known_with_their_reason(world):
    known = {name for names in METHODS.values() for name in names.split()}
    assert set(world.facts["administrator"]["methods"]) == known


@pytest.mark.parametrize("panel", PANELS)
def test_the_panels_of_the_role_open(hostile, panel):
    assert hostile.get(PLACES.get(panel, panel)).status_code == 200
