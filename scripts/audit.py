"""What pip-audit found, in words: `pip-audit -f json … | python scripts/audit.py` (`make audit`).

Ends with 0 where every package was looked up and none has a known weakness, with 1 where one has,
and with 2 where the database could not be asked: pip-audit itself counts that as nothing found.
"""

from __future__ import annotations

import json
import sys
from typing import Any

NOTHING, FOUND, NOT_ASKED = range(3)


def main() -> int:
    try:
        packages = json.load(sys.stdin)["dependencies"]
    except ValueError:
        say("pip-audit gave no answer: is the network there? Nothing is known of any package.")
        return NOT_ASKED
    weak = [package for package in packages if package.get("vulns")]
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    for package in weak:
        say(_weakness(package))
    say(f"{len(packages)} packages: {len(weak)} with known weaknesses, {len(unknown)} unknown.")
    if unknown:
        say(f"The database could not be asked about: {', '.join(unknown)}.")
    if weak:
        return FOUND
    return NOT_ASKED if unknown or not packages else NOTHING


def _weakness(package: dict[str, Any]) -> str:
    known = (
        f"{each['id']} ({', '.join(each['fix_versions']) or 'no fix'})" for each in package["vulns"]
    )
    return f"{package['name']} {package['version']}: {', '.join(known)}"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
