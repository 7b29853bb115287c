from wagtail import hooks

from .hook_receivers import hide_documents
from .viewsets import ArticleViewSet

hooks.register("register_admin_viewset", ArticleViewSet)
hooks.register("construct_main_menu", hide_documents)
