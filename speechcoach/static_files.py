"""Static files under names that change with their content."""

from __future__ import annotations

from whitenoise.storage import (  # type: ignore[import-untyped]
    CompressedManifestStaticFilesStorage,
)

OWN_SCRIPTS = "js/*.js"
IMPORT = r"""(?P<matched>import (?P<names>[^"';]+) from "(?P<url>\./\w+\.js)";)"""


class HashedModules(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Our scripts import each other by these names as well: no browser mixes old and new ones.

    Django's own `support_js_module_import_aggregation` stumbles over scripts of others, in which
    what looks like an import is part of a text.
    """

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (OWN_SCRIPTS, ((IMPORT, 'import %(names)s from "%(url)s";'),)),
    )
