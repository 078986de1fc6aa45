# 1. The agreement as a document, drawn within a moment of its certification; and the letter. 下载协议书, 下载邀请函
until document=$(call $student $url/v1/agreements/$agreement/document) && echo "$document" | grep -q '"kind":"final"'; do sleep 1; done
echo "$document"; curl -s "$(echo "$document" | get url)" -o agreement.pdf
curl -s "$(call $student $url/v1/invitations/$invitation/letter | get url)" -o invitation.pdf

# 2. Who holds the paper verifies it by its number (or the code of its QR), without a log-in. 核验
number=$(call $student $url/v1/agreements/$agreement | get number)
curl -s $url/v1/verify/$number; echo

# 3. An hour later the records are sealed; the evidence is taken home and checked without the server. 存证证明
curl -s $url/dev/clock -d '{"advance":"2h"}'; echo
evidence=$(call $student $url/v1/agreements/$agreement/certificate)
curl -s "$(echo "$evidence" | grep -o '"certificate":{[^}]*' | get url)" -o certificate.pdf
curl -s "$(echo "$evidence" | grep -o '"bundle":{[^}]*' | get url)" -o evidence.json
