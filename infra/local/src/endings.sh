# 1. He asks to end it, the employer consents, the school certifies: he is free to sign again. 申请解约, 同意解约, 解约鉴证
office=$(token office-99001)
ending=$(call $student $url/v1/terminations -H 'Idempotency-Key: ending' -d '{"agreement_ids":["'$agreement'"],"notice_version":1,
  "agreed":true,"reason_code":"S1","reason":"已被录取为硕士研究生"}' | get termination_id); echo "termination $ending"
call $hr $url/v1/terminations/$ending/answer -d '{"decision":"consent","version":1,"notice_version":1,"agreed":true}'; echo
call $office $url/v1/terminations/$ending/certification -d '{"decision":"pass","version":2}'; echo

# 2. He signs with somebody else on paper: enters it, reads the preview, generates it. 录入协议书, 预览协议书, 保存并生成协议书
call $student -X PUT $url/v1/offline-draft -d '{"employer":{"name":"江城建筑设计院","credit_code":"91420199MA9K60022U","nature":"20",
  "industry":"38","region":"420111","contact":{"name":"孙工","phone":"027-87651234"}},"signing":{"position":"建筑设计师",
  "job_category":"13","workplace":"湖北省武汉市","pay":{"monthly_fen":900000}},
  "file_receiving":{"accepts":"no"},"household_receiving":{"accepts":"no"}}'; echo
preview=$(call $student $url/v1/offline-draft/preview -d '{}' | get preview_sha256)
paper=$(call $student $url/v1/offline-draft/submission -H 'Idempotency-Key: paper' \
  -d '{"preview_sha256":"'$preview'","confirm":[true,true]}' | get id); echo "on paper $paper"
call $teacher $url/v1/agreements/$paper/review -d '{"decision":"pass","version":1}'; echo

# 3. He prints it, has it stamped, and hands in the scan: asked for, put, confirmed, returned. 反馈协议书
scan=infra/local/samplefiles/stamped-agreement.png
place=$(call $student $url/v1/uploads -H 'Idempotency-Key: scan' -d '{"purpose":"stamped_agreement","file_name":"盖章协议书.png",
  "content_type":"image/png","length":'$(wc -c < $scan)',"sha256":"'$(sha256sum $scan | cut -c1-64)'"}')
upload=$(echo "$place" | get id)
curl -s -T $scan "$(echo "$place" | get url)" -H 'Content-Type: image/png' -H 'If-None-Match: *' \
  -H "x-amz-checksum-sha256: $(echo "$place" | get x-amz-checksum-sha256)"
call $student $url/v1/uploads/$upload/confirmation -d '{}'; echo
call $student $url/v1/agreements/$paper/return -H 'Idempotency-Key: return' -d '{"version":2,"upload_ids":["'$upload'"]}'; echo

# 4. His college looks at the scan and certifies. 签约鉴证
call $teacher $url/v1/uploads/$upload; echo
call $teacher $url/v1/agreements/$paper/certification -d '{"decision":"pass","version":3}'; echo
call $student $url/v1/agreements/$paper; echo
