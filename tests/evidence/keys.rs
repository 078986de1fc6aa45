//! Keys and signatures: the file of a key, what is refused as a key, and that other tools verify what is signed here.

use super::scene::{Archive, key, signed};
use crate::support::Random;
use ::domain::upload::sha256;
use ::evidence::{ElectronicSealProvider as _, KeyFile, NoElectronicSealProvider, NoKey, PublicKey, Seal, Signer as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use std::process::Command;

#[test]
fn a_key_is_known_by_the_hash_of_what_is_published_of_it() {
    let key = key(1);
    assert_eq!(key.key_id(), format!("p256-{}", &sha256(key.public_key())[..16]));
    let public = PublicKey::parse(key.public_key()).unwrap();
    assert_eq!((public.id(), public.as_der()), (key.key_id(), key.public_key()));
    assert_eq!(PublicKey::read(public.to_pem().as_bytes()).unwrap(), public);
    assert_eq!(PublicKey::read(public.as_der()).unwrap(), public);
}

#[test]
fn a_key_comes_back_from_its_file() {
    let path = std::env::temp_dir().join(format!("wangqian-seal-key-{}.json", std::process::id()));
    std::fs::write(&path, key(2).to_json().unwrap()).unwrap();
    let read = KeyFile::from_file(path.to_str().unwrap()).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(read.public(), key(2).public());
    for wrong in ["", "{}", r#"{"private_key":"?"}"#, r#"{"private_key":"MEEC"}"#] {
        assert!(KeyFile::from_json(wrong.as_bytes()).is_err(), "{wrong}");
    }
    assert!(KeyFile::from_secret(&[0; 32]).is_err() && KeyFile::from_secret(&[255; 32]).is_err(), "no number of the curve");
    assert!(!format!("{read:?}").contains(&read.to_json().unwrap()[20..60]), "a secret is not printed");
}

#[test]
fn a_signature_holds_for_its_bytes_and_its_key_alone() {
    let signature = key(3).sign(b"bytes").now_or_never().unwrap().unwrap();
    assert!(key(3).public().verify(b"bytes", &signature));
    assert!(!key(3).public().verify(b"byte", &signature));
    assert!(!key(4).public().verify(b"bytes", &signature));
    for bit in 0..signature.len() * 8 {
        let mut bent = signature.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        assert!(!key(3).public().verify(b"bytes", &bent), "bit {bit}");
    }
}

#[test]
fn what_is_no_key_of_this_kind_is_refused() {
    let der = key(5).public_key().to_vec();
    assert!((0..der.len()).all(|length| PublicKey::parse(&der[..length]).is_err()));
    assert_eq!(PublicKey::parse(&[der.as_slice(), &[0]].concat()), Err(NoKey));
    // The bare point, which many libraries take, and a point beside the curve.
    assert_eq!(PublicKey::parse(&der[26..]), Err(NoKey));
    let mut beside = der.clone();
    beside[90] ^= 1;
    assert_eq!(PublicKey::parse(&beside), Err(NoKey));
    assert_eq!(PublicKey::read(b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"), Err(NoKey));
}

#[test]
fn a_seal_is_signed_only_by_the_key_that_it_names() {
    let archive = Archive::new(1, 1, &mut Random::new(11));
    let seal: Seal = archive.sealed[0].read().unwrap();
    assert!(seal.sign(&key(6)).now_or_never().unwrap().is_err());
}

#[test]
fn without_a_provider_of_electronic_seals_a_document_stays_as_it_is() {
    let stamped = NoElectronicSealProvider.stamp("91420199MA9K190011", b"%PDF".to_vec()).now_or_never().unwrap();
    assert_eq!(stamped.unwrap(), b"%PDF");
}

/// Who has OpenSSL needs nothing of ours.
#[test]
fn openssl_verifies_a_seal() {
    let archive = Archive::new(3, 1, &mut Random::new(12));
    let sealed = signed(&archive.sealed[0].read().unwrap(), &archive.key);
    let folder = std::env::temp_dir().join(format!("wangqian-openssl-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("seal.json"), &sealed.bytes).unwrap();
    std::fs::write(folder.join("seal.sig"), STANDARD.decode(&sealed.signature).unwrap()).unwrap();
    std::fs::write(folder.join("key.pem"), archive.key.public().to_pem()).unwrap();
    let words = ["dgst", "-sha256", "-verify", "key.pem", "-signature", "seal.sig", "seal.json"];
    match Command::new("openssl").args(words).current_dir(&folder).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => println!("openssl is not installed: not checked"),
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
