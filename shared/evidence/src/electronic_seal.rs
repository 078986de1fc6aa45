//! The port [`ElectronicSealProvider`]: a company's or school's stamp on a PDF (电子印章). Not to be taken for [`Seal`](crate::Seal), which is
//! our own signature under an hour of records (封存) and stamps nothing.

use crate::signer::Unavailable;
use std::future::Future;

/// Who puts a reliable electronic seal (电子印章; Electronic Signature Law, article 13) on a finished PDF: a service whose certificates a
/// licensed authority (电子认证服务提供者) issues, and which keeps each organisation's key. None is built in.
pub trait ElectronicSealProvider: Clone + Send + Sync + 'static {
    /// The PDF with the organisation's seal on it, as `PAdES`: an update appended to these bytes, which stay as they are. The organisation
    /// is named by the code that the platform knows it by: an employer's 统一社会信用代码, a school's 学校标识码.
    ///
    /// # Errors
    /// If the provider does not answer, or has no seal of this organisation.
    fn stamp(&self, organisation: &str, pdf: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, Unavailable>> + Send;
}

/// No provider is there: a document stays as it was drawn.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoElectronicSealProvider;

impl ElectronicSealProvider for NoElectronicSealProvider {
    async fn stamp(&self, _: &str, pdf: Vec<u8>) -> Result<Vec<u8>, Unavailable> {
        Ok(pdf)
    }
}
