from django.db import migrations


def create_home_and_index(apps, schema_editor):
    """A home page with an index of procedures in place of Wagtail's welcome page, so that a new site is ready to use."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    HomePage = apps.get_model("pages", "HomePage")
    ProcedureIndexPage = apps.get_model("pages", "ProcedureIndexPage")

    def content_type(model):
        return ContentType.objects.get_or_create(app_label="pages", model=model)[0]

    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    locale = Locale.objects.first()
    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=content_type("homepage"),
        path=f"{root.path}0001",
        depth=2,
        numchild=1,
        url_path="/home/",
        locale=locale,
    )
    ProcedureIndexPage.objects.create(
        title="Procedures",
        draft_title="Procedures",
        slug="procedures",
        content_type=content_type("procedureindexpage"),
        path=f"{home.path}0001",
        depth=3,
        numchild=0,
        url_path="/home/procedures/",
        locale=locale,
    )
    Page.objects.filter(pk=root.pk).update(numchild=1)
    Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True, site_name="Patient site")


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [migrations.RunPython(create_home_and_index, migrations.RunPython.noop)]
