//! 签约鉴证: awaited, given, refused, and undone.

use crate::part::Words;
use crate::telling::Reader;

pub(super) const AWAITED: Words = (
    "有一份签约等待您鉴证。请登录，在“签约管理”中检查协议书，无误后作出签约鉴证。",
    "A signing waits for your certification. Please log in, check the agreement, and decide on it.",
);

pub(super) const RETURNED: Words = (
    "学校将一份申请退回学院，原因请登录查看。请重新检查后处理。",
    "The school has returned a case to the college; you can read the reason after log-in. Please check it again and decide.",
);

pub(super) fn certified(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "您的签约已通过学校鉴证，正式生效，就业信息已写入就业方案。请登录查看协议书。",
            "The school has certified your signing. It is in force, and your employment is on record. Please log in to see the agreement.",
        ),
        Reader::Employer | Reader::Office => (
            "该毕业生的签约已通过学校鉴证，正式生效。请登录，在“已应约”中查看签约详情并下载电子协议书。",
            "The school has certified the graduate's signing, and it is in force. Please log in to see the details and download the agreement.",
        ),
    }
}

pub(super) fn rejected(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "此次签约未通过学校鉴证，原因请登录查看。线上签约的，您可以继续同其他单位签约；线下签约的，请重新上传反馈资料，再次提交鉴证。",
            "The school has not certified this signing; you can read the reason after log-in. If you signed online, you may sign with another \
             employer; if you signed on paper, please upload the agreement again for certification.",
        ),
        Reader::Employer | Reader::Office => (
            "此次签约未通过学校鉴证，签约过程结束，原因请登录查看。单位可以重新对该毕业生发起邀约。",
            "The school has not certified this signing, and it has ended; you can read the reason after log-in. The employer may invite the \
             graduate again.",
        ),
    }
}

pub(super) fn withdrawn(reader: Reader) -> Words {
    match reader {
        Reader::Employer => (
            "该毕业生在学校鉴证之前撤回了签约，此次签约过程结束，原因请登录查看。您可以重新对该毕业生发起邀约。",
            "The graduate has withdrawn before the school's certification, and this signing has ended; you can read the reason after log-in. \
             You may invite the graduate again.",
        ),
        Reader::Student | Reader::Office => (
            "该签约在学校鉴证之前已由毕业生撤回，无需再作鉴证，原因请登录查看。",
            "The graduate has withdrawn from this signing before its certification, which is no longer needed; you can read the reason after \
             log-in.",
        ),
    }
}

pub(super) fn revoked(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "学校撤销了对这份签约的鉴证，签约不再有效，原因请登录查看。您可以重新签约。",
            "The school has revoked its certification, and the signing is no longer in force; you can read the reason after log-in. You may \
             sign again.",
        ),
        Reader::Employer | Reader::Office => (
            "学校撤销了对这份签约的鉴证，签约不再有效，原因请登录查看。单位可以重新对该毕业生发起邀约。",
            "The school has revoked its certification, and the signing is no longer in force; you can read the reason after log-in. The \
             employer may invite the graduate again.",
        ),
    }
}
