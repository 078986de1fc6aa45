//! 解约: asked for, answered, certified.

use crate::part::Words;
use crate::telling::Reader;

pub(super) fn requested(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "单位向您提出解约。请登录查看解约通知，充分了解解约理由和解约须知后，再决定是否同意解约。学校解约鉴证通过之前，签约仍然有效。",
            "The employer asks you to terminate the signing. Please log in, read the notice and its reason with care, and decide whether you \
             consent. Until the school certifies the termination, the signing stays valid.",
        ),
        Reader::Employer | Reader::Office => (
            "该毕业生提出解约申请。请登录，在“解约办理”中查看解约申请，了解原因后，再决定是否同意解约。学校解约鉴证通过之前，签约仍然有效。",
            "The graduate asks to terminate the signing. Please log in, read the request and its reason, and decide whether you consent. Until \
             the school certifies the termination, the signing stays valid.",
        ),
    }
}

pub(super) const CONSENTED: Words = (
    "对方同意解约，达成解约意向，等待学校解约鉴证。鉴证通过后解约完成；在此之前，签约仍然有效。",
    "The other party consents. The termination now waits for the school's certification, and takes effect with it; until then the signing \
     stays valid.",
);

pub(super) const REFUSED: Words = (
    "对方不同意解约，此次解约不成立，签约仍然有效。原因请登录查看。",
    "The other party does not consent, and the signing stays valid. You can read the reason after log-in.",
);

pub(super) const WITHDRAWN: Words = (
    "对方撤回了解约申请，签约仍然有效，您无需再作处理。",
    "The other party has taken its request back. The signing stays valid, and there is nothing for you to do.",
);

pub(super) const AWAITED: Words = (
    "有一份解约等待您鉴证。请登录检查后作出解约鉴证；鉴证通过后，签约解除，毕业生恢复网签资格。",
    "A termination waits for your certification. Please log in, check it, and decide; once certified, the signing is dissolved and the \
     graduate may sign again.",
);

pub(super) const REJECTED: Words = (
    "学校解约鉴证不通过，此次解约不成立，签约仍然有效。原因请登录查看；您可以继续提出解约申请。",
    "The school has not certified the termination, and the signing stays valid. You can read the reason after log-in, and may ask again.",
);

pub(super) fn terminated(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "学校解约鉴证通过，此次签约已解除，系统已生成解约函。请登录查看；您可以继续同其他单位签约。",
            "The school has certified the termination, and the signing is dissolved. Please log in to see the letter of termination; you may \
             sign with another employer.",
        ),
        Reader::Employer | Reader::Office => (
            "学校解约鉴证通过，与该毕业生的签约已解除，系统已生成解约函。请登录查看。",
            "The school has certified the termination, and the signing with the graduate is dissolved. Please log in to see the letter of \
             termination.",
        ),
    }
}
