//! Sealed files: a bundle that only one party's nodes can open, for ways nobody watches.
//!
//! SPEC: age-encryption.org/v1 with recipients of the sort `ssh-ed25519`; `docs/spec/bundle.md`
//! says what is inside. The keys are those that identity logs name, so that nothing has to be
//! handed round before the first file is sent.
//!
//! A sealed file says for which keys it is, by 32 bits of a digest each, and roughly how long it
//! is. It names neither matter nor sender. It hides, and proves nothing: whoever knows a party's
//! node key can seal for it, and acts inside authenticate themselves.
//!
//! Nothing inside is compressed, so what is opened is never longer than the file.

use std::io::{Read as _, Write as _};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::ssh;
use age::{DecryptError, Decryptor, Encryptor};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use ed25519_dalek::SigningKey;
use pumasi_act::KeyRecord;
use pumasi_act::envelope::Suite;
use pumasi_base::Digest;

/// How a sealed file begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// How a sealed file in letters begins.
const ARMOR: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";

/// How the last line of a header begins.
const HEADER_END: &[u8] = b"\n--- ";

/// The most bytes of a header, 16 KiB: a hundred keys. A longer one would be read again and again.
const HEADER_BYTES_MAX: usize = 16 * 1024;

/// The sort of recipient.
const SORT: &str = "ssh-ed25519";

/// The mark of a key in the header of a file sealed for it: 32 bits, so that two keys may share it.
pub type KeyMark = [u8; 4];

/// Why a file was not sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Nobody could open it.
    #[error("there is no key to seal for")]
    NoKey,
    /// A key that cannot be sealed for.
    #[error("the key {0} cannot be sealed for")]
    Key(Digest),
    /// It is no sealed file, or one whose beginning is damaged.
    #[error("this is no sealed file, or its beginning is damaged")]
    Header,
    /// It is for others.
    #[error("the file is sealed for another key")]
    NotOurs {
        /// The marks of the keys it is for.
        marks: Vec<KeyMark>,
    },
    /// It is for us, and was cut off or changed on its way.
    #[error("the sealed file was cut off or changed on its way")]
    Damaged,
}

/// Whether bytes begin as a sealed file does, as it is or in letters.
#[must_use]
pub fn is_sealed(file: &[u8]) -> bool {
    file.starts_with(MAGIC) || file.trim_ascii_start().starts_with(ARMOR)
}

/// The public key as SSH writes it: two strings, each after its length.
fn wire(public: &[u8; 32]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(51);
    put_string(&mut wire, SORT.as_bytes());
    put_string(&mut wire, public);
    wire
}

/// SPEC: RFC 4251 section 5, `string`.
fn put_string(wire: &mut Vec<u8>, bytes: &[u8]) {
    // Keys and words only: none is longer than a hundred bytes.
    wire.extend(u32::try_from(bytes.len()).unwrap_or_default().to_be_bytes());
    wire.extend(bytes);
}

/// The mark of a key.
#[must_use]
pub fn mark_of(key: &KeyRecord) -> KeyMark {
    let [a, b, c, d, ..] = *Digest::of(&wire(key.public.as_bytes())).as_bytes();
    [a, b, c, d]
}

/// Seals `plain` so that the holder of any of `keys` can open it.
///
/// # Errors
/// `NoKey` without keys, `Key` for one that is no point of the curve.
pub fn seal(plain: &[u8], keys: &[KeyRecord]) -> Result<Vec<u8>, SealError> {
    let recipients: Vec<ssh::Recipient> = keys.iter().map(recipient).collect::<Result<_, _>>()?;
    let all = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(all).map_err(|_| SealError::NoKey)?;
    // Memory takes whatever is written.
    let lost = |_| SealError::Damaged;
    let mut writer = encryptor.wrap_output(Vec::with_capacity(plain.len() + 1024)).map_err(lost)?;
    writer.write_all(plain).map_err(lost)?;
    writer.finish().map_err(lost)
}

fn recipient(key: &KeyRecord) -> Result<ssh::Recipient, SealError> {
    if key.suite != Suite::Ed25519 {
        return Err(SealError::Key(key.public));
    }
    let line = format!("{SORT} {}", STANDARD.encode(wire(key.public.as_bytes())));
    line.parse().map_err(|_| SealError::Key(key.public))
}

