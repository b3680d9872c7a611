"""Asks the schemas and readers of the forms, those that Python can ask, what they think of imgfix's reports.

usage: consumers.py REPORTS NODE_MODULES REPORT_SCHEMA JUNIT_SCHEMA
"""

import json
import os
import pathlib
import subprocess
import sys

import jsonschema
import junitparser
import xmlschema
from markdown_it import MarkdownIt

reports, node_modules, report_schema, junit_schema = map(pathlib.Path, sys.argv[1:])


def read(form):
    return (reports / form).read_text()


def validator(schema):
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def same(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}: {found!r} where {wanted!r} is right")


def holds(what, schema, value):
    for error in validator(schema).iter_errors(value):
        sys.exit(f"{what}: {error.json_path}: {error.message[:500]}")


# What there is to find in the other forms.
document = json.loads(read("json"))
ours = json.loads(report_schema.read_text())
holds("json", ours, document)
found = sum(len(file["findings"]) for file in document["files"])
totals = document["totals"]
failures = len(document["failures"])
if found == 0:
    sys.exit("nothing is found")
same("json", totals["applied"] + totals["held_back"], found)

line = {"$defs": ours["$defs"], "$ref": "#/$defs/Line"}
lines = [json.loads(text) for text in read("jsonl").splitlines()]
holds("jsonl", {"type": "array", "items": line["$defs"]["Line"], "$defs": ours["$defs"]}, lines)
same("jsonl", sum(value["type"] == "finding" for value in lines), found)

# The schema as OASIS published it, and the validator of the people who wrote it, with the rules of code scanning.
sarif = json.loads(read("sarif"))
schema = node_modules / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
holds("sarif", json.loads(schema.read_text()), sarif)
same("sarif", len(sarif["runs"][0]["results"]), found)
multitool = node_modules / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
if multitool.exists():
    multitool.chmod(0o755)
    (reports / "report.sarif").write_text(read("sarif"))
    verdict = reports / "verdict.sarif"
    subprocess.run(
        [multitool, "validate", "report.sarif", "--output", verdict, "--rule-kind", "Sarif;Ghas"],
        cwd=reports,
        # It wants ICU otherwise, which a bare system has not.
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        capture_output=True,
        check=True,
    )
    run = json.loads(verdict.read_text("utf-8-sig"))["runs"][0]
    for result in run["results"]:
        if result.get("level", "warning") == "error":
            sys.exit(f"sarif: {result['ruleId']}: {json.dumps(result['message'])[:500]}")
    for note in run["invocations"][0].get("toolConfigurationNotifications", []):
        sys.exit(f"sarif: {json.dumps(note['message'])[:500]}")

program = node_modules / "@umbrelladocs/rdformat-validator/bin/rdformat-validator.js"
diagnostics = [json.loads(text) for text in read("rdjsonl").splitlines()]
for form, text in (("rdjson", read("rdjson")), ("rdjsonl", json.dumps({"diagnostics": diagnostics}))):
    path = reports / "report.rdjson"
    path.write_text(text)
    arguments = ["node", program, "--strict", "--no-extra-fields", "--verbose", path]
    run = subprocess.run(arguments, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{form}: {run.stdout[:1000]}{run.stderr[:1000]}")
same("rdjsonl", len(diagnostics), len(json.loads(read("rdjson"))["diagnostics"]))
fixes = sum(len(file["fixes"]) for file in document["files"])
same("rdjson", len(diagnostics), fixes + totals["held_back"] + failures)

# The schema of Jenkins, as pytest holds its own reports to it, and a reader.
path = reports / "report.xml"
path.write_text(read("junit"))
for error in xmlschema.XMLSchema(junit_schema).iter_errors(path):
    sys.exit(f"junit: {error.path}: {error.reason[:500]}")
suites = junitparser.JUnitXml.fromfile(str(path))
cases = [case for suite in suites for case in suite]
same("junit", len(cases), suites.tests)
kinds = [type(result) for case in cases for result in case.result]
wanted = (totals["applied"], totals["held_back"], failures)
same("junit", tuple(map(kinds.count, (junitparser.Failure, junitparser.Skipped, junitparser.Error))), wanted)
same("junit", (suites.failures, suites.errors), (totals["applied"], failures))

html = MarkdownIt("gfm-like", {"html": True}).disable("linkify").render(read("markdown"))
same("markdown", (html.count("<details>"), html.count("</details>")), (totals["changed"],) * 2)
same("markdown", html.count("<tr>"), totals["changed"] + 1)

print(f"{found} findings")
