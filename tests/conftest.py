"""What holds for every test folder; each folder with a Zope layer adds its own."""

from hypothesis import settings

import os


# Translations are compiled when the layer registers them: .mo files are not in git.
os.environ["zope_i18n_compile_mo_files"] = "1"

# Few examples at each run: runs are many. HYPOTHESIS_PROFILE=default asks for 100.
settings.register_profile("suite", max_examples=20, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))