/// Writes a sealed file in letters, as mail carries it.
#[must_use]
pub fn in_letters(sealed: &[u8]) -> String {
    let written = || {
        let mut writer = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)?;
        writer.write_all(sealed)?;
        writer.finish()
    };
    // Memory takes whatever is written, and what is written is ASCII.
    written().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

/// Takes a sealed file out of its letters, where it is in letters.
fn out_of_letters(file: &[u8]) -> Result<std::borrow::Cow<'_, [u8]>, SealError> {
    if file.starts_with(MAGIC) {
        return Ok(file.into());
    }
    let mut bytes = Vec::new();
    ArmoredReader::new(file.trim_ascii_start())
        .read_to_end(&mut bytes)
        .map_err(|_| SealError::Damaged)?;
    Ok(bytes.into())
}

/// The marks of the keys a header names; nothing when it does not end soon enough.
fn marks(sealed: &[u8]) -> Option<Vec<KeyMark>> {
    let start = sealed.get(..HEADER_BYTES_MAX.min(sealed.len()))?;
    let end = start.windows(HEADER_END.len()).position(|bytes| bytes == HEADER_END)?;
    let header = std::str::from_utf8(start.get(..end)?).ok()?;
    let mark = |line: &str| {
        let mut words = line.strip_prefix("-> ")?.split(' ');
        let mark = words.next().filter(|sort| *sort == SORT).and_then(|_| words.next())?;
        STANDARD_NO_PAD.decode(mark).ok()?.try_into().ok()
    };
    Some(header.lines().filter_map(mark).collect())
}

/// Opens a sealed file with whichever of `keys` it is for.
///
/// # Errors
/// `Header`, `NotOurs` or `Damaged`: nothing of a damaged file is given.
pub fn open(file: &[u8], keys: &[&SigningKey]) -> Result<Vec<u8>, SealError> {
    if !is_sealed(file) {
        return Err(SealError::Header);
    }
    let sealed = out_of_letters(file)?;
    let marks = marks(&sealed).ok_or(SealError::Header)?;
    let ours = |key: &&&SigningKey| marks.contains(&mark_of(&KeyRecord::of(key)));
    let own: Vec<ssh::Identity> = keys.iter().filter(ours).filter_map(|key| own(key)).collect();
    if own.is_empty() {
        return Err(SealError::NotOurs { marks });
    }
    let decryptor = Decryptor::new_buffered(&*sealed).map_err(|_| SealError::Header)?;
    let all = own.iter().map(|own| own as &dyn age::Identity);
    let mut reader = decryptor.decrypt(all).map_err(|error| match error {
        DecryptError::NoMatchingKeys => SealError::NotOurs { marks },
        DecryptError::InvalidHeader | DecryptError::UnknownFormat => SealError::Header,
        _ => SealError::Damaged,
    })?;
    let mut plain = Vec::with_capacity(sealed.len());
    reader.read_to_end(&mut plain).map_err(|_| SealError::Damaged)?;
    Ok(plain)
}

