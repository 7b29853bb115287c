# Named by WAGTAIL_FINISH_WORKFLOW_ACTION and imported while wagtail.models loads: it imports no models at module level.


def publish_signed_content(workflow_state, user=None):
    """What a finished workflow does: publish the signed content, or refuse. An approval by itself publishes nothing."""
    from wagtail.workflows import publish_workflow_state

    from .mixins import is_gated
    from .policy import policy
    from .services import publish

    page = workflow_state.content_object
    if not is_gated(page.specific_class):
        publish_workflow_state(workflow_state, user=user)
    elif policy().publish_on_last_signature:
        publish(page_id=page.pk, by=user)
