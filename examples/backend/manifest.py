"""Tags from a manifest of Vite's, by the rules of https://vite.dev/guide/backend-integration."""

import json
from html import escape
from urllib.parse import quote


class Manifest:
    """What a build has made. Its files are served below a prefix."""

    def __init__(self, directory, prefix):
        self.chunks = json.loads((directory / ".vite" / "manifest.json").read_text("utf-8"))
        self.prefix = prefix

    def _url(self, file):
        return escape(self.prefix + quote(file))

    def _with_imports(self, entry):
        """The chunk of an entry, then those that it imports, each once."""
        names = [entry]
        for name in names:
            names += (each for each in self.chunks[name].get("imports", []) if each not in names)
        return [self.chunks[name] for name in names]

    def css(self, entry):
        """Styles of an entry, in the order in which they have to stand."""
        found = [file for chunk in self._with_imports(entry) for file in chunk.get("css", [])]
        return list(dict.fromkeys(found))

    def styles(self, entry):
        """Their tags."""
        return [f'<link rel="stylesheet" href="{self._url(file)}">' for file in self.css(entry)]

    def scripts(self, entry):
        """Tags of the entry's script, and of what that imports, which browsers can ask for meanwhile."""
        own, *imported = (self._url(chunk["file"]) for chunk in self._with_imports(entry))
        preloads = [f'<link rel="modulepreload" href="{url}">' for url in imported]
        return [f'<script type="module" src="{own}"></script>', *preloads]
