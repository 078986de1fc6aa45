url={{url}}
token() { curl -s $url/dev/token -d '{"person":"'$1'"}' | get token; }
get() { sed -n 's/.*"'$1'":"\([^"]*\)".*/\1/p'; }
call() { curl -s -H "Authorization: Bearer $1" -H 'Content-Type: application/json' "${@:2}"; }

# 0. Log in: the employer, the graduate, the officer of the graduate's college. 登录: 用人单位, 毕业生, 学院老师
hr=$(token stars-hr) student=$(token huang) teacher=$(token teacher-99001-c01)

# 1. The employer finds the graduate by four exact facts and puts him on its send list. 签约搜索, 加入签约发送列表
ref=$(call $hr $url/v1/students/find -d '{"school":"99001","graduation_year":2027,"name":"黄河水9","id_or_mobile":"19900007919"}' | get student_ref)
call $hr $url/v1/candidates -H 'Idempotency-Key: first-signing' -d '{"student_ref":"'$ref'"}'; echo

# 2. It sends him a letter of invitation. 发送签约邀请
invitation=$(call $hr $url/v1/invitations -H 'Idempotency-Key: first-signing' -d '{"student_refs":["'$ref'"],"letter":{
  "position":"软件开发工程师","job_category":"13","workplace":"湖北省武汉市洪山区","pay":{"monthly_fen":1000000},
  "file_receiving":{"accepts":"no"},"household_receiving":{"accepts":"no"}}}' | get invitation_id); echo "letter $invitation"

# 3. He reads the letter and accepts it. 查看邀请函, 同意, 现在签约
proof=$(call $student $url/v1/invitations/$invitation | get confirmation_token)
agreement=$(call $student $url/v1/invitations/$invitation/acceptance -H 'Idempotency-Key: first-signing' \
  -d '{"confirmation_token":"'$proof'","read":true,"sign_now":true}' | get agreement_id); echo "agreement $agreement"

# 4. His college certifies the signing. 签约鉴证
call $teacher "$url/v1/reviews?kind=signing"; echo
call $teacher $url/v1/agreements/$agreement/certification -d '{"decision":"pass","version":1}'; echo

# 5. The certified agreement, with its number and its process record. 签约详情
call $student $url/v1/agreements/$agreement; echo
