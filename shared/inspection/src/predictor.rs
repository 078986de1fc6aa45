//! The predictors of PNG, which PDF borrows for its cross-references: a byte is written as its difference to its neighbours.

/// How many there are, the one that predicts nothing included.
pub(crate) const KINDS: u8 = 5;

/// What a row differs by from what a predictor makes of the row above it and of its own start; pixels are so many bytes apart.
pub(crate) fn filter(kind: u8, row: &[u8], above: &[u8], apart: usize, differences: &mut Vec<u8>) {
    let (first, rest) = row.split_at_checked(apart).unwrap_or((row, &[]));
    let rest = rest.iter().zip(above.iter().skip(apart)).zip(row.iter().zip(above));
    differences.clear();
    // Left of the first pixel everything is zero; one loop for each predictor, as plain as the compiler needs it to do many bytes at once.
    match kind {
        1 => {
            differences.extend(first);
            differences.extend(rest.map(|((byte, _), (left, _))| byte.wrapping_sub(*left)));
        }
        2 => differences.extend(row.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(*above))),
        3 => {
            differences.extend(first.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(above / 2)));
            differences.extend(rest.map(|((byte, above), (left, _))| byte.wrapping_sub(left.midpoint(*above))));
        }
        4 => {
            differences.extend(first.iter().zip(above).map(|(byte, above)| byte.wrapping_sub(*above)));
            differences.extend(rest.map(|((byte, above), (left, corner))| byte.wrapping_sub(paeth(*left, *above, *corner))));
        }
        _ => differences.extend(row),
    }
}

/// Of left, above and corner, the one nearest to left + above - corner.
pub(crate) fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let estimate = i16::from(left) + i16::from(above) - i16::from(corner);
    let distance = |byte: u8| (estimate - i16::from(byte)).abs();
    if distance(left) <= distance(above) && distance(left) <= distance(corner) {
        left
    } else if distance(above) <= distance(corner) {
        above
    } else {
        corner
    }
}
