from django.db import migrations

NAME = "Clinician sign-off"


def assign_to_the_site(apps, schema_editor):
    """One workflow with one task, for every page of the site. It replaces the one that Wagtail ships."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Task = apps.get_model("reviews", "ClinicianSignOffTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")

    content_type, _ = ContentType.objects.get_or_create(app_label="reviews", model="cliniciansignofftask")
    task = Task.objects.create(name=NAME, active=True, content_type=content_type)
    workflow = Workflow.objects.create(name=NAME, active=True)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for root in Page.objects.filter(depth=1):
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    Workflow.objects.exclude(pk=workflow.pk).filter(workflow_pages__isnull=True).update(active=False)


def remove(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=NAME).delete()
    apps.get_model("reviews", "ClinicianSignOffTask").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]
    operations = [migrations.RunPython(assign_to_the_site, remove)]
