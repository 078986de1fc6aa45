//! 解约须知 (SR-39): one text with a version. What somebody agreed to is kept by version and hash.

use super::AcceptedNotice;
use crate::Refusal;
use crate::letter::sha256_hex;
use crate::party::Initiator;

/// The version shown now. A changed text is a new version: whoever has read the old one reads it again.
const VERSION: u32 = 1;

/// 解约须知, as it is shown on a request of one initiator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its version.
    pub version: u32,
    /// Its text.
    pub text: String,
}

/// The notice on a request that this party raises. To the employer as initiator it says whose consent is needed.
#[must_use]
pub fn notice_to(initiator: Initiator) -> Notice {
    let other = match initiator {
        Initiator::Student => "用人单位",
        Initiator::Employer => "毕业生",
    };
    let text = format!(
        "1. 解约可能要承担违约责任,赔偿相关损失;\n2. 解约需{other}同意,学校鉴证通过方可生效;\n3. 解约机会仅有一次,请谨慎操作;你确定要解约吗?\n\
         我同意并遵守以上规定,严格按照办事流程进行解约操作"
    );
    Notice { version: VERSION, text }
}

impl Notice {
    /// SHA-256 of the text, lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256_hex(self.text.as_bytes())
    }

    /// What is kept of it once it is agreed to.
    pub(super) fn accepted(&self, version: u32) -> Result<AcceptedNotice, Refusal> {
        if version == self.version { Ok(AcceptedNotice { version, sha256: self.sha256() }) } else { Err(Refusal::NoticeStale) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notice_names_whose_consent_the_initiator_needs() {
        assert!(notice_to(Initiator::Student).text.contains("解约需用人单位同意,学校鉴证通过方可生效"));
        assert!(notice_to(Initiator::Employer).text.contains("解约需毕业生同意,学校鉴证通过方可生效"));
    }

    /// Whoever changes the text changes the version, or what was agreed to is no longer what is shown.
    #[test]
    fn a_version_is_one_text() {
        let hashes = [Initiator::Student, Initiator::Employer].map(|initiator| notice_to(initiator).sha256());
        let version_1 = [
            "04c05b9d0dd03d1a4b4d59efa16693b7ff7b78477d2f4869d019a33dcc8f5941",
            "27ef897814c59f44c53b3dafc92ac4f8ba612c04857db8eb64af3ab378a112c4",
        ];
        assert_eq!((VERSION, hashes), (1, version_1.map(str::to_owned)));
    }
}
