from django.urls import path

from .views import desk

app_name = "sign_off_desk"

urlpatterns = [
    path("<int:page_id>/request/", desk.request_review_view, name="request_review"),
    path("<int:page_id>/publish/", desk.publish_view, name="publish"),
]
