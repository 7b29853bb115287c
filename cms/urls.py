from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from reviews.views.admin_account import admin_account
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/account/", admin_account),
    path("admin/", include(wagtailadmin_urls)),
    path("review/", include("reviews.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("pages.urls")),
    # Wagtail's own page routing comes last.
    path("", include(wagtail_urls)),
]
