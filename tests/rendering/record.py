#!/usr/bin/env python3
"""Records what the real Terraform prints, as data for the renderer's tests.

Each folder of cases/ is one life of a configuration: `1.tf`, `2.tf`, ... are applied in turn on a fresh moto server; folders
are modules that they call, and `1.flags` holds extra flags of that plan, `1.py` what happens behind Terraform's back before it (`ec2`, `iam`, `state` given).
Kept of each step: `1.json` (the plan, `show -json`, without what the renderer does not read) and `1.txt` (the human plan);
for the last one `state.json` and `state.txt` too. `schemas.json` holds the schemas of all types used.

`nested` is not made by this script: hashicorp/aws has no attributes with attributes inside. It was recorded with Terraform 1.11.4 and
the small provider of tests/it/plugin as `dev_overrides`, with such a type added, on states written by hand.

Usage: record.py [CASE...]   Needs terraform-oracle, moto_server and boto3 (/work/venv).
"""
import json, os, pathlib, shutil, subprocess, sys, tempfile, time

here = pathlib.Path(__file__).parent
oracle = os.environ.get("TERRAFORM_ORACLE", "/work/shared/tools/terraform-oracle")
moto = os.environ.get("MOTO_SERVER", "/work/venv/bin/moto_server")
port = 5163
endpoint = f"http://127.0.0.1:{port}"
env = dict(os.environ, AWS_ENDPOINT_URL=endpoint, AWS_ACCESS_KEY_ID="test", AWS_SECRET_ACCESS_KEY="test", AWS_DEFAULT_REGION="eu-central-1")
provider = """
terraform {
  required_providers { aws = { source = "hashicorp/aws" } }
}
provider "aws" {
  region                      = "eu-central-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
"""


def run(folder, *arguments, check=True):
    done = subprocess.run([oracle, *arguments], cwd=folder, env=env, capture_output=True, text=True)
    if check and done.returncode not in (0, 2):
        raise SystemExit(f"{folder}: {arguments}: {done.stdout}{done.stderr}")
    return done.stdout


def trimmed_block(block):
    keep = ("type", "nested_type", "required", "optional", "computed", "sensitive", "write_only")
    out = {"attributes": {n: {k: v for k, v in a.items() if k in keep} for n, a in block.get("attributes", {}).items()}}
    blocks = {
        n: {"nesting_mode": b["nesting_mode"], "block": trimmed_block(b["block"])}
        for n, b in block.get("block_types", {}).items()
    }
    return out | ({"block_types": blocks} if blocks else {})


def record(case, schemas, used):
    work = pathlib.Path(tempfile.mkdtemp())
    server = subprocess.Popen([moto, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(3)
    try:
        (work / "provider.tf").write_text(provider)
        for module in filter(pathlib.Path.is_dir, case.iterdir()):
            shutil.copytree(module, work / module.name)
        run(work, "init", "-no-color")
        if not schemas:
            schemas.update(json.loads(run(work, "providers", "schema", "-json"))["provider_schemas"])
            (work / "main.tf").write_text('resource "terraform_data" "x" {}')
            schemas.update(json.loads(run(work, "providers", "schema", "-json"))["provider_schemas"])
        for step in sorted(case.glob("*.tf")):
            shutil.copy(step, work / "main.tf")
            run(work, "get")
            behind = step.with_suffix(".py")
            if behind.exists():
                import boto3
                access = dict(endpoint_url=endpoint, region_name="eu-central-1", aws_access_key_id="test", aws_secret_access_key="test")
                state = json.loads((work / "terraform.tfstate").read_text())
                exec(behind.read_text(), {"ec2": boto3.client("ec2", **access), "iam": boto3.client("iam", **access), "state": state})
                state["serial"] += 1
                (work / "terraform.tfstate").write_text(json.dumps(state))
            flags = step.with_suffix(".flags")
            flags = flags.read_text().split() if flags.exists() else []
            text = run(work, "plan", "-no-color", "-out=plan", *flags)
            # From the first line that says what is planned; progress and the advice at the end are of no interest.
            text = text.split("\n─────", 1)[0].split("\nWarning: ", 1)[0].rstrip() + "\n"
            starts = [at for at in (text.find(s) for s in ("\nTerraform used", "\nNote: Objects", "\nNo changes.", "\nChanges to Outputs", "\nYou can apply this plan", "\nTerraform will perform", "\nTerraform planned")) if at >= 0]
            step.with_suffix(".txt").write_text(text[min(starts):].lstrip("\n") if starts else text)
            plan = json.loads(run(work, "show", "-json", "plan"))
            for noise in ("timestamp", "terraform_version"):
                plan.pop(noise, None)
            step.with_suffix(".json").write_text(json.dumps(plan, indent=1, sort_keys=True) + "\n")
            for change in plan.get("resource_changes", []):
                used.add((change["provider_name"], change["mode"], change["type"]))
            run(work, "apply", "-no-color", "plan")
        (case / "state.txt").write_text(run(work, "show", "-no-color"))
        (case / "state.json").write_text(json.dumps(json.loads(run(work, "show", "-json")), indent=1, sort_keys=True) + "\n")
        shutil.copy(work / "terraform.tfstate", case / "terraform.tfstate")
    finally:
        server.kill()
        server.wait()
        shutil.rmtree(work)


schemas, used = {}, set()
kept = here / "schemas.json"
known = json.loads(kept.read_text()) if kept.exists() else {"managed": {}, "data": {}}
for case in sorted((here / "cases").iterdir()):
    if case.name != "nested" and (len(sys.argv) == 1 or case.name in sys.argv[1:]):
        print(case.name, flush=True)
        record(case, schemas, used)
for source, mode, kind in used:
    schema = schemas[source]["resource_schemas" if mode == "managed" else "data_source_schemas"][kind]
    known[mode][kind] = trimmed_block(schema["block"])
kept.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
