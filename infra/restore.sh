#!/usr/bin/env bash
# What an operator does after data was lost: a new table from point-in-time recovery, checked, mended, and put in the old one's place.
# One step at a time, in the order of infra/runbooks/restore.md. Each may be said again.
set -euo pipefail
shopt -s inherit_errexit

STACK=${STACK:?the stack, as it was deployed}
NEW=${NEW:?the name of the new table}
# The API's limits, which `start` gives back, and the report: kept with the incident.
KEPT=${KEPT:-restore-$NEW}

# Resources of one type, of the stack and of those in it, by their physical ids.
resources() {
  local type=$1 stack=${2:-$STACK} stacks inner
  aws cloudformation list-stack-resources --stack-name "$stack" \
    --query "StackResourceSummaries[?ResourceType=='$type'].[PhysicalResourceId]" --output text
  stacks=$(aws cloudformation list-stack-resources --stack-name "$stack" \
    --query "StackResourceSummaries[?ResourceType=='AWS::CloudFormation::Stack'].[PhysicalResourceId]" --output text)
  for inner in $stacks; do
    resources "$type" "$inner"
  done
}

# The table that is in use: a stack whose table was restored before names that one.
old() {
  aws cloudformation describe-stacks --stack-name "$STACK" --query "Stacks[0].Outputs[?OutputKey=='TableName'].OutputValue" --output text
}

stop() { gate stop; sources --no-enabled; schedules DISABLED; }
start() { sources --enabled; schedules ENABLED; gate start; }

# No request comes through to a function: each gets 429.
gate() {
  local api limits='.' stage="\$default"
  api=$(resources AWS::ApiGatewayV2::Api)
  if [ "$1" = stop ] && [ ! -e "$KEPT.stage.json" ]; then
    aws apigatewayv2 get-stage --api-id "$api" --stage-name "$stage" --output json \
      --query '{DefaultRouteSettings: DefaultRouteSettings, RouteSettings: RouteSettings}' >"$KEPT.stage-now.json"
    mv "$KEPT.stage-now.json" "$KEPT.stage.json"
  fi
  [ "$1" = start ] || limits='(.DefaultRouteSettings, .RouteSettings[]?) |= (. + {ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0})'
  jq "$limits" "$KEPT.stage.json" >"$KEPT.stage-now.json"
  aws apigatewayv2 update-stage --api-id "$api" --stage-name "$stage" --cli-input-json "file://$KEPT.stage-now.json" --query StageName --output text
  rm "$KEPT.stage-now.json"
}

sources() {
  local all uuid
  all=$(resources AWS::Lambda::EventSourceMapping)
  for uuid in $all; do
    aws lambda update-event-source-mapping --uuid "$uuid" "$1" --query UUID --output text
  done
}

schedules() {
  local all name
  all=$(resources AWS::Scheduler::Schedule)
  for name in $all; do
    aws scheduler get-schedule --name "$name" --output json |
      jq --arg state "$1" '{Name, GroupName, Description, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target, KmsKeyArn}
        | with_entries(select(.value != null)) + {State: $state}' >"$KEPT.schedule.json"
    aws scheduler update-schedule --cli-input-json "file://$KEPT.schedule.json" --query ScheduleArn --output text
    rm "$KEPT.schedule.json"
  done
}

restore() {
  local at=${AT:?the moment, as in 2026-11-28T01:00:00Z} table
  table=$(old)
  aws dynamodb describe-table --table-name "$NEW" --query Table.TableStatus --output text 2>/dev/null ||
    aws dynamodb restore-table-to-point-in-time --source-table-name "$table" --target-table-name "$NEW" --restore-date-time "$at" \
      --query TableDescription.TableStatus --output text
  # Restoring takes longer than one wait does.
  while [ "$(aws dynamodb describe-table --table-name "$NEW" --query Table.TableStatus --output text)" = CREATING ]; do sleep 20; done
  aws dynamodb wait table-exists --table-name "$NEW"
}

# What a restore does not bring, as infra/stacks/data.yaml has it.
settings() {
  local limits tags arn
  limits=$(aws dynamodb describe-table --table-name "$(old)" --query Table.OnDemandThroughput --output json)
  aws dynamodb update-table --table-name "$NEW" --on-demand-throughput "$limits" --query Table.TableStatus --output text
  aws dynamodb wait table-exists --table-name "$NEW"
  if [ "$(aws dynamodb describe-table --table-name "$NEW" --query Table.StreamSpecification.StreamEnabled --output text)" != True ]; then
    aws dynamodb update-table --table-name "$NEW" --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE \
      --query Table.LatestStreamArn --output text
    aws dynamodb wait table-exists --table-name "$NEW"
  fi
  aws dynamodb update-table --table-name "$NEW" --deletion-protection-enabled --query Table.TableStatus --output text
  aws dynamodb wait table-exists --table-name "$NEW"
  aws dynamodb update-continuous-backups --table-name "$NEW" \
    --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35 --output json
  arn=$(aws dynamodb describe-table --table-name "$(old)" --query Table.TableArn --output text)
  tags=$(aws dynamodb list-tags-of-resource --resource-arn "$arn" --query "Tags[?!starts_with(Key, 'aws:')]" --output json)
  if [ "$tags" != '[]' ]; then
    arn=$(aws dynamodb describe-table --table-name "$NEW" --query Table.TableArn --output text)
    aws dynamodb tag-resource --resource-arn "$arn" --tags "$tags"
  fi
}

check() { TABLE_NAME=$NEW cargo xtask admin check-table 2>&1 | tee -a "$KEPT.report.txt"; }

repair() {
  TABLE_NAME=$NEW cargo xtask admin repair-table
  read -r -p 'write it? (yes) ' answer
  [ "$answer" != yes ] || TABLE_NAME=$NEW cargo xtask admin repair-table --go 2>&1 | tee -a "$KEPT.report.txt"
}

# Functions, rights, event sources and alarms follow one parameter; all others stay as they are.
switch() {
  local stream others
  if [ "$(old)" = "$NEW" ]; then echo "$STACK uses $NEW" && return; fi
  stream=$(aws dynamodb describe-table --table-name "$NEW" --query Table.LatestStreamArn --output text)
  others=$(aws cloudformation describe-stacks --stack-name "$STACK" --output json |
    jq -r '.Stacks[0].Parameters[].ParameterKey | select(. != "RestoredStreamArn") | "ParameterKey=\(.),UsePreviousValue=true"')
  # shellcheck disable=SC2086
  aws cloudformation update-stack --stack-name "$STACK" --use-previous-template --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
    --parameters "ParameterKey=RestoredStreamArn,ParameterValue=$stream" $others
  aws cloudformation wait stack-update-complete --stack-name "$STACK"
  echo "keep for the next deploy, in infra/samconfig.toml and wherever else it has its parameters: RestoredStreamArn=$stream"
}

case ${1:-} in
  stop | restore | settings | check | repair | switch | start) "$1" ;;
  *) echo "usage: STACK=... NEW=... [AT=...] $0 stop|restore|settings|check|repair|switch|start" >&2 && exit 2 ;;
esac
