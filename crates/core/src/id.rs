//! Identifiers: sixteen bytes, made outside the core (time first, so that rows of one day lie together: RFC 9562 UUIDv7).

use std::fmt;
use std::str::FromStr;

/// Sixteen bytes that name one thing for ever. Printed and parsed as a lower-case UUID.
///
/// ```
/// use pratique_core::id::Id;
/// let id: Id = "0190a5f2-7c31-7d4e-8f00-0123456789ab".parse().unwrap();
/// assert_eq!(id.to_string(), "0190a5f2-7c31-7d4e-8f00-0123456789ab");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(pub [u8; 16]);

/// The text is not a UUID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected 32 hexadecimal digits, as in 0190a5f2-7c31-7d4e-8f00-0123456789ab")]
pub struct BadId;

impl Id {
    /// A UUIDv7 from a time in epoch milliseconds and ten random bytes; both are the caller's (the core has neither).
    #[must_use]
    pub fn v7(epoch_ms: i64, random: [u8; 10]) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&epoch_ms.to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random);
        bytes[6] = 0x70 | (bytes[6] & 0x0f);
        bytes[8] = 0x80 | (bytes[8] & 0x3f);
        Id(bytes)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Id {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let digits: Vec<u8> = text.bytes().filter(|&b| b != b'-').collect();
        if digits.len() != 32 || text.len() > 36 {
            return Err(BadId);
        }
        let mut bytes = [0; 16];
        for (at, pair) in digits.chunks(2).enumerate() {
            let high = char::from(pair[0]).to_digit(16).ok_or(BadId)?;
            let low = char::from(pair[1]).to_digit(16).ok_or(BadId)?;
            bytes[at] = u8::try_from(high * 16 + low).map_err(|_| BadId)?;
        }
        Ok(Id(bytes))
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(bytes: [u8; 16]) {
            prop_assert_eq!(Id(bytes).to_string().parse::<Id>(), Ok(Id(bytes)));
        }

        #[test]
        fn later_ids_sort_after_earlier_ones(a in 0i64..1 << 47, b in 0i64..1 << 47, ra: [u8; 10], rb: [u8; 10]) {
            prop_assume!(a < b);
            prop_assert!(Id::v7(a, ra) < Id::v7(b, rb));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            let _ = text.parse::<Id>();
        }
    }
}
