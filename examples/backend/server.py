"""The site of an observatory: pages from templates, with the tags that the manifest of the build says."""

import os
import sys
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from string import Template

from manifest import Manifest

HERE = Path(__file__).resolve().parent
PUBLIC = HERE / "public"

SIGHTS = [
    ("Saturn", "from nightfall", "Its rings, in any telescope."),
    ("The Pleiades", "from 20:00", "Six stars for the eye, a hundred for binoculars."),
    ("Andromeda", "all night", "The light that arrives tonight left when there were no people."),
    ("Orion Nebula", "from 23:30", "A nursery of stars, greenish in the great refractor."),
]


def tonight():
    sights = (
        f'<li><h2>{escape(name)}</h2><p class="when">{escape(when)}</p><p>{escape(note)}</p></li>'
        for name, when, note in SIGHTS
    )
    return {"title": "Tonight", "sights": "\n".join(sights)}


def visit():
    return {"title": "Visit us"}


# Path → entry, template, and what the template is filled with.
PAGES = {
    "/": ("src/pages/tonight.js", "tonight.html", tonight),
    "/visit": ("src/pages/visit.js", "visit.html", visit),
}


def read_manifest():
    """For each page anew, so that a build can be made meanwhile."""
    try:
        return Manifest(PUBLIC / "build", "/build/")
    except FileNotFoundError:
        raise SystemExit("There is no build yet: npx gulp") from None


def template(name):
    return Template((HERE / "templates" / name).read_text("utf-8"))


def render(path):
    """The page: styles in its head, so that nothing is shown without them, and the script that starts its entry."""
    entry, name, values = PAGES[path]
    manifest = read_manifest()
    filled = values()
    main = template(name).substitute(filled)
    tags = "\n".join([*manifest.styles(entry), *manifest.scripts(entry)])
    return template("layout.html").substitute(title=escape(filled["title"]), tags=tags, main=main)


class Handler(SimpleHTTPRequestHandler):
    # What the system calls them differs.
    extensions_map = {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        "": "application/octet-stream",
    }

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path not in PAGES:
            return super().do_GET()
        body = render(path).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        # Bundles keep their names, so browsers ask whether they have changed.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def list_directory(self, path):
        self.send_error(404)

    def log_request(self, code="-", size="-"):
        print(f"{self.command} {self.path} {int(code)}")

    def log_message(self, format, *args):
        """Requests say all there is to say."""


def main():
    sys.stdout.reconfigure(line_buffering=True)
    port = int(os.environ.get("PORT", "0"))
    with ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=PUBLIC)) as server:
        for path, (entry, _, _) in PAGES.items():
            print(f"{path} starts {entry} with {', '.join(read_manifest().css(entry))}")
        print(f"Serving http://127.0.0.1:{server.server_port}/")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
