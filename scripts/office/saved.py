"""Pages as a browser saves them (MHTML), and OFD: of the pages and the PDF that were made.

usage: saved.py FOLDER
"""

import contextlib
import pathlib
import sys
import tempfile
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from easyofd import OFD


def save_mhtml(page, to):
    """Browsers save a page with its parts as MIME: quoted or in base 64."""
    message = MIMEMultipart("related", type="text/html")
    message["Subject"] = "saved"
    message["Snapshot-Content-Location"] = "https://example.invalid/"
    part = MIMEText(page.read_text(), "html", "utf-8")
    part["Content-Location"] = "https://example.invalid/"
    message.attach(part)
    to.write_bytes(message.as_bytes())


def save_ofd(page, to):
    # It writes the text of the pages, and none of their lines; it works in a folder `test` where it stands, and prints as it goes.
    with tempfile.TemporaryDirectory() as work, contextlib.chdir(work), contextlib.redirect_stdout(None):
        to.write_bytes(OFD().pdf2ofd(page.read_bytes(), optional_text=True))


def main(folder):
    for name in ("mhtml", "ofd"):
        (folder / name).mkdir(exist_ok=True)
    for page in (folder / "html").iterdir():
        save_mhtml(page, folder / "mhtml" / f"{page.stem}.mhtml")
    for page in (folder / "pdf").iterdir():
        save_ofd(page, folder / "ofd" / f"{page.stem}.ofd")


main(pathlib.Path(sys.argv[1]).resolve())
