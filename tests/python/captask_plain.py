"""The library from Python with nothing but ctypes: how returned text is taken, and a server to talk to.

CAPTASK_LIBRARY names the library.
"""

import ctypes
import http.server
import json
import os
import threading

LIBRARY = ctypes.CDLL(os.environ["CAPTASK_LIBRARY"])

HANDLE, TICKET, TIMEOUT, TEXT = ctypes.c_int32, ctypes.c_int64, ctypes.c_int32, ctypes.c_char_p
# Text that the caller owns: c_char_p would lose the pointer that captask_free needs.
OWNED = ctypes.c_void_p
SINK = ctypes.CFUNCTYPE(None, ctypes.c_int32, ctypes.c_char_p, ctypes.c_void_p)

SIGNATURES = {
    "captask_version": (ctypes.c_char_p, []),
    "captask_version_num": (ctypes.c_uint32, []),
    "captask_free": (None, [OWNED]),
    "captask_open": (HANDLE, [TEXT, ctypes.POINTER(OWNED)]),
    "captask_stop": (ctypes.c_int32, [HANDLE]),
    "captask_close": (ctypes.c_int32, [HANDLE]),
    "captask_inspect": (OWNED, [HANDLE]),
    "captask_create_task": (OWNED, [HANDLE, TEXT]),
    "captask_get_task_result": (OWNED, [HANDLE, TEXT]),
    "captask_get_balance": (OWNED, [HANDLE]),
    "captask_get_user_agent": (OWNED, [HANDLE]),
    "captask_report_incorrect": (OWNED, [HANDLE, TEXT]),
    "captask_call": (OWNED, [HANDLE, TEXT, TEXT]),
    "captask_solve": (OWNED, [HANDLE, TEXT]),
    "captask_submit": (TICKET, [HANDLE, TEXT, ctypes.POINTER(OWNED)]),
    "captask_wait": (OWNED, [HANDLE, TICKET, TIMEOUT]),
    "captask_receive": (OWNED, [HANDLE, TIMEOUT]),
    "captask_cancel": (ctypes.c_int32, [HANDLE, TICKET]),
    "captask_check": (OWNED, [TEXT]),
    "captask_describe": (OWNED, [TEXT]),
    "captask_pick": (OWNED, [TEXT, TEXT]),
    "captask_quote": (OWNED, [TEXT]),
    "captask_base64": (OWNED, [ctypes.c_void_p, ctypes.c_size_t]),
    "captask_set_log": (None, [SINK, ctypes.c_void_p, ctypes.c_int32]),
    "captask_sandbox_open": (HANDLE, [TEXT, ctypes.POINTER(OWNED)]),
}
for name, (result, arguments) in SIGNATURES.items():
    getattr(LIBRARY, name).restype = result
    getattr(LIBRARY, name).argtypes = arguments


def take(pointer: int | None) -> str | None:
    """The text behind a pointer that the library gave away, which is released."""
    if pointer is None:
        return None
    try:
        return ctypes.string_at(pointer).decode("utf-8")
    finally:
        LIBRARY.captask_free(pointer)


def text_in(value: object) -> object:
    """A dict as JSON, a str as UTF-8; bytes, None and numbers as they are."""
    if isinstance(value, dict):
        value = json.dumps(value)
    return value.encode("utf-8") if isinstance(value, str) else value


def ask(function: str, *arguments: object) -> str | None:
    """Calls a function that answers with a text."""
    return take(getattr(LIBRARY, function)(*map(text_in, arguments)))


def asked(function: str, *arguments: object) -> dict | None:
    """The same, the JSON taken apart."""
    answer = ask(function, *arguments)
    return None if answer is None else json.loads(answer)


def make(function: str, *arguments: object) -> tuple[int, dict | None]:
    """Calls a function that makes something: its number and what went wrong."""
    error = OWNED(1)
    number = getattr(LIBRARY, function)(*map(text_in, arguments), ctypes.byref(error))
    text = take(error.value)
    return number, None if text is None else json.loads(text)


class Service:
    """An HTTP server that answers each method as a function says: (HTTP status, body) or None for no answer at all."""

    def __init__(self, answer):
        self.requests: list[tuple[str, bytes]] = []
        lock = threading.Lock()
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                method = self.path.rsplit("/", 1)[-1]
                with lock:
                    service.requests.append((method, body))
                    attempt = sum(1 for other, _ in service.requests if other == method)
                answered = answer(method, attempt)
                if answered is None:
                    self.close_connection = True
                    return
                status, text = answered
                data = text.encode("utf-8")
                self.send_response(status)
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                """Nothing on standard error."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()

    def count(self, method: str) -> int:
        """How many requests came for a method."""
        return sum(1 for other, _ in self.requests if other == method)

    def close(self) -> None:
        """Ends the server and its threads."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
