"""Static files for production: hashed, also the imports between ES modules; the shared sheets in one."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What every page loads, in this order. A sheet of few pages belongs into their `css` block instead.
SHEETS = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components/button.css",
    "css/components/dialog.css",
    "css/components/form.css",
    "css/components/inline-edit.css",
    "css/components/ledger.css",
    "css/components/mark.css",
    "css/components/nav.css",
    "css/components/note.css",
    "css/components/table.css",
    "css/pages/shell.css",
    "css/pages/figures.css",
    "css/pages/account.css",
    "css/pages/accounts.css",
    "css/pages/commerce.css",
    "css/pages/today.css",
    "css/pages/swot.css",
    "css/pages/timeline.css",
    "css/pages/plan.css",
    "css/pages/panel.css",
    "css/pages/person.css",
    "css/pages/people.css",
    "css/pages/review.css",
    "css/pages/settings.css",
    "css/components/chart.css",
    "css/components/map.css",
    "css/utilities.css",
    "css/print.css",
)
# All of them as one file: a third less to send, and one request instead of thirty.
SHARED = "css/shared.css"


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        if all(sheet in paths for sheet in SHEETS):
            self._write_shared(paths)
            paths[SHARED] = (self, SHARED)
        yield from super().post_process(paths, **options)

    def _write_shared(self, paths: dict[str, Any]) -> None:
        texts = []
        for sheet in SHEETS:
            storage, path = paths[sheet]
            with storage.open(path) as file:
                texts.append(file.read().decode())
        if self.exists(SHARED):
            self.delete(SHARED)
        self.save(SHARED, ContentFile("\n".join(texts).encode()))


def shared_sheets() -> tuple[str, ...]:
    """The one file where `collectstatic` made it, else each sheet for itself."""
    made = SHARED in getattr(staticfiles_storage, "hashed_files", {})
    return (SHARED,) if made else SHEETS
