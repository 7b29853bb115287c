"""An upgrade of Wagtail that adds a way to make a page live fails here, so that a person reads it first."""

import ast
from collections import Counter
from pathlib import Path

import wagtail

ROOT = Path(wagtail.__file__).parent
SKIPPED = {"tests", "test", "migrations", "project_template", "tests.py"}

# Every place in Wagtail 8.0 that writes `live`, publishes, or names a publish action; each is stopped by the gate on
# save (pre_save), by permissions (can_publish is False), or does not concern pages.
KNOWN = {
    # Actions: every one of them ends in the page's save().
    "actions/copy_page.py": 1,
    "actions/create.py": 2,
    "actions/create_page.py": 1,
    "actions/edit.py": 1,
    "actions/publish_page_revision.py": 1,
    "actions/publish_revision.py": 3,
    "actions/unpublish.py": 1,
    "models/draft_state.py": 2,
    "models/pages.py": 3,
    "models/revisions.py": 1,
    "management/commands/publish_scheduled.py": 1,
    "workflows.py": 1,
    # Admin views: they ask can_publish() or can_publish_subpage() first, which nobody has for gated pages.
    "admin/action_menu.py": 1,
    "admin/api/actions/publish.py": 1,
    "admin/views/pages/bulk_actions/publish.py": 2,
    "admin/views/pages/create.py": 3,
    "admin/views/pages/edit.py": 1,
    # Not mounted.
    "api/v3/routers/pages.py": 1,
    # Not about pages.
    "admin/views/generic/mixins.py": 1,
    "snippets/action_menu.py": 1,
    "snippets/api/v3/router.py": 1,
    "query.py": 1,
}


def writes_of_live(tree: ast.AST):
    """Assignments to an attribute `live`, keyword arguments `live=`, and dict keys "live"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from (1 for target in node.targets if isinstance(target, ast.Attribute) and target.attr == "live")
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield from (1 for keyword in node.keywords if keyword.arg == "live" and name not in ("filter", "exclude"))
            if name == "publish" or name.startswith("Publish"):
                yield 1
        elif isinstance(node, ast.Dict):
            yield from (1 for key in node.keys if isinstance(key, ast.Constant) and key.value == "live")


def found() -> dict[str, int]:
    counts = Counter()
    for path in ROOT.rglob("*.py"):
        relative = path.relative_to(ROOT)
        if not SKIPPED & set(relative.parts):
            counts[relative.as_posix()] = sum(writes_of_live(ast.parse(path.read_text())))
    return {name: count for name, count in sorted(counts.items()) if count}


def test_no_upgrade_adds_a_way_to_publish_that_nobody_has_read():
    assert found() == KNOWN
