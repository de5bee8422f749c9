"""Follows an event stream with one of Python's clients: follow.py CLIENT URL.

Prints each event as a line of JSON. A test reads them.
"""

import json
import sys

import httpx
import requests


def show(event, data):
    print(json.dumps({"event": event, "data": json.loads(data)}), flush=True)


def parse(lines):
    """The twenty lines that people write themselves: a field a line, an event at each empty one."""
    event, data = "", []
    for line in lines:
        line = line.removesuffix("\n")  # which older versions of httpx leave
        if not line:
            if data:
                show(event, "\n".join(data))
            event, data = "", []
        field, _, value = line.partition(": ")
        if field == "event":
            event = value
        if field == "data":
            data.append(value)


def with_requests(url):
    parse(requests.get(url, stream=True).iter_lines(chunk_size=1, decode_unicode=True))


def with_splitlines(url):
    text = ""
    for piece in requests.get(url, stream=True).iter_content(chunk_size=1, decode_unicode=True):
        text += piece
        if text.endswith("\n\n"):
            parse(text.splitlines() + [""])
            text = ""


def with_httpx(url):
    with httpx.stream("GET", url, timeout=None) as answer:
        parse(answer.iter_lines())


{
    "requests": with_requests,
    "splitlines": with_splitlines,
    "httpx": with_httpx,
}[sys.argv[1]](sys.argv[2])
