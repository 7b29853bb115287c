from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .hook_receivers import add_coming_due_panel, hide_documents
from .style import StyleView
from .viewsets import ArticleViewSet, TagFamilyViewSet

register_snippet(TagFamilyViewSet)

hooks.register("register_admin_viewset", ArticleViewSet)
hooks.register("construct_main_menu", hide_documents)
hooks.register("construct_homepage_panels", add_coming_due_panel)
hooks.register("register_admin_urls", lambda: [path("style/", StyleView.as_view(), name="style")])
hooks.register(
    "register_help_menu_item",
    lambda: MenuItem("Style of the site", reverse_lazy("style"), name="style", icon_name="view", order=900),
)
