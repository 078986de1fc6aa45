#!/usr/bin/env bash
# The templates, as the tools that know AWS see them: no finding, or it fails. It needs Python 3.10 or newer, and PyPI at the first run;
# no AWS account. The tools are kept under cargo's target folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
source infra/gates/tool.sh
export SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-us-east-1}" AWS_EC2_METADATA_DISABLED=true

tool sam requirements.txt
tool checkov requirements-checkov.txt

templates=(infra/template.yaml infra/stacks/*.yaml)

echo "=== sam validate"
for template in "${templates[@]}"; do
    "$tools/sam/bin/sam" validate --lint --template-file "$template" >/dev/null
done

echo "=== cfn-lint"
"$tools/sam/bin/cfn-lint" "${templates[@]}"

echo "=== resources"
"$tools/sam/bin/python" infra/gates/expand.py "${templates[@]}"

echo "=== checkov"
"$tools/checkov/bin/checkov" --config-file infra/gates/checkov.yaml --directory infra --skip-download 2>/dev/null

echo
echo "The templates pass."
