"""A real mail server on loopback that nothing can leave: Postfix, with one mailbox for every address it knows.

Mail for example.org is delivered; an address at full.example.org is put off (4xx), one at gone.example.org refused;
mail for lost.example.org is taken and comes back, for nobody there is known; anything else is an error. Needs Postfix
installed and the rights of root, which its master has to have.
"""

from __future__ import annotations

import mailbox
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

DAEMONS = Path("/usr/lib/postfix/sbin")
needs_postfix = pytest.mark.skipif(
    not shutil.which("postfix") or os.geteuid() != 0, reason="Postfix is not installed, or this is not root"
)

_MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = {daemons}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.bills.example.org
mydestination =
local_recipient_maps =
alias_maps =
mynetworks = 127.0.0.0/8
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
virtual_mailbox_domains = example.org, bills.example.org, lost.example.org
transport_maps = inline:{{lost.example.org=lost:}}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
smtpd_recipient_restrictions = check_recipient_access inline:{{ {{ full.example.org = 450 4.2.2 full }}, \
{{ gone.example.org = 550 5.1.1 gone }} }}, permit_mynetworks, reject
smtpd_tls_security_level = none
smtpd_client_connection_count_limit = 0
smtpd_client_message_rate_limit = 0
maillog_file = /dev/null
maillog_file_prefixes = /dev
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
verify unix - - n - 1 verify
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
lost unix - n n - - virtual -o virtual_mailbox_maps=inline:{{nobody@lost.example.org=none}}
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """A running server at `port`; what it delivered lies in `mail`."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.mail = folder, port, folder / "mail" / "all"

    def messages(self) -> list[bytes]:
        """Everything that was delivered, as it lies in the mailbox."""
        if not (self.mail / "new").is_dir():
            return []
        box = mailbox.Maildir(self.mail, create=False)
        return [box.get_bytes(key) for key in box.iterkeys()]

    def wait_for(self, number: int, seconds: float = 60) -> list[bytes]:
        """What was delivered, once there are so many."""
        end = time.monotonic() + seconds
        while len(found := list((self.mail / "new").glob("*"))) < number and time.monotonic() < end:
            time.sleep(0.05)
        assert len(found) >= number, f"{len(found)} of {number} were delivered"
        return self.messages()

    def empty(self) -> None:
        for path in self.mail.rglob("*"):
            if path.is_file():
                path.unlink()


@contextmanager
def running(more: str = "") -> Iterator[Postfix]:
    """Start a server in a folder of its own, with more lines of configuration if need be, and end it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    folder.chmod(0o755)
    owner = pwd.getpwnam("postfix")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("queue", "data", "mail", "config"):
        (folder / name).mkdir(mode=0o755)
    for name in ("data", "mail"):
        os.chown(folder / name, owner.pw_uid, owner.pw_gid)
    values = {"folder": folder, "daemons": DAEMONS, "uid": owner.pw_uid, "gid": owner.pw_gid, "port": port}
    (folder / "config" / "main.cf").write_text(_MAIN.format(**values) + more)
    (folder / "config" / "master.cf").write_text(_MASTER.format(**values))
    command = ["postfix", "-c", str(folder / "config")]
    started = subprocess.run([*command, "start"], capture_output=True, text=True, check=False)
    try:
        assert started.returncode == 0, started.stderr
        _answers(port)
        yield Postfix(folder, port)
    finally:
        subprocess.run([*command, "stop"], capture_output=True, check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _answers(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                if line.recv(3) == b"220":
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Postfix does not answer")
