import logging
import socket
import threading
import time
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from wagtail.images import get_image_model

from pages.demo.load import PASSWORD, DemoRefused, load_demo
from pages.pictures import SPECS

WELCOME = """
Imprimatur runs at {base}/

  A patient reads             {base}/
  Marketing writes            {base}/admin/    jordan
  A dermatologist signs       {base}/review/   elena or samuel
  A clinical reviewer signs   {base}/review/   ruth
  A practice manager          {base}/admin/    priya
  Try to break it             {base}/admin/    admin

  Everybody's password is {password}
  Mail is printed here. Stop with Ctrl+C; the next `make run` keeps what you did.
"""


class Command(BaseCommand):
    """What `make run` does: migrate, load the demo once, say who starts where, serve."""

    help = "Serve the site with its demo on this machine."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        self._refuse_a_port_in_use(port)
        call_command("migrate", verbosity=0)
        if not get_user_model().objects.exists():
            self.stdout.write("Loading the demo (once) ...")
            try:
                load_demo()
            except DemoRefused as error:
                raise CommandError(str(error)) from error
        settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"
        self.stdout.write(WELCOME.format(base=settings.WAGTAILADMIN_BASE_URL, password=PASSWORD))
        for work in (_deliver_mail, _make_pictures):
            threading.Thread(target=work, daemon=True).start()
        _show_no_tracebacks()
        call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True, insecure_serving=True)

    def _refuse_a_port_in_use(self, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except (OSError, OverflowError) as error:
                raise CommandError(
                    f"Port {port} cannot be used ({error.strerror if isinstance(error, OSError) else 'out of range'}). "
                    f"Choose another one: make run PORT={port + 1 if port < 65535 else 8001}"
                ) from error


def _show_no_tracebacks():
    """Who tries an address that is none sees what a patient sees. The addresses of pictures exist under DEBUG only."""
    import_module(settings.ROOT_URLCONF)
    settings.DEBUG = False


def _make_pictures():
    """Every size and format of the pictures, so that the first visitor does not wait for them."""
    for image in get_image_model().objects.all():
        image.get_renditions(*SPECS)
    connection.close()


def _deliver_mail():
    """What cron does on a server, every minute: here every few seconds, so that mail is seen at once."""
    while True:
        try:
            call_command("send_queued_mail", verbosity=0)
        except Exception:
            logging.getLogger(__name__).exception("Mail could not be delivered; it stays in the outbox.")
        connection.close()
        time.sleep(3)
