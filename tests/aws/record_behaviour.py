"""Writes src/aws/catalogue/behaviour.txt: how the types that rows describe plan.

    python3 tests/aws/record_behaviour.py ../shared/facts/aws-plan-behaviour.json > src/aws/catalogue/behaviour.txt

The facts are what hashicorp/aws 5.100 answered when it was asked for plans (../shared/sketches/plan-behaviour).
src/aws/catalogue/behaviour.rs has the notation.
"""

import json
import pathlib
import re
import sys

ROWS = pathlib.Path(__file__).parents[2] / "src/aws/rows"


def line(name, facts):
    words = [name, "framework" if facts["sdk"] == "framework" else "older"]
    for path, value in sorted(facts["defaults"].items()):
        # Blanks divide words.
        words.append(f"{path}={json.dumps(value, separators=(',', ':'))}".replace(" ", "\\u0020"))
    words += [f"!{path}" for path in sorted(facts["force_new"])]
    words += [f"?{path}" for path in sorted(facts["unknown_on_create"])]
    words += [f"{name}:{length}" for name, length in sorted(facts.get("timeouts", {}).items())]
    return " ".join(words)


def main():
    facts = json.load(open(sys.argv[1]))
    names = set()
    for path in ROWS.glob("*.hcl"):
        names.update(re.findall(r'^type "(\w+)"', path.read_text(), re.MULTILINE))
    for name in sorted(names):
        print(line(name, facts[name]))


main()