/// A key of this node as a file of OpenSSH, which is how the library takes one.
///
/// SPEC: OpenSSH `PROTOCOL.key`, without a passphrase.
fn own(key: &SigningKey) -> Option<ssh::Identity> {
    let public = key.verifying_key().to_bytes();
    let mut private = Vec::new();
    // Two equal numbers tell a reader that a passphrase was right; there is none here.
    private.extend([0; 8]);
    private.extend(wire(&public));
    put_string(&mut private, &key.to_keypair_bytes());
    put_string(&mut private, b"");
    private.extend((1..=8_u8).take((8 - private.len() % 8) % 8));
    let mut file = b"openssh-key-v1\0".to_vec();
    for word in [b"none".as_slice(), b"none", b""] {
        put_string(&mut file, word);
    }
    file.extend(1_u32.to_be_bytes());
    put_string(&mut file, &wire(&public));
    put_string(&mut file, &private);
    let text = STANDARD.encode(file);
    let lines: Vec<&str> =
        text.as_bytes().chunks(70).filter_map(|l| str::from_utf8(l).ok()).collect();
    let pem = format!(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n",
        lines.join("\n")
    );
    ssh::Identity::from_buffer(pem.as_bytes(), None).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_bytes(&[seed; 32])
    }

    fn records(seeds: &[u8]) -> Vec<KeyRecord> {
        seeds.iter().map(|seed| KeyRecord::of(&key(*seed))).collect()
    }

    /// What becomes of a file sealed for the keys of `to` when those of `by` open it, after
    /// `damage`.
    #[track_caller]
    fn check(to: &[u8], by: &[u8], damage: impl FnOnce(&mut Vec<u8>), expected: &str) {
        let keys: Vec<SigningKey> = by.iter().map(|seed| key(*seed)).collect();
        let keys: Vec<&SigningKey> = keys.iter().collect();
        let said = match seal(b"what was promised", &records(to)) {
            Err(error) => error.to_string(),
            Ok(mut sealed) => {
                damage(&mut sealed);
                match open(&sealed, &keys) {
                    Ok(plain) => String::from_utf8(plain).unwrap(),
                    Err(SealError::NotOurs { marks }) => format!("for {} others", marks.len()),
                    Err(error) => error.to_string(),
                }
            }
        };
        assert_eq!(said, expected);
    }

    const DAMAGED: &str = "the sealed file was cut off or changed on its way";
    const NO_HEADER: &str = "this is no sealed file, or its beginning is damaged";

    #[test]
    fn a_sealed_file_opens_for_those_it_is_for() {
        let intact = |_: &mut Vec<u8>| {};
        check(&[1], &[1], intact, "what was promised");
        check(&[1, 2], &[2], intact, "what was promised");
        check(&[1], &[3, 2, 1], intact, "what was promised");
        check(&[1, 2], &[3], intact, "for 2 others");
        check(&[1], &[], intact, "for 1 others");
        check(&[], &[1], intact, "there is no key to seal for");
    }

    #[test]
    fn nothing_is_given_of_a_file_that_was_damaged() {
        check(&[1], &[1], |file| file.truncate(file.len() - 1), DAMAGED);
        check(&[1], &[1], |file| file.push(0), DAMAGED);
        check(&[1], &[1], |file| *file.last_mut().unwrap() ^= 1, DAMAGED);
        check(&[1], &[1], |file| file.truncate(40), NO_HEADER);
        check(&[1], &[1], Vec::clear, NO_HEADER);
        let long = |file: &mut Vec<u8>| {
            let stanza = b"-> X25519 AAAA\nAAAA\n".repeat(2000);
            file.splice(MAGIC.len()..MAGIC.len(), stanza);
        };
        check(&[1], &[1], long, NO_HEADER);
    }

    #[test]
    fn what_is_no_point_of_the_curve_is_no_key() {
        let public = Digest::from_bytes([2; 32]);
        let wrong = KeyRecord::new(Suite::Ed25519, public);
        assert_eq!(seal(b"", &[wrong]), Err(SealError::Key(public)));
    }

    #[test]
    fn letters_carry_the_same() {
        let sealed = seal(b"news", &records(&[1])).unwrap();
        let letters = in_letters(&sealed);
        assert!(letters.is_ascii() && is_sealed(letters.as_bytes()) && is_sealed(&sealed));
        assert_eq!(open(letters.as_bytes(), &[&key(1)]).unwrap(), b"news");
        // Mail adds lines and other ends of lines.
        let mailed = format!("\r\n{}", letters.replace('\n', "\r\n"));
        assert_eq!(open(mailed.as_bytes(), &[&key(1)]).unwrap(), b"news");
        assert!(!is_sealed(b"{\"format\":"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_sealed_is_opened_whole(plain in prop::collection::vec(any::<u8>(), 0..70_000)) {
            let sealed = seal(&plain, &records(&[7, 8])).unwrap();
            prop_assert_eq!(open(&sealed, &[&key(8)]).unwrap(), plain);
        }

        #[test]
        fn no_byte_can_be_changed_or_left_out(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
            let sealed = seal(b"what was promised", &records(&[1])).unwrap();
            let at = at.index(sealed.len());
            let mut changed = sealed.clone();
            changed[at] ^= 1 << bit;
            prop_assert!(open(&changed, &[&key(1)]).is_err());
            prop_assert!(open(&sealed[..at], &[&key(1)]).is_err());
        }
    }
}
