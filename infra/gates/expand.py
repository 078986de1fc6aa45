"""Expands each template as CloudFormation does, and counts: a stack takes 500 resources, and is to stay below 350."""

import logging
import sys
from pathlib import Path

import yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

MOST = 350

# It tells of features that it does not find, and of figures that it does not send.
logging.disable(logging.CRITICAL)


def expanded(path: Path) -> dict:
    template = yaml.safe_load(path.read_text(encoding="utf-8"))
    for resource in template["Resources"].values():
        # The tool that uploads puts addresses in S3 in the place of paths.
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            properties["CodeUri"] = "s3://bucket/key"
        if resource["Type"] == "AWS::Serverless::Application":
            properties["Location"] = "https://s3.amazonaws.com/bucket/key"
    parameters = {name: parameter.get("Default", "x") for name, parameter in template.get("Parameters", {}).items()}
    return Translator({}, Parser()).translate(template, parameters)


def main(paths: list[str]) -> int:
    too_many = False
    for path in map(Path, paths):
        resources = expanded(path)["Resources"]
        managed = [name for name, resource in resources.items() if "ManagedPolicyArns" in resource.get("Properties", {})]
        print(f"{path}: {len(resources)} resources" + (f", managed policies: {managed}" if managed else ""))
        too_many |= len(resources) >= MOST or bool(managed)
    return int(too_many)


sys.exit(main(sys.argv[1:]))
