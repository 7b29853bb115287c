from django.urls import path

from . import converters  # noqa: F401
from .views import desk, record

app_name = "sign_off_desk"

urlpatterns = [
    path("<key:page_id>/request/", desk.request_review_view, name="request_review"),
    path("<key:page_id>/publish/", desk.publish_view, name="publish"),
    path("<key:page_id>/record/", record.record_of_review, name="record"),
    path("<key:page_id>/record/export/", record.export_record_of_review, name="export_record"),
]
