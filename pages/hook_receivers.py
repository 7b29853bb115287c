from .home_panels import ComingDuePanel


def hide_documents(request, menu_items):
    """Documents are words that nobody signs, so no page links to one and the site serves none."""
    menu_items[:] = [item for item in menu_items if item.name != "documents"]


def add_coming_due_panel(request, panels):
    panels.append(ComingDuePanel())
