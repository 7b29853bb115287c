from django.contrib.sitemaps.views import sitemap
from django.urls import path

from .finding import sitemaps, views
from .finding.feeds import ReviewedPages

app_name = "pages"

urlpatterns = [
    path("search/", views.search_pages, name="search"),
    path("people/", views.people, name="people"),
    path("people/<slug:slug>/", views.one_person, name="person"),
    path("how-we-review/", views.how_we_review, name="how_we_review"),
    path("feed/", ReviewedPages(), name="feed"),
    path("robots.txt", views.robots, name="robots"),
    path("llms.txt", views.llms, name="llms"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": sitemaps.SITEMAPS}, name="sitemap"),
]
