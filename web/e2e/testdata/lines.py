"""Reads the stream at the given address as clients in Python do, and prints the
pictures of each as lines of JSON: {"client", "id", "picture"}.

Usage: lines.py ROOT FRAME LAST COUNT, where COUNT pictures of FRAME after the id
LAST are expected.
"""

import json
import sys

import httpx
import requests

ROOT, FRAME, LAST, COUNT = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
URL = f"{ROOT}/subscribe?frame={FRAME}&lastEventId={LAST}"
SSE = {"Accept": "text/event-stream"}
NDJSON = {"Accept": "application/x-ndjson"}


def fail(client, error):
    print(json.dumps({"client": client, "error": repr(error)}))


def sse(lines):
    """Yields id and data of each picture among lines without their ends."""
    fields = {}
    for line in lines:
        if line == "":
            if fields.get("event") == "picture":
                yield fields.get("id"), "\n".join(fields["data"])
            fields = {}
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            fields.setdefault("data", []).append(value)
        elif name:
            fields[name] = value


def ndjson(lines):
    for line in lines:
        event = json.loads(line)
        if event["event"] == "picture":
            yield event["id"], json.dumps(event["data"])


def split(chunks):
    """Splits text at all that str.splitlines takes for a line's end."""
    rest = ""
    for chunk in chunks:
        *lines, rest = (rest + chunk + "|").splitlines()
        rest = rest[:-1]
        yield from lines


def with_requests(headers, lines):
    with requests.get(URL, headers=headers, stream=True, timeout=60) as answer:
        yield from lines(answer)


def with_httpx(headers, lines):
    with httpx.stream("GET", URL, headers=headers, timeout=60) as answer:
        yield from lines(answer)


def by_requests(answer):
    # Small pieces, because a live stream does not fill larger ones.
    return (line for line in answer.iter_lines(chunk_size=1, decode_unicode=True))


def by_httpx(answer):
    return (line.rstrip("\n") for line in answer.iter_lines())


def by_splitlines(answer):
    return split(answer.iter_text())


CLIENTS = {
    "requests": lambda: sse(with_requests(SSE, by_requests)),
    "requests, NDJSON": lambda: ndjson(with_requests(NDJSON, by_requests)),
    "httpx": lambda: sse(with_httpx(SSE, by_httpx)),
    "httpx, NDJSON": lambda: ndjson(with_httpx(NDJSON, by_httpx)),
    "str.splitlines": lambda: sse(with_httpx(SSE, by_splitlines)),
    "str.splitlines, NDJSON": lambda: ndjson(with_httpx(NDJSON, by_splitlines)),
}

# These are in no package of the distribution; they are read where they are.
try:
    import httpx_sse

    def by_httpx_sse():
        with httpx.Client(timeout=60) as client:
            with httpx_sse.connect_sse(client, "GET", URL) as source:
                for event in source.iter_sse():
                    if event.event == "picture":
                        yield event.id, event.data

    CLIENTS["httpx-sse"] = by_httpx_sse
except ImportError:
    print("httpx-sse is not installed", file=sys.stderr)
try:
    import sseclient

    def by_sseclient():
        answer = requests.get(URL, headers=SSE, stream=True, timeout=60)
        for event in sseclient.SSEClient(answer.iter_content(chunk_size=1)).events():
            if event.event == "picture":
                yield event.id, event.data

    CLIENTS["sseclient-py"] = by_sseclient
except ImportError:
    print("sseclient-py is not installed", file=sys.stderr)

for client, watch in CLIENTS.items():
    try:
        pictures = watch()
        for _ in range(COUNT):
            id, data = next(pictures)
            print(json.dumps({"client": client, "id": id, "picture": json.loads(data)}))
        pictures.close()
    except Exception as error:
        fail(client, error)
