"""Take the readme's pictures of the page: ``make pictures``; look at them before you keep them."""

import tempfile
from pathlib import Path

from harness import ROOT, Reader, Server, chromium

#: Pictures by name, each with what the page shows.
PICTURES = {
    "page-watch": "?replicate=21&month=30",
    "page-compare": "?replicate=9&vs=goodwill-snapback&month=30&tab=compare",
}


def main():
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        server = Server(folder).start()
        try:
            for name, query in PICTURES.items():
                reader = Reader(browser, server.url, (1280, 800)).open(query)
                reader.until("() => !document.querySelector('.bc-outdated')").settled()
                reader.page.screenshot(path=Path(ROOT) / "docs" / "figures" / f"{name}.png")
                reader.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
