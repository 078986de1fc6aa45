//! Synthetic people with right check characters. Division 420199 is not assigned: none is a real person's.

use domain::values::{Mobile, ResidentId};

/// The n-th synthetic identity number, born in 2004.
pub(crate) fn resident_id(n: u32) -> ResidentId {
    let body = format!("420199{}{:02}{:02}{:03}", 2004, n / 27 % 12 + 1, n % 27 + 1, n / 324 % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    let check = char::from(b"10X98765432"[sum as usize % 11]);
    ResidentId::parse(&format!("{body}{check}")).unwrap()
}

/// The n-th synthetic mobile number.
pub(crate) fn mobile(n: u32) -> Mobile {
    Mobile::parse(&format!("199{n:08}")).unwrap()
}
