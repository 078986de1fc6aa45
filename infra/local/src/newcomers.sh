# 1. An employer that the account system knows registers and asks a school for its review. 单位注册
new=$(token newcomer-hr) office=$(token office-99001) chen=$(token chen)
call $new $url/v1/home; echo
call $new $url/v1/employer -H 'Idempotency-Key: newcomer' -d '{"name":"武汉新芽汀科技有限公司","credit_code":"91420199MA9K190011","school":"99001"}'; echo

# 2. The school approves it, for all schools of the platform. 单位审核
call $office "$url/v1/employers?status=awaiting"; echo
call $office $url/v1/employers/e900/review -d '{"decision":"approve"}'; echo

# 3. The employer confirms its signing information and may invite. 确认签约信息
call $new -X PUT $url/v1/employer -d '{"nature":"39","industry":"34","region":"420111",
  "contact":{"name":"林晓","phone":"027-87650900"},"default_position":"测试工程师",
  "file_receiving":{"accepts":"no"},"household_receiving":{"accepts":"no"}}'; echo

# 4. A graduate proves who she is: as on the school's roster. 信息验证
call $chen $url/v1/student/verification -d '{"school":"99001","graduation_year":2027,"name":"陈未验",
  "resident_id":"420199200502281052","mobile":"19900039595"}'; echo
call $chen $url/v1/home; echo

# 5. The employer invites her, thinks better of it, and takes the letter back. 撤回邀约
her=$(call $new $url/v1/students/find -d '{"school":"99001","graduation_year":2027,"name":"陈未验","id_or_mobile":"19900039595"}' | get student_ref)
call $new $url/v1/candidates -H 'Idempotency-Key: newcomer' -d '{"student_ref":"'$her'"}' > /dev/null
letter=$(call $new $url/v1/invitations -H 'Idempotency-Key: newcomer' -d '{"student_refs":["'$her'"],"letter":{
  "position":"测试工程师","job_category":"13","workplace":"湖北省武汉市洪山区","pay":{"monthly_fen":900000},
  "file_receiving":{"accepts":"no"},"household_receiving":{"accepts":"no"}}}' | get invitation_id)
call $chen "$url/v1/invitations?status=pending"; echo
call $new $url/v1/invitations/$letter/withdrawal -d '{"version":1}'; echo
call $chen $url/v1/messages; echo
