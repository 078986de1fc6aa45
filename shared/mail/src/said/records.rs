//! Records about graduates: registrations, corrections, objections, and what schools bring in and take out.

use crate::part::Words;
use crate::telling::Reader;

pub(super) fn registered(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "学校为您登记了就业信息，登记期间不能再签约。请登录核对；如有不符，请联系学校。",
            "The school has registered your employment; while it is registered, you cannot sign. Please log in and check it, and tell your \
             school if it is wrong.",
        ),
        Reader::Employer | Reader::Office => {
            ("一位毕业生登记了就业信息。请登录查看。", "A graduate has registered employment. Please log in to see it.")
        }
    }
}

pub(super) fn withdrawn(reader: Reader) -> Words {
    match reader {
        Reader::Student => (
            "学校撤回了您的就业信息登记，原因请登录查看。您可以签约，或重新登记就业信息。",
            "The school has withdrawn the registration of your employment; you can read the reason after log-in. You may sign, or register \
             again.",
        ),
        Reader::Employer | Reader::Office => (
            "一位毕业生撤回了就业信息登记，原因请登录查看。",
            "A graduate has withdrawn the registration of employment; you can read the reason after log-in.",
        ),
    }
}

pub(super) const CORRECTED: Words = (
    "学校更正了您的信息。请登录核对；如有不符，请联系学校。",
    "Your school has corrected your record. Please log in and check it, and tell your school if it is wrong.",
);

pub(super) const OBJECTED: Words = (
    "一位毕业生对就业方案中的记录提出异议。请登录查看并答复。",
    "A graduate objects to a record of the employment plan. Please log in to read the objection and answer it.",
);

pub(super) const ANSWERED: Words = (
    "学校答复了您对就业方案提出的异议。请登录查看答复。",
    "The school has answered your objection to a record of the employment plan. Please log in to read the answer.",
);

pub(super) const JOB_ENDED: Words = (
    "贵校提交的导入或导出任务已结束。请登录查看结果。",
    "An import or export that your school asked for has ended. Please log in to see what came of it.",
);
