//! Personal numbers (architecture 8): sealed by AES-256-GCM-SIV, found by HMAC-SHA-256, never written plain. An unkeyed hash of an
//! identity number is no protection (fewer than 9 x 10^9 candidates), so every look-up is keyed, and what is hashed or sealed names its purpose.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::{hkdf, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::student::{Lookups, Student};
use domain::values::{
    AgreementId, EmployerId, GraduationYear, Identifier, Mobile, PersonName, ResidentId, SchoolId, Sealed, StudentId, VerificationCode,
};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// First byte of what is sealed: which form, and which keys.
const FORM: u8 = 1;
/// Bits of an IPv6 address behind the net that a customer has.
const NET_BITS: u32 = 64;

/// The keys as they are kept, in a file: base64 of 32 random bytes each.
#[derive(Clone, Serialize, Deserialize)]
pub struct Keys {
    /// Seals attributes and references.
    pub sealing: String,
    /// Finds students and persons.
    pub lookup: String,
}

/// Shortest secret that keys are derived from: 43 letters and digits hold 256 bits.
const SHORTEST_ROOT: usize = 43;

impl Keys {
    /// The keys that derive from one secret by HKDF (RFC 5869): a secret manager makes one text by chance, and keeps it.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`] if the secret is too short to be one.
    pub fn derive(root: &str) -> Result<Self, VaultError> {
        if root.len() < SHORTEST_ROOT {
            return Err(VaultError::WrongKey);
        }
        let derived = hkdf::Salt::new(hkdf::HKDF_SHA256, b"wangqian").extract(root.as_bytes());
        let key = |purpose: &str| {
            let mut bytes = [0; 32];
            let purposes = [purpose.as_bytes()];
            derived.expand(&purposes, hkdf::HKDF_SHA256).and_then(|key| key.fill(&mut bytes)).map_err(|_| VaultError::WrongKey)?;
            Ok(STANDARD.encode(bytes))
        };
        Ok(Self { sealing: key("sealing")?, lookup: key("lookup")? })
    }
}

/// Why a vault does not open, or something in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultError {
    /// A key is not 32 bytes of base64.
    WrongKey,
    /// Not sealed by these keys, or changed since.
    NotOurs,
}

impl std::fmt::Display for VaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WrongKey => "a key is not 32 bytes in base64",
            Self::NotOurs => "not sealed by these keys",
        })
    }
}

impl std::error::Error for VaultError {}

/// Opens and seals.
pub struct Vault {
    sealing: LessSafeKey,
    lookup: hmac::Key,
}

impl Vault {
    /// A vault with these keys.
    ///
    /// # Errors
    /// [`VaultError::WrongKey`].
    pub fn open(keys: &Keys) -> Result<Self, VaultError> {
        let sealing = key_bytes(&keys.sealing)?;
        let unbound = UnboundKey::new(&AES_256_GCM_SIV, &sealing).map_err(|_| VaultError::WrongKey)?;
        Ok(Self { sealing: LessSafeKey::new(unbound), lookup: hmac::Key::new(hmac::HMAC_SHA256, &key_bytes(&keys.lookup)?) })
    }

