"""Makes sure that a browser for the page tests is there: ``python -m tests.servers.browser``."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")


def browser_path() -> str | None:
    """The system's Chromium, or None."""
    given = os.environ.get("WENSHU_CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install Chromium from Debian's packages where we may; say what to do where we may not."""
    if browser_path() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES]
        subprocess.run(
            install, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        )
    if browser_path() is None:
        sys.stderr.write(
            "没有找到 Chromium：请安装 chromium 与 fonts-noto-cjk，再运行 make test。\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
