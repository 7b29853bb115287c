from django import forms
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput

from .models import Clinician
from .policy import policy
from .sentences import day_of


class RequestForm(forms.Form):
    """Who is to review an article, and until when. Quoted clinicians are asked in any case.

    `reviewers` are those who may, or None if the article needs no review: then nobody is asked to choose any.
    """

    reviewers = forms.ModelMultipleChoiceField(
        Clinician.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Clinical reviewers, by name",
        help_text="Choose nobody, and everybody who may review this article is asked. One signature is enough.",
    )
    group = forms.ModelChoiceField(
        Group.objects.none(),
        required=False,
        empty_label="No group",
        label="Clinical reviewers, by group",
        help_text="Everybody of this group who may review this article.",
    )
    due_on = forms.DateField(required=False, widget=AdminDateInput, label="Due on")
    note = forms.CharField(
        required=False,
        widget=AdminAutoHeightTextInput,
        label="Note to the clinicians",
        help_text="Stands in the mail and above the statements.",
    )

    def __init__(self, *args, reviewers: list[Clinician] | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = f"Empty: {policy().review_time.days} days from today."
        if reviewers is None:
            del self.fields["reviewers"], self.fields["group"]
        else:
            self._offer(reviewers)

    def _offer(self, reviewers: list[Clinician]):
        known = Clinician.objects.filter(pk__in=[reviewer.pk for reviewer in reviewers])
        away = {item.pk: item.away_until for item in reviewers if item.is_away()}
        self.fields["reviewers"].queryset = known
        self.fields["reviewers"].label_from_instance = lambda item: (
            f"{item.name_line}, away until {day_of(away[item.pk])}" if item.pk in away else item.name_line
        )
        self.fields["group"].queryset = Group.objects.filter(user__clinician__in=known).distinct()

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise forms.ValidationError("This day is over. Choose a later one.")
        return due_on
