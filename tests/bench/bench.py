"""Measures rforge on generated fleets, beside Terraform where this machine has it: `bench.py RFORGE [UNITS…]`.

Without numbers also fleets that are too large for Terraform and for an emulator to hold: these are planned only, by rforge.
A unit is 20 objects (fleet/unit). For each command: requests that arrived at the API, CPU seconds (user and system, with
children), peak memory of the largest process and elapsed seconds. Terraform's column is the terraform-oracle script of
RFORGE_ORACLE, with its provider plugin counted as its child. Where it is there, the same fleet is measured a third time, with all
objects served by that published provider under rforge (`native = false` in rforge.hcl). That all make the same of a configuration is
what the tests `published_and_native` and `states` show.
"""

import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from typing import Any

HERE = pathlib.Path(__file__).parent
ORACLE = os.environ.get("RFORGE_ORACLE", str(HERE.parents[2] / "shared/tools/terraform-oracle"))
# Where the oracle says that its mirror of providers is.
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache"))
MIRROR = CACHE / "terraform-oracle/terraformrc"
PUBLISHED = 'provider "aws" {\n  native = false\n}\n'
COMMANDS = {
    "validate": ["validate", "-no-color"],
    "first plan": ["plan", "-no-color", "-out=first"],
    "apply": ["apply", "-no-color", "first"],
    "idle plan": ["plan", "-no-color", "-detailed-exitcode"],
    "plan -refresh=false": ["plan", "-no-color", "-detailed-exitcode", "-refresh=false"],
    "destroy": ["destroy", "-no-color", "-auto-approve"],
}
PLANNING = {
    "validate": ["validate", "-no-color"],
    "first plan": ["plan", "-no-color"],
    "first plan, saved": ["plan", "-no-color", "-out=first"],
}
UNITS = [5, 25, 50]
LARGE = [500, 5000]


class Emulator:
    """An emulator for one tool's run."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "emulator"]
        self.process = subprocess.Popen(command, cwd=HERE.parent, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def requests(self) -> int:
        with urllib.request.urlopen(f"{self.url}/_emulator/log") as answer:
            return len(json.load(answer))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


def measure(command: list[str], folder: str, environment: dict[str, str], emulator: Emulator) -> dict[str, Any]:
    """Runs the command in a process of its own, so that the usage of its children is only this command's."""
    before = emulator.requests()
    started = time.monotonic()
    # -c program: wait4 in a fresh parent counts the plugin processes too, once they have been waited for.
    program = (
        "import json, os, resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([done.returncode, done.stderr[-2000:], used.ru_utime + used.ru_stime, used.ru_maxrss]))"
    )
    output = subprocess.check_output([sys.executable, "-c", program, *command], cwd=folder, env=environment, text=True)
    code, errors, cpu, peak = json.loads(output)
    if code != 0:
        sys.exit(f"{' '.join(command)} ended with {code}:\n{errors}")
    elapsed = time.monotonic() - started
    return {"requests": emulator.requests() - before, "cpu": cpu, "peak": peak / 1024, "elapsed": elapsed}


@dataclasses.dataclass
class Tool:
    """A program, and what stands in rforge.hcl beside the configuration."""

    command: list[str]
    settings: str = ""


def run(tool: Tool, units: int, commands: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """The commands of one tool on one fleet, one after the other."""
    emulator = Emulator()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(HERE / "fleet", folder, dirs_exist_ok=True)
        if tool.settings:
            pathlib.Path(folder, "rforge.hcl").write_text(tool.settings, encoding="ascii")
        pathlib.Path(folder, "terraform.tfvars").write_text(f"units = {units}\n", encoding="ascii")
        environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "AWS_ENDPOINT_URL": emulator.url}
        environment |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench", "AWS_REGION": "eu-central-1"}
        environment |= {"AWS_EC2_METADATA_DISABLED": "true", "RFORGE_RATE": "unlimited", "CHECKPOINT_DISABLE": "1"}
        if MIRROR.exists():
            environment["TF_CLI_CONFIG_FILE"] = str(MIRROR)
        init = [*tool.command, "init", "-no-color"]
        subprocess.run(init, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        measured = {name: measure([*tool.command, *words], folder, environment, emulator) for name, words in commands.items()}
        saved = pathlib.Path(folder, "first").stat().st_size
    print(f"plan file of {units * 20} objects: {saved / 1e6:.1f} MB")
    emulator.stop()
    return measured


def oracle_is_here() -> bool:
    return os.path.exists(ORACLE) and subprocess.run([ORACLE, "version"], stdout=subprocess.DEVNULL, check=False).returncode == 0


def table(units: int, tools: dict[str, dict[str, dict[str, Any]]]) -> None:
    print(f"\n{units * 20} objects", flush=True)
    print(f"{'':<22}" + "".join(f"{tool:<40}" for tool in tools))
    print(f"{'':<22}" + f"{'requests':>9}{'CPU s':>9}{'peak MB':>9}{'elapsed':>9}    " * len(tools))
    for command in next(iter(tools.values())):
        cells = (
            f"{it[command]['requests']:>9}{it[command]['cpu']:>9.2f}{it[command]['peak']:>9.0f}{it[command]['elapsed']:>9.1f}    "
            for it in tools.values()
        )
        print(f"{command:<22}" + "".join(cells))


def main() -> None:
    rforge = [str(pathlib.Path(sys.argv[1]).resolve())]
    tools = {"rforge": Tool(rforge)}
    if oracle_is_here():
        tools |= {"rforge, published": Tool(rforge, PUBLISHED), "terraform": Tool([ORACLE])}
    else:
        print("terraform: skipped, this machine has no terraform or no AWS provider")
    for units in [int(word) for word in sys.argv[2:]] or UNITS:
        table(units, {name: run(command, units, COMMANDS) for name, command in tools.items()})
    if len(sys.argv) == 2:
        for units in LARGE:
            table(units, {"rforge": run(Tool(rforge), units, PLANNING)})


if __name__ == "__main__":
    main()
