"""How Wagtail's editor names what we lead to."""


def block_anchor(key: str) -> str:
    """Of the block that holds the statement with this key; empty for a block that has no id of its own yet."""
    block_id = key.partition(".")[0]
    return "" if block_id.startswith("body-") else f"block-{block_id}-section"


def inline_anchor(relation: str, position: int) -> str:
    """Of one of the forms of an InlinePanel, counted from 0."""
    return f"inline_child_{relation}-{position}-panel-section"
