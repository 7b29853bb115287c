"""What other apps may hear of. Sent inside the transaction: what follows is committed with it, or not at all."""

from django.dispatch import Signal

# Who stands behind a page changed: somebody signed or withdrew, it became public, or it ceased to be. Gives `page_id`.
standing_changed = Signal()