    /// A vault with the keys of a JSON file.
    ///
    /// # Errors
    /// If the file cannot be read, or holds no keys.
    pub fn from_file(path: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self::open(&serde_json::from_slice(&std::fs::read(path)?)?)?)
    }

    /// Seals an identity number of this student.
    #[must_use]
    pub fn seal_resident_id(&self, student: &StudentId, number: &ResidentId) -> Sealed {
        Sealed { cipher: self.seal(&format!("resident_id/{student}"), number.expose()), mask: number.masked() }
    }

    /// Seals a mobile number of this student.
    #[must_use]
    pub fn seal_mobile(&self, student: &StudentId, number: &Mobile) -> Sealed {
        Sealed { cipher: self.seal(&format!("mobile/{student}"), number.expose()), mask: number.masked() }
    }

    /// Opens a mobile number, wherever the sealed form was copied to: it is bound to its student.
    ///
    /// # Errors
    /// [`VaultError::NotOurs`].
    pub fn open_mobile(&self, student: &StudentId, sealed: &Sealed) -> Result<String, VaultError> {
        self.unseal(&format!("mobile/{student}"), &sealed.cipher)
    }

    /// Opens an identity number, wherever the sealed form was copied to: it is bound to its student.
    ///
    /// # Errors
    /// [`VaultError::NotOurs`], for a number that does not read any more too.
    pub fn open_resident_id(&self, student: &StudentId, sealed: &Sealed) -> Result<ResidentId, VaultError> {
        let number = self.unseal(&format!("resident_id/{student}"), &sealed.cipher)?;
        ResidentId::parse(&number).map_err(|_| VaultError::NotOurs)
    }

    /// The employer's own name for a student: opaque, the same at every search, useless to another employer.
    #[must_use]
    pub fn student_ref(&self, employer: &EmployerId, student: &StudentId) -> String {
        self.seal(&format!("student_ref/{employer}"), student.as_str())
    }

    /// The student that this employer's name stands for.
    ///
    /// # Errors
    /// [`VaultError::NotOurs`] for anything that was not given to this employer.
    pub fn open_student_ref(&self, employer: &EmployerId, student_ref: &str) -> Result<StudentId, VaultError> {
        let id = self.unseal(&format!("student_ref/{employer}"), student_ref)?;
        StudentId::parse(&id).map_err(|_| VaultError::NotOurs)
    }

    /// The keyed hash of all four search fields together (SR-19).
    #[must_use]
    pub fn four_fields(&self, school: &SchoolId, year: GraduationYear, name: &PersonName, identifier: &Identifier) -> String {
        let (kind, number) = match identifier {
            Identifier::ResidentId(number) => ("resident_id", number.expose()),
            Identifier::Mobile(number) => ("mobile", number.expose()),
        };
        self.hash(&["four_fields", school.as_str(), &year.to_string(), name.as_str(), kind, number])
    }

    /// The keyed hash of whom a search aims at: everything but the number, so that guesses at one graduate's number count together.
    #[must_use]
    pub fn target(&self, school: &SchoolId, year: GraduationYear, name: &PersonName) -> String {
        self.hash(&["target", school.as_str(), &year.to_string(), name.as_str()])
    }

    /// The keyed hash of a document: the alias under which a natural person is found.
    #[must_use]
    pub fn document(&self, number: &ResidentId) -> String {
        self.hash(&["document", "resident_id", number.expose()])
    }

    /// The code under which strangers verify the documents of an agreement: 128 bits that nobody guesses, the same whenever they are asked
    /// for, so that a document drawn twice is one document. Stored when the document is: a key that changes later changes no code.
    #[must_use]
    pub fn verification_code(&self, agreement: &AgreementId) -> VerificationCode {
        let tag = mac(&self.lookup, &["verification", agreement.as_str()]);
        let bits = tag.as_ref().iter().take(16).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
        VerificationCode::of(bits)
    }

    /// The keyed hash of a place of the net that asks: what is counted of it says nothing of where it is. Of IPv6 one customer has a whole
    /// net, so the net is the place.
    #[must_use]
    pub fn place_of_net(&self, address: &str) -> String {
        let place = match address.parse().map(|address: IpAddr| address.to_canonical()) {
            Ok(IpAddr::V6(address)) => (address.to_bits() >> NET_BITS).to_string(),
            _ => address.to_owned(),
        };
        self.hash(&["place_of_net", &place])
    }

    /// The keyed hashes under which a student is found.
    ///
    /// # Errors
    /// [`VaultError::NotOurs`] if a number of the record does not open.
    pub fn lookups(&self, student: &Student) -> Result<Lookups, VaultError> {
        let resident_id = self.open_resident_id(&student.id, &student.resident_id)?;
        let mobile = Mobile::parse(&self.open_mobile(&student.id, &student.mobile)?).map_err(|_| VaultError::NotOurs)?;
        let document = self.document(&resident_id);
        let find = |identifier| self.four_fields(&student.school, student.graduation_year, &student.name, &identifier);
        Ok(Lookups { four_fields: vec![find(Identifier::ResidentId(resident_id)), find(Identifier::Mobile(mobile))], document })
    }

    /// Deterministic: the same number of the same student seals to the same text, so that a repeat writes the same bytes and a
    /// reference is the same at every search. GCM-SIV (RFC 8452) is made for a nonce that repeats: all that shows is equality.
    fn seal(&self, context: &str, plain: &str) -> String {
        let mut sealed = plain.as_bytes().to_vec();
        if self.sealing.seal_in_place_append_tag(nonce(), Aad::from(context), &mut sealed).is_err() {
            // It seals anything shorter than 64 GiB; were it not so, nothing is kept rather than plain text.
            sealed.clear();
        }
        URL_SAFE_NO_PAD.encode([&[FORM], sealed.as_slice()].concat())
    }

    fn unseal(&self, context: &str, sealed: &str) -> Result<String, VaultError> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| VaultError::NotOurs)?;
        let mut bytes = bytes.strip_prefix(&[FORM]).ok_or(VaultError::NotOurs)?.to_vec();
        let plain = self.sealing.open_in_place(nonce(), Aad::from(context), &mut bytes).map_err(|_| VaultError::NotOurs)?;
        String::from_utf8(plain.to_vec()).map_err(|_| VaultError::NotOurs)
    }

    fn hash(&self, parts: &[&str]) -> String {
        format!("h1-{}", URL_SAFE_NO_PAD.encode(mac(&self.lookup, parts)))
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

fn mac(key: &hmac::Key, parts: &[&str]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context.sign()
}

fn key_bytes(text: &str) -> Result<[u8; 32], VaultError> {
    STANDARD.decode(text.trim()).map_err(|_| VaultError::WrongKey)?.try_into().map_err(|_| VaultError::WrongKey)
}
