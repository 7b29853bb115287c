from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState


class InReviewLock(WorkflowLock):
    """Nobody edits what clinicians are reading."""

    def get_message(self, user):
        return (
            "This article is with the clinicians who sign it, so nobody can edit it. "
            "Whoever asked for the review can recall it: choose “Recall from review” below."
        )

    def get_locked_by(self, user, can_lock=False):
        return "Locked while in review"

    def get_description(self, user, can_lock=False):
        return "Nobody can edit an article while clinicians are reading it. Recall it first."


class ClinicianSignOffTask(Task):
    """Asks every clinician whose signature is missing, at once. Done when nothing is missing, and only then.

    It offers no action in the admin: signatures are given at /review/, by the services, and nowhere else.
    """

    lock_class = InReviewLock

    class Meta:
        verbose_name = "clinician sign-off task"

    def start(self, workflow_state, user=None):
        from reviews.services.request_review import open_request

        task_state = super().start(workflow_state, user=user)
        page = workflow_state.content_object.specific
        if not open_request(page=page, task_state=task_state, by=user):
            # Nothing is missing, so there is nothing to wait for.
            task_state.status = TaskState.STATUS_APPROVED
            task_state.finished_by = user
            task_state.save(update_fields=["status", "finished_by"])
        return task_state

    def on_action(self, task_state, user, action_name, **kwargs):
        """Whatever a browser sends here is not a signature."""
        from reviews.errors import NotAllowed

        raise NotAllowed("not_signed_here", "Sign-offs are given on the review page, by the clinicians who were asked.")

    def locked_for_user(self, obj, user):
        return True

    def get_actions(self, obj, user):
        return []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        # /review/ is the inbox. Wagtail's own panel runs a query for each page it lists.
        return TaskState.objects.none()

    @classmethod
    def get_description(cls):
        return "Every clinician who is quoted signs her own words, and a clinical reviewer signs the whole article."
