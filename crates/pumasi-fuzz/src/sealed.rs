//! The reader of sealed files.

#![expect(clippy::expect_used, reason = "without its seeds a run is worth nothing, and ends")]

use std::sync::OnceLock;

use pumasi_act::KeyRecord;
use pumasi_node::keys::SigningKey;
use pumasi_node::seal;

fn key() -> &'static SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| SigningKey::from_bytes(&[7; 32]))
}

/// Sealed files to begin with, as they are and in letters.
pub(crate) fn files() -> Vec<Vec<u8>> {
    let other = SigningKey::from_bytes(&[8; 32]);
    let keys = [KeyRecord::of(&other), KeyRecord::of(key())];
    let sealed = |plain: &[u8]| seal::seal(plain, &keys).expect("there are keys");
    let short = sealed(b"{}");
    let letters = seal::in_letters(&short).into_bytes();
    let others = seal::seal(b"{}", keys.get(..1).unwrap_or_default()).expect("there is a key");
    vec![letters, others, sealed(&[b'x'; 70_000]), short]
}

/// A file that may be sealed for us: what opens is never longer than the file.
pub fn sealed(bytes: &[u8]) {
    if let Ok(plain) = seal::open(bytes, &[key()]) {
        assert!(seal::is_sealed(bytes), "what opens is recognised");
        assert!(plain.len() < bytes.len(), "nothing inside is compressed");
    }
}
