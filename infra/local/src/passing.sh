# 1. The employer invites another graduate, who is mailed and does not answer. 发送签约邀请
her=$(call $hr $url/v1/students/find -d '{"school":"99001","graduation_year":2027,"name":"谢梦洁","id_or_mobile":"16600472934"}' | get student_ref)
call $hr $url/v1/candidates -H 'Idempotency-Key: passing' -d '{"student_ref":"'$her'"}' > /dev/null
letter=$(call $hr $url/v1/invitations -H 'Idempotency-Key: passing' -d '{"student_refs":["'$her'"],"letter":{
  "position":"测试工程师","job_category":"13","workplace":"湖北省武汉市洪山区","pay":{"monthly_fen":900000},
  "file_receiving":{"accepts":"no"},"household_receiving":{"accepts":"no"}}}' | get invitation_id)

# 2. Four days later she is reminded, after five the letter ends by itself. 邀约即将到期, 邀约过期
curl -s $url/dev/clock -d '{"advance":"4d"}'; echo
curl -s $url/dev/clock -d '{"advance":"1d"}'; echo
curl -s $url/dev/clock -d '{"advance":"2m"}'; echo
call $hr $url/v1/invitations/$letter; echo
call $hr "$url/v1/messages?limit=1"; echo

# 3. What was mailed meanwhile; /dev/mail in a browser shows the mails as they look. 邮件
curl -s $url/dev/mail | grep -o '"subject":"[^"]*"'
