from wagtail import hooks

from .viewsets import ArticleViewSet

hooks.register("register_admin_viewset", ArticleViewSet)
