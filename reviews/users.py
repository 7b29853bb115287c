from wagtail.users.apps import WagtailUsersAppConfig


class SigningUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app, with an admin that leaves the passwords of signers alone."""

    user_viewset = "reviews.user_admin.SigningUserViewSet"
