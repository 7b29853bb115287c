from django.contrib.auth.management import create_permissions
from django.db import migrations

MARKETING = "Marketing"
MANAGERS = "Practice managers"


def create_groups(apps, schema_editor):
    """Who works at the desk. Nobody gets permission to publish: signatures publish."""
    _create_permissions(apps)
    Group = apps.get_model("auth", "Group")
    Page = apps.get_model("wagtailcore", "Page")
    Group.objects.filter(name__in=["Editors", "Moderators"], user__isnull=True).delete()
    home = Page.objects.filter(depth=2).first()
    _group(apps, MARKETING, home, ["add_page", "change_page"], ["access_admin"])
    _group(
        apps,
        MANAGERS,
        home,
        ["change_page"],
        [
            "access_admin",
            "add_clinician",
            "change_clinician",
            "view_clinician",
            "view_ledgerentry",
            "view_email",
        ],
    )


def _create_permissions(apps):
    for app_config in apps.get_app_configs():
        if app_config.label in ("post_office", "reviews", "wagtailadmin", "wagtailcore", "wagtailimages"):
            app_config.models_module = True
            create_permissions(app_config, apps=apps, verbosity=0)
            app_config.models_module = None


def _group(apps, name, page, page_permissions, permissions):
    Permission = apps.get_model("auth", "Permission")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
    group.permissions.add(*Permission.objects.filter(codename__in=permissions))
    for permission in Permission.objects.filter(
        codename__in=page_permissions, content_type__app_label="wagtailcore", content_type__model="page"
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    _may_add_images(apps, group)


def _may_add_images(apps, group):
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = Collection.objects.filter(depth=1).first()
    for permission in apps.get_model("auth", "Permission").objects.filter(
        codename__in=["add_image", "choose_image"], content_type__app_label="wagtailimages"
    ):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_site"),
        ("post_office", "0014_alter_email_recipient_delivery_status_and_more"),
        ("reviews", "0002_workflow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0001_initial"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
