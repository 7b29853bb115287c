"""A real server on this machine for as long as a test or a measurement lasts."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORKERS = 2


def environment(database: Path, settings="cms.settings.test", **more) -> dict:
    names = {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": settings, **more}
    return {**os.environ, **{name: str(value) for name, value in names.items()}}


def python(*arguments, env: dict, timeout=300) -> str:
    """What a process of its own prints."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=timeout, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")
    return done.stdout


@contextmanager
def gunicorn(env: dict, application="cms.wsgi", workers=WORKERS):
    """A server with several worker processes; its host and port. It ends with the block, whatever happens there."""
    port = _free_port()
    options = ["--workers", str(workers), "--bind", f"127.0.0.1:{port}", "--log-level", "error", "--keep-alive", "30"]
    options += ["--worker-class", "gthread", "--threads", "1"]
    env = env | {"BASE_URL": f"http://127.0.0.1:{port}"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *options, application], cwd=ROOT, env=env)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address, server):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError("The server ended before it answered.")
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not answer within a minute.")
