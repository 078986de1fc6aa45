//! Employers: reviewed by schools, suspended and reinstated by the platform, noticed when they search too much.

use crate::part::Words;

pub(super) const AWAITED: Words = (
    "有单位申请贵校审核。请登录，查看单位信息和营业执照后处理。",
    "An employer asks for your school's review. Please log in, look at its details and licence, and decide.",
);

pub(super) const REVIEWED: Words = (
    "学校已处理贵单位的审核，结果和原因请登录查看。经任一学校审核通过并确认签约信息后，即可邀请毕业生签约。",
    "A school has decided on its review of your company; you can read the decision and its reason after log-in. Once one school has approved \
     you and you have confirmed your details, you may invite graduates.",
);

pub(super) const SUSPENDED: Words = (
    "平台已停用贵单位，停用期间不能发出邀约，原因请登录查看。如有疑问，请联系平台。",
    "The platform has suspended your company, which cannot send invitations for the time being; you can read the reason after log-in. If \
     you have questions, please ask the platform.",
);

pub(super) const REINSTATED: Words = (
    "平台已恢复贵单位的使用，您可以继续邀请毕业生签约。",
    "The platform has reinstated your company, and you may go on inviting graduates.",
);

pub(super) const SEARCH_LOCKED: Words = (
    "有单位多次以不符的信息搜索同一位毕业生，系统已暂停其对该毕业生的搜索。请登录查看；如有需要，请联系该单位。",
    "An employer has searched for one graduate with wrong details too often, and can no longer search for this graduate for a while. Please \
     log in to see it, and ask the employer if need be.",
);
