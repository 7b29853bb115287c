from django.urls import path

from . import converters  # noqa: F401
from .views import desk, invitations, record

app_name = "sign_off_desk"

urlpatterns = [
    path("clinicians/<key:clinician_id>/invite/", invitations.invite_view, name="invite"),
    path("<key:page_id>/request/", desk.RequestReviewView.as_view(), name="request_review"),
    path("suggestions/<key:suggestion_id>/apply/", desk.apply_suggestion_view, name="apply_suggestion"),
    path("suggestions/<key:suggestion_id>/decline/", desk.decline_suggestion_view, name="decline_suggestion"),
    path("<key:page_id>/publish/", desk.publish_view, name="publish"),
    path("<key:page_id>/record/", record.record_of_review, name="record"),
    path("<key:page_id>/record/export/", record.export_record_of_review, name="export_record"),
]
