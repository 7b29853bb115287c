from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from pages.receipts import verify_bundle
from reviews.views.admin_account import admin_account
from wagtail import urls as wagtail_urls
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls

urlpatterns = [
    path("admin/account/", admin_account),
    path("admin/", include(wagtailadmin_urls)),
    path("review/", include("reviews.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("pages.urls")),
    path("verify_bundle.py", verify_bundle, name="verify_bundle"),
    # A receipt is served by its page. Wagtail's own pattern knows no dots.
    re_path(r"^((?:[\w\-]+/)+record\.json)$", wagtail_views.serve),
    # Wagtail's own page routing comes last.
    path("", include(wagtail_urls)),
]
