//! 邀约 and 应约: sent, answered, left to expire.

use crate::part::Words;
use crate::telling::Reader;

pub(super) const RECEIVED: Words = (
    "有单位向您发出了邀请函。请登录后仔细阅读，并在反馈期限前作出应约答复：同意或拒绝；逾期未答复，邀约自动过期。\
     您只能与一家单位签约，签约后，其他邀请函只能查看，无法操作。",
    "An employer has sent you a letter of invitation. Please log in, read it with care, and accept or refuse it before the deadline; if you \
     do not answer, it expires. You can sign with one employer only: after that, other letters can be read but not answered.",
);

pub(super) const NEAR: Words = (
    "您有一份邀请函还没有答复，反馈期限将至。请尽快登录，作出应约答复：同意或拒绝；逾期未答复，邀约自动过期。",
    "You have not answered this invitation yet, and its deadline is near. Please log in soon, and accept or refuse it; if you do not \
     answer, it expires.",
);

pub(super) const EXTENDED: Words = (
    "单位延长了这份邀请函的反馈期限。请在新的期限前登录，作出应约答复：同意或拒绝。",
    "The employer gives you more time to answer this invitation. Please log in before the new deadline, and accept or refuse it.",
);

pub(super) const WITHDRAWN: Words = (
    "单位撤回了这份邀请函，您无需再作答复。您收到的其他邀请函不受影响。",
    "The employer has withdrawn this invitation, and you need not answer it any more. Other invitations are not affected.",
);

pub(super) const ACCEPTED: Words = (
    "该毕业生已同意签约，双方达成签约意向，等待学校签约鉴证。鉴证通过后签约正式生效，届时将另行通知。",
    "The graduate agrees to sign with you. The signing now waits for the school's certification, and takes effect with it; you will be \
     told.",
);

pub(super) const REJECTED: Words = (
    "该毕业生拒绝了签约邀请，此次签约过程结束。如对方填写了原因，请登录查看；您可以重新对该毕业生发起邀约。",
    "The graduate has refused, and this signing has ended. If a reason was given, you can read it after log-in. You may invite the graduate \
     again.",
);

pub(super) fn expired(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "您没有在反馈期限内答复这份邀请函，此次签约过程结束。如仍有意向，请联系单位重新发起邀约。",
            "You did not answer this invitation in time, and this signing has ended. If you are still interested, please ask the employer to \
             invite you again.",
        ),
        Reader::Employer | Reader::Office => (
            "该毕业生没有在反馈期限内答复，此次签约过程结束。单位可以重新对该毕业生发起邀约。",
            "The graduate did not answer in time, and this signing has ended. The employer may invite the graduate again.",
        ),
    }
}
