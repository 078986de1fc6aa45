# 1. The school hands in its roster, and is told of every row; one is wrong on purpose. 导入学生名册
office=$(token office-99001)
call $office $url/v1/students/template -o template.xlsx && rm template.xlsx
roster=samplesdata/spreadsheets/roster.xlsx xlsx=application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
place=$(call $office $url/v1/uploads -H 'Idempotency-Key: roster' -d '{"purpose":"roster","file_name":"2028届名册.xlsx",
  "content_type":"'$xlsx'","length":'$(wc -c < $roster)',"sha256":"'$(sha256sum $roster | cut -c1-64)'"}')
upload=$(echo "$place" | get id)
curl -s -T $roster "$(echo "$place" | get url)" -H "Content-Type: $xlsx" -H 'If-None-Match: *' \
  -H "x-amz-checksum-sha256: $(echo "$place" | get x-amz-checksum-sha256)"
call $office $url/v1/uploads/$upload/confirmation -d '{}'; echo
job=$(call $office $url/v1/students/imports -H 'Idempotency-Key: roster' -d '{"upload_id":"'$upload'"}' | get id)
until call $office $url/v1/jobs/$job | grep -q '"stage":"done"'; do sleep 1; done
call $office $url/v1/jobs/$job; echo

# 2. The employer imports whom it means to invite: a rehearsal, then for good. 导入拟签约名单
list() { curl -s -H "Authorization: Bearer $hr" -H "Content-Type: $xlsx" --data-binary @samplesdata/spreadsheets/candidates.xlsx "$@"; }
list "$url/v1/candidates/imports?dry_run=true"; echo
list $url/v1/candidates/imports; echo

# 3. The school takes its employment plan home in the ministry's columns. 导出就业方案
job=$(call $office $url/v1/employment-plan/exports -H 'Idempotency-Key: plan' -d '{"graduation_year":2027,"with_ended":true,"format":"csv",
  "columns":["xsh","xm","byqxdm","xybh","dwmc","bz"]}' | get id)
until call $office $url/v1/jobs/$job | grep -q '"stage":"done"'; do sleep 1; done
curl -s "$(call $office $url/v1/jobs/$job | get url)"; echo

# 4. He sees what was written about him, and objects. 就业方案, 异议
call $student $url/v1/plan-records; echo
call $student $url/v1/plan-records/$agreement/objection -H 'Idempotency-Key: objection' -d '{"text":"单位所在地应为武汉市洪山区"}'; echo
call $office $url/v1/objections; echo
