from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .hook_receivers import hide_documents
from .viewsets import ArticleViewSet, TagFamilyViewSet

register_snippet(TagFamilyViewSet)

hooks.register("register_admin_viewset", ArticleViewSet)
hooks.register("construct_main_menu", hide_documents)
