//! 线下签约: agreements on paper, before their certification.

use crate::part::Words;
use crate::telling::Reader;

pub(super) const AWAITED: Words = (
    "有一份线下签约的协议书等待审核。请登录查看协议书，检查无误后处理。",
    "An agreement on paper waits for its review. Please log in, check the agreement, and decide on it.",
);

pub(super) const PASSED: Words = (
    "您的协议书已审核通过，现为“待反馈”。请登录下载并打印协议书，与单位签字盖章后，将照片或扫描件上传到系统反馈，等待签约鉴证。",
    "Your agreement has passed its review. Please log in, download and print it, have it signed and stamped by you and the employer, and \
     upload a photograph or scan of it for certification.",
);

pub(super) const FAILED: Words = (
    "您的协议书未通过审核，原因请登录查看。您可以修改协议书后重新提交，或进行线上签约。",
    "Your agreement has not passed its review; you can read the reason after log-in. You may change it and hand it in again, or sign online.",
);

pub(super) fn voided(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "您的线下协议书已由学校作废，原因请登录查看。您可以重新签约。",
            "The school has voided your agreement on paper; you can read the reason after log-in. You may sign again.",
        ),
        Reader::Employer | Reader::Office => (
            "该毕业生的线下协议书已作废，原因请登录查看。",
            "The graduate's agreement on paper is void; you can read the reason after log-in.",
        ),
    }
}
