#!/usr/bin/env bash
# What an operator does after data was lost: a new table from point-in-time recovery, checked, mended, and put in the old one's place.
# One step at a time, in the order of infra/runbooks/restore.md. Each may be said again.
set -euo pipefail

OLD=${OLD:?the table that is replaced}
NEW=${NEW:?the name of the new table}
AT=${AT:?the moment, as in 2026-11-28T01:00:00Z}
STACK=${STACK:?the stack whose functions are switched}

stop() { sources --no-enabled; schedules DISABLED; }
start() { sources --enabled; schedules ENABLED; }

sources() {
  local function uuid
  for function in $(functions); do
    for uuid in $(aws lambda list-event-source-mappings --function-name "$function" --query 'EventSourceMappings[].UUID' --output text); do
      aws lambda update-event-source-mapping --uuid "$uuid" "$1" --query UUID --output text
    done
  done
}

schedules() {
  local name
  for name in $(resources AWS::Scheduler::Schedule); do
    aws scheduler get-schedule --name "$name" --output json |
      jq --arg state "$1" '{Name, GroupName, ScheduleExpression, ScheduleExpressionTimezone, FlexibleTimeWindow, Target, State: $state}
        | with_entries(select(.value != null))' >/tmp/schedule.$$
    aws scheduler update-schedule --cli-input-json "file:///tmp/schedule.$$"
    rm /tmp/schedule.$$
  done
}

functions() { resources AWS::Lambda::Function; }

resources() {
  aws cloudformation list-stack-resources --stack-name "$STACK" \
    --query "StackResourceSummaries[?ResourceType=='$1'].PhysicalResourceId" --output text
}

restore() {
  aws dynamodb restore-table-to-point-in-time --source-table-name "$OLD" --target-table-name "$NEW" --restore-date-time "$AT"
  # Restoring takes longer than one wait does.
  until aws dynamodb wait table-exists --table-name "$NEW"; do :; done
}

settings() {
  local arn tags
  aws dynamodb update-table --table-name "$NEW" --stream-specification StreamEnabled=true,StreamViewType=NEW_IMAGE
  aws dynamodb wait table-exists --table-name "$NEW"
  aws dynamodb update-time-to-live --table-name "$NEW" --time-to-live-specification Enabled=true,AttributeName=kept_until
  aws dynamodb update-continuous-backups --table-name "$NEW" --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true
  aws dynamodb update-table --table-name "$NEW" --deletion-protection-enabled
  arn=$(aws dynamodb describe-table --table-name "$OLD" --query Table.TableArn --output text)
  tags=$(aws dynamodb list-tags-of-resource --resource-arn "$arn" --query "Tags[?!starts_with(Key, 'aws:')]" --output json)
  if [ "$tags" != '[]' ]; then
    arn=$(aws dynamodb describe-table --table-name "$NEW" --query Table.TableArn --output text)
    aws dynamodb tag-resource --resource-arn "$arn" --tags "$tags"
  fi
}

check() { TABLE_NAME=$NEW cargo xtask admin check-table; }

repair() {
  TABLE_NAME=$NEW cargo xtask admin repair-table
  read -r -p 'write it? (yes) ' answer
  [ "$answer" = yes ] && TABLE_NAME=$NEW cargo xtask admin repair-table --go | tee "restore-$NEW.txt"
}

# The stack takes the table's name and its stream as parameters; all others stay as they are.
switch() {
  local stream others
  stream=$(aws dynamodb describe-table --table-name "$NEW" --query Table.LatestStreamArn --output text)
  others=$(aws cloudformation describe-stacks --stack-name "$STACK" --output json |
    jq -r '.Stacks[0].Parameters[].ParameterKey | select(. != "TableName" and . != "TableStreamArn") | "ParameterKey=\(.),UsePreviousValue=true"')
  # shellcheck disable=SC2086
  aws cloudformation update-stack --stack-name "$STACK" --use-previous-template --capabilities CAPABILITY_IAM CAPABILITY_AUTO_EXPAND \
    --parameters "ParameterKey=TableName,ParameterValue=$NEW" "ParameterKey=TableStreamArn,ParameterValue=$stream" $others
  aws cloudformation wait stack-update-complete --stack-name "$STACK"
}

case ${1:-} in
  stop | restore | settings | check | repair | switch | start) "$1" ;;
  *) echo "usage: OLD=... NEW=... AT=... STACK=... $0 stop|restore|settings|check|repair|switch|start" >&2 && exit 2 ;;
esac
