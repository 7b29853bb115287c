from django import forms


class WithdrawForm(forms.Form):
    """Why a sign-off is withdrawn."""

    reason = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why, so that the writer can mend it."},
    )
