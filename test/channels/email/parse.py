"""Reads the mails that are named on the command line with Python's own parser; JSON for parsers.ts."""

import hashlib
import json
import sys
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses


def seen(path):
    with open(path, "rb") as file:
        mail = BytesParser(policy=policy.default).parse(file)
    leaves = [part for part in mail.walk() if not part.is_multipart()]
    text = {part.get_content_type(): part.get_content() for part in leaves if part.get_content_maintype() == "text"}
    # Headers as written: the display names of policy.default keep the blank between two encoded words, against RFC 2047, 6.2.
    with open(path, "rb") as file:
        headers = BytesHeaderParser(policy=policy.compat32).parse(file)

    def boxes(name):
        found = getaddresses([headers[name].replace("\r\n", "").replace("\n", "")])
        return [[str(make_header(decode_header(shown))), address] for shown, address in found]

    return {
        "from": boxes("from"),
        "to": boxes("to"),
        "subject": str(mail["subject"]),
        "messageId": str(mail["message-id"]).strip(),
        "date": mail["date"].datetime.isoformat(),
        "kinds": [part.get_content_type() for part in mail.walk()],
        "text": text.get("text/plain"),
        "html": text.get("text/html"),
        "attachments": [
            [part.get_content_type(), part.get_filename(), hashlib.sha256(part.get_content()).hexdigest()]
            for part in leaves
            if part.get_content_maintype() != "text"
        ],
        "defects": [str(defect) for part in mail.walk() for defect in part.defects]
        + [str(defect) for value in mail.values() for defect in getattr(value, "defects", [])],
    }


print(json.dumps([seen(path) for path in sys.argv[1:]]))
