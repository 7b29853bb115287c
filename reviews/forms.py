from django import forms


class WithdrawForm(forms.Form):
    """Why a sign-off is withdrawn."""

    reason = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, so that the writer can mend it."},
    )


class HandOverForm(forms.Form):
    """To whom a clinical review is passed."""

    colleague = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a colleague.", "invalid_choice": "Choose one of these colleagues."},
    )
    note = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = choices
