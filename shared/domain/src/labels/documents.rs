//! Labels of documents, and what they are evidence of.

use crate::transition::DocumentKind;

/// What certification and evidence are, and what they are not (domain 5.4), in Chinese and English.
pub const EVIDENCE_STATEMENT: (&str, &str) = (
    "本系统以登录确认、留痕与哈希存证证明签约各方的意思表示和内容未被改动(《电子签名法》第五条、第八条意义上的数据电文证据),\
     不是经电子认证服务机构认证的可靠电子签名(第十三条),也不加盖电子印章。",
    "Log-in, confirmation, audit trail and hashes are evidence of what the parties meant and that nothing was changed since (data messages \
     under articles 5 and 8 of the Electronic Signature Law); they are not a reliable electronic signature certified by a CA (article 13), \
     and no electronic seal is applied.",
);

/// Label of a document, in Chinese and English.
#[must_use]
pub fn document(kind: DocumentKind) -> (&'static str, &'static str) {
    match kind {
        DocumentKind::Uncertified => ("协议书（待鉴证）", "Agreement, not certified yet"),
        DocumentKind::Printable => ("协议书（签字盖章用）", "Agreement, to be signed and stamped"),
        DocumentKind::Final => ("电子协议书", "Certified agreement"),
        DocumentKind::TerminationLetter => ("解约函", "Termination letter"),
    }
}
