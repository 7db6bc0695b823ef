//! The claims of a pass: a CBOR Web Token (RFC 8392) and one private claim.

use jiff::Timestamp;

use super::PassError;
use super::cbor::{Label, Reader, Writer};

/// Registered claims (RFC 8392 4).
const ISS: i64 = 1;
const EXP: i64 = 4;
const NBF: i64 = 5;
const IAT: i64 = 6;
const CTI: i64 = 7;
/// The private claim: names below -65536 are nobody's (RFC 8392 9.1).
const SEALED: i64 = -65537;
/// A key id and a GCM tag at least.
const SEALED_BYTES_MIN: usize = 1 + 16;

/// What a pass says in clear. Instants are whole seconds; a fraction is cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The port that issues, a UN/LOCODE: `CNPEK`.
    pub issuer: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when it is no longer valid: scheduled arrival + 48 h.
    pub expires_at: Timestamp,
    /// From when it is valid, where that is not the time of issue.
    pub not_before: Option<Timestamp>,
    /// Twelve random bytes, new for each pass. They are the nonce of the sealed part too.
    pub cti: [u8; 12],
}

/// The claims as they stand in the payload.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RawClaims<'a> {
    pub issuer: &'a str,
    pub issued_at: Timestamp,
    pub expires_at: Timestamp,
    pub not_before: Option<Timestamp>,
    pub cti: [u8; 12],
    pub sealed: &'a [u8],
}

impl RawClaims<'_> {
    pub(crate) fn owned(&self) -> Claims {
        Claims {
            issuer: self.issuer.to_owned(),
            issued_at: self.issued_at,
            expires_at: self.expires_at,
            not_before: self.not_before,
            cti: self.cti,
        }
    }

    /// Valid from here on.
    pub(crate) fn valid_from(&self) -> Timestamp {
        self.not_before.unwrap_or(self.issued_at)
    }
}

/// Writes the claims map, `nbf` only where it differs from `iat`.
///
/// # Errors
/// [`PassError::BadClaims`] for an issuer that is no UN/LOCODE and for instants before 1970 or after 2106, which would not
/// fit the pass's length, and for a pass that would never be valid.
pub(crate) fn write(claims: &Claims, sealed: &[u8]) -> Result<Vec<u8>, PassError> {
    if !is_locode(&claims.issuer) {
        return Err(PassError::BadClaims("the issuer is a UN/LOCODE of five capitals and digits, as CNPEK"));
    }
    let issued = seconds(claims.issued_at)?;
    let expires = seconds(claims.expires_at)?;
    let not_before = claims.not_before.map(seconds).transpose()?.filter(|&from| from != issued);
    if expires <= not_before.unwrap_or(issued) {
        return Err(PassError::BadClaims("it expires before it becomes valid"));
    }
    let mut writer = Writer::with_capacity(128);
    writer.map(if not_before.is_some() { 6 } else { 5 });
    writer.integer(ISS).text(&claims.issuer).integer(IAT).integer(issued).integer(EXP).integer(expires);
    if let Some(from) = not_before {
        writer.integer(NBF).integer(from);
    }
    writer.integer(CTI).bytes(&claims.cti).integer(SEALED).bytes(sealed);
    Ok(writer.bytes)
}

/// Reads the claims map. Claims that are not known are passed over.
pub(crate) fn read(payload: &[u8]) -> Result<RawClaims<'_>, PassError> {
    let (mut issuer, mut issued_at, mut expires_at, mut not_before) = (None, None, None, None);
    let (mut cti, mut sealed) = (None, None);
    let mut reader = Reader::new(payload);
    reader.map(|label, value| {
        match label {
            Label::Integer(ISS) => issuer = Some(value.text()?),
            Label::Integer(IAT) => issued_at = Some(instant(value)?),
            Label::Integer(EXP) => expires_at = Some(instant(value)?),
            Label::Integer(NBF) => not_before = Some(instant(value)?),
            Label::Integer(CTI) => cti = Some(value.bytes_of("a cti has twelve bytes")?),
            Label::Integer(SEALED) => sealed = Some(value.bytes()?),
            _ => value.skip()?,
        }
        Ok(())
    })?;
    reader.end()?;
    let sealed: &[u8] = sealed.unwrap_or_default();
    if sealed.len() < SEALED_BYTES_MIN {
        return Err(PassError::Malformed("the sealed part is missing or cut short"));
    }
    match (issuer, issued_at, expires_at, cti) {
        (Some(issuer), Some(issued_at), Some(expires_at), Some(cti)) => {
            Ok(RawClaims { issuer, issued_at, expires_at, not_before, cti, sealed })
        }
        _ => Err(PassError::Malformed("a claim is missing: iss, iat, exp or cti")),
    }
}

fn is_locode(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn seconds(at: Timestamp) -> Result<i64, PassError> {
    u32::try_from(at.as_second())
        .map(i64::from)
        .or(Err(PassError::BadClaims("an instant lies before 1970 or after 2106-02-07")))
}

/// A whole number of seconds: RFC 8392 also allows a float, which no pass needs.
fn instant(value: &mut Reader<'_>) -> Result<Timestamp, PassError> {
    Timestamp::from_second(value.integer()?).or(Err(PassError::Malformed("an instant is out of range")))
}
