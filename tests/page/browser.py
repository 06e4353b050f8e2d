"""A headless Chromium, driven by ChromeDriver over the W3C WebDriver protocol, with the standard library alone."""

import base64
import json
import re
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
TAB, ENTER, ESCAPE, SPACE = "\ue004", "\ue007", "\ue00c", " "
# Nothing here takes that long; it bounds a test that would hang.
PATIENCE = 30
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--window-size=1400,1000", "--lang=en-US",
]


class Refused(Exception):
    """An error answer of ChromeDriver; `kind` is its code, such as "no such alert"."""

    def __init__(self, kind, message):
        super().__init__(f"{kind}: {message}")
        self.kind = kind


def wait(what, condition, patience=PATIENCE):
    """Asks until the condition gives something true, and gives that; fails naming what was waited for."""
    end = time.monotonic() + patience
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience} s for {what}; last seen: {found!r}")
        time.sleep(0.02)


class Browser:
    """One browser with one page. `close` ends it."""

    def __init__(self, chromium, chromedriver):
        self.profile = tempfile.TemporaryDirectory(prefix="captask-page-", ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            [chromedriver, "--port=0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )
        self.session = None
        try:
            self.root = f"http://127.0.0.1:{self._port()}"
            options = {"binary": chromium, "args": [*ARGUMENTS, f"--user-data-dir={self.profile.name}"]}
            wanted = {
                "browserName": "chrome", "goog:chromeOptions": options, "unhandledPromptBehavior": "ignore",
                "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            }
            answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
            self.session = f"/session/{answer['sessionId']}"
        except BaseException:
            self.close()
            raise

    def _port(self):
        # A driver that says nothing is ended, which ends its output, too.
        timer = threading.Timer(PATIENCE, self.process.kill)
        timer.start()
        try:
            for line in self.process.stdout:
                if told := re.search(r"successfully on port (\d+)", line):
                    return int(told[1])
        finally:
            timer.cancel()
        raise AssertionError("chromedriver did not start")

    def _ask(self, method, path, body=None):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.root + path, data, {"content-type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=4 * PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Refused(value["error"], value["message"]) from None

    def ask(self, method, path, body=None):
        """A WebDriver command of this session."""
        return self._ask(method, self.session + path, body)

    def close(self):
        """Ends the browser and its driver."""
        if self.session:
            try:
                self.ask("DELETE", "")
            except (OSError, Refused):
                pass  # It is ended below.
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.process.stdout.close()
        self.profile.cleanup()

    def go(self, url):
        self.ask("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        """What a function body in the page returns."""
        return self.ask("POST", "/execute/sync", {"script": script, "args": arguments})

    def find(self, selector):
        """The one element of a CSS selector."""
        found = self.ask("POST", "/elements", {"using": "css selector", "value": selector})
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0]).innerText", selector)

    def click(self, selector):
        """A click with the mouse where the element is; one that is hidden or covered refuses it."""
        self.ask("POST", f"/element/{self.find(selector)[ELEMENT]}/click")

    def told(self, selector):
        """Role and name of an element, as assistive technology gets them."""
        path = f"/element/{self.find(selector)[ELEMENT]}"
        return self.ask("GET", path + "/computedrole"), self.ask("GET", path + "/computedlabel")

    def keys(self, *keys):
        """Key presses, to whatever has the focus."""
        presses = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": presses}]})

    def tab_to(self, selector, most=80):
        """Presses Tab until the element has the focus."""
        for _ in range(most):
            self.keys(TAB)
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"{most} times Tab, and {selector} never had the focus")

    def alert(self):
        """The text of an open dialog; None when there is none."""
        try:
            return self.ask("GET", "/alert/text")
        except Refused as refused:
            if refused.kind != "no such alert":
                raise
            return None

    def log(self, kind):
        """What was logged since the last look: "browser" (console, policy violations) or "performance"."""
        return self.ask("POST", "/se/log", {"type": kind})

    def traffic(self):
        """The protocol's network events since the last look, each (name, members)."""
        messages = (json.loads(entry["message"])["message"] for entry in self.log("performance"))
        return [(m["method"], m["params"]) for m in messages if m["method"].startswith("Network.")]

    def scheme(self, name):
        """Prefers this colour scheme: "light" or "dark"."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        command = {"cmd": "Emulation.setEmulatedMedia", "params": {"features": features}}
        self.ask("POST", "/goog/cdp/execute", command)

    def width(self, pixels):
        """The page's width, as on a narrow screen."""
        size = {"width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.ask("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": size})

    def picture(self, path):
        """Writes the whole page as a PNG file."""
        command = {"cmd": "Page.captureScreenshot", "params": {"captureBeyondViewport": True}}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.ask("POST", "/goog/cdp/execute", command)["data"]))
