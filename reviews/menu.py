from django.urls import reverse
from wagtail.admin.menu import MenuItem

from .permissions import may_see_mail


class MailMenuItem(MenuItem):
    @classmethod
    def make(cls):
        return cls("Mail", reverse("mail_report"), name="mail", icon_name="mail", order=1200)

    def is_shown(self, request):
        return may_see_mail(request.user)
