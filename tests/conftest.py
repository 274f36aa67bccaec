"""What holds for every test folder; each folder with a Zope layer adds its own."""

import os


# Translations are compiled when the layer registers them: .mo files are not in git.
os.environ["zope_i18n_compile_mo_files"] = "1"
