//! Mutual TLS 1.3 by pinned Ed25519 node keys, without any certificate authority.
//!
//! A node's certificate is a wrapper that TLS asks for: its key is the node key, and only that
//! key counts. Names, validity and issuer are not looked at, since the parties' signed
//! identities already say which node keys speak for whom ([`Pins`]), and a certificate could
//! only repeat or contradict them. A clock that is wrong in a disaster locks nobody out.
//!
//! Sessions are never resumed: every connection proves the key again, so that a revoked one
//! cannot come back on an old ticket.

use std::fmt;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use pumasi_base::PartyId;
use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::server::{NoServerSessionStorage, ParsedCertificate};
use rustls::version::TLS13;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, ServerConfig,
    SignatureScheme,
};

/// The start of every Ed25519 `SubjectPublicKeyInfo`; the 32 bytes of the key follow.
///
/// SPEC: RFC 8410, section 4, in DER.
const ED25519_SPKI: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The one protocol inside TLS (RFC 7301).
const PROTOCOL: &[u8] = b"http/1.1";

/// Which node keys speak for whom, as the parties' signed identities say right now.
pub trait Pins: fmt::Debug + Send + Sync {
    /// The party this Ed25519 public key speaks for, or none when it may not connect.
    ///
    /// It is asked at every handshake and again at every request, so that a revocation takes
    /// effect on connections that are open. At a handshake the other side has not yet proven
    /// that it holds the key.
    fn party_of(&self, key: &[u8; 32]) -> Option<PartyId>;
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// The party.
    pub party: PartyId,
    /// The Ed25519 public key of its node.
    pub key: [u8; 32],
}

/// Why this node's own key cannot serve TLS.
#[derive(Debug, thiserror::Error)]
#[error("could not make a TLS identity of the node key: {what}")]
pub struct TlsError {
    /// What was reported.
    what: String,
}

impl TlsError {
    fn of(error: impl fmt::Display) -> Self {
        Self { what: error.to_string() }
    }
}

/// Makes the TLS side of a listener that admits exactly the nodes in `pins`.
///
/// # Errors
/// When no certificate can be made of `key`.
pub fn server_config(key: &SigningKey, pins: Arc<dyn Pins>) -> Result<Arc<ServerConfig>, TlsError> {
    let (certificate, private) = certify(key)?;
    let provider = Arc::new(ring::default_provider());
    let verifier = Arc::new(PinVerifier { pins, expected: None, provider: Arc::clone(&provider) });
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])
        .map_err(TlsError::of)?
        .with_client_cert_verifier(verifier)
        .with_single_cert(vec![certificate], private.into())
        .map_err(TlsError::of)?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(Arc::new(config))
}

/// Makes the TLS side of a client that talks to nodes of `expected` alone.
///
/// # Errors
/// When no certificate can be made of `key`.
pub fn client_config(
    key: &SigningKey,
    pins: Arc<dyn Pins>,
    expected: PartyId,
) -> Result<Arc<ClientConfig>, TlsError> {
    let (certificate, private) = certify(key)?;
    let provider = Arc::new(ring::default_provider());
    let expected = Some(expected);
    let verifier = Arc::new(PinVerifier { pins, expected, provider: Arc::clone(&provider) });
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&TLS13])
        .map_err(TlsError::of)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_client_auth_cert(vec![certificate], private.into())
        .map_err(TlsError::of)?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    config.resumption = Resumption::disabled();
    // The name would tell a listener on the way whom we call; nobody needs it.
    config.enable_sni = false;
    Ok(Arc::new(config))
}

/// The Ed25519 public key a certificate wraps, or none for any other kind of key.
#[must_use]
pub fn key_of(certificate: &CertificateDer<'_>) -> Option<[u8; 32]> {
    let parsed = ParsedCertificate::try_from(certificate).ok()?;
    let spki = parsed.subject_public_key_info();
    spki.as_ref().strip_prefix(&ED25519_SPKI)?.try_into().ok()
}

/// Wraps the node key in a self-signed certificate.
fn certify(
    key: &SigningKey,
) -> Result<(CertificateDer<'static>, PrivatePkcs8KeyDer<'static>), TlsError> {
    let document = key.to_pkcs8_der().map_err(TlsError::of)?;
    let private = PrivatePkcs8KeyDer::from(document.as_bytes().to_vec());
    let pair = rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&private, &rcgen::PKCS_ED25519)
        .map_err(TlsError::of)?;
    let mut parameters = rcgen::CertificateParams::new(Vec::new()).map_err(TlsError::of)?;
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(rcgen::DnType::CommonName, "pumasi node");
    let certificate = parameters.self_signed(&pair).map_err(TlsError::of)?;
    Ok((certificate.der().clone(), private))
}

/// Admits certificates whose key is pinned, for `expected` alone where it is given.
#[derive(Debug)]
struct PinVerifier {
    pins: Arc<dyn Pins>,
    expected: Option<PartyId>,
    provider: Arc<CryptoProvider>,
}

impl PinVerifier {
    fn check(&self, certificate: &CertificateDer<'_>) -> Result<(), Error> {
        let party = key_of(certificate).and_then(|key| self.pins.party_of(&key));
        match (&self.expected, party) {
            (None, Some(_)) => Ok(()),
            (Some(expected), Some(party)) if *expected == party => Ok(()),
            _ => Err(CertificateError::ApplicationVerificationFailure.into()),
        }
    }

    /// Proves that the other side holds the key of the certificate it showed.
    fn check_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }
}

/// TLS 1.2 is not offered, so nothing of it can reach a verifier.
fn refuse_tls12() -> Result<HandshakeSignatureValid, Error> {
    Err(Error::General("TLS 1.2 is not offered".to_owned()))
}

impl ServerCertVerifier for PinVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.check(end_entity).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        refuse_tls12()
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

impl ClientCertVerifier for PinVerifier {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.check(end_entity).map(|()| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        refuse_tls12()
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rustls::crypto::ring::sign::any_eddsa_type;
    use rustls::sign::{CertifiedKey, SingleCertAndKey};
    use rustls::{ClientConnection, ConnectionCommon, ServerConnection};

    use super::*;

    #[test]
    fn the_certificate_of_a_node_carries_its_key() {
        for seed in 0..8 {
            let key = SigningKey::from_bytes(&[seed; 32]);
            let (certificate, _) = certify(&key).unwrap();
            assert_eq!(key_of(&certificate), Some(key.verifying_key().to_bytes()));
        }
    }

    #[test]
    fn other_kinds_of_keys_are_no_node_keys() {
        let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
        let parameters = rcgen::CertificateParams::new(Vec::new()).unwrap();
        assert_eq!(key_of(parameters.self_signed(&pair).unwrap().der()), None);
        assert_eq!(key_of(&CertificateDer::from(vec![0x30, 0x00])), None);
        assert_eq!(key_of(&CertificateDer::from(Vec::new())), None);
    }

    #[derive(Debug)]
    struct List(BTreeMap<[u8; 32], PartyId>);

    impl Pins for List {
        fn party_of(&self, key: &[u8; 32]) -> Option<PartyId> {
            self.0.get(key).cloned()
        }
    }

    /// The certificate of node `shown` with the private key of node `held`.
    fn identity(shown: u8, held: u8) -> Arc<SingleCertAndKey> {
        let (certificate, _) = certify(&SigningKey::from_bytes(&[shown; 32])).unwrap();
        let (_, private) = certify(&SigningKey::from_bytes(&[held; 32])).unwrap();
        let private = any_eddsa_type(&private).unwrap();
        Arc::new(SingleCertAndKey::from(CertifiedKey::new(vec![certificate], private)))
    }

    /// Carries what one side wrote to the other; tells how much it was.
    fn carry<A, B>(
        from: &mut ConnectionCommon<A>,
        to: &mut ConnectionCommon<B>,
    ) -> Result<usize, Error> {
        let mut wire = Vec::new();
        while from.wants_write() {
            from.write_tls(&mut wire).unwrap();
        }
        let mut rest = wire.as_slice();
        while !rest.is_empty() {
            to.read_tls(&mut rest).unwrap();
            to.process_new_packets()?;
        }
        Ok(wire.len())
    }

    /// A server of `kr-45`, whose key is 1, and a client of `jp-17`, whose key is 2, shake hands;
    /// each shows its certificate, and holds the private key given.
    #[track_caller]
    fn check(server_holds: u8, client_holds: u8, expected: &str) {
        let key = |seed: u8| SigningKey::from_bytes(&[seed; 32]);
        let party = |id: &str| id.parse::<PartyId>().unwrap();
        let pinned = [(1, "kr-45"), (2, "jp-17")];
        let pinned =
            pinned.map(|(seed, id)| (key(seed).verifying_key().to_bytes(), party(id))).into();
        let pins: Arc<dyn Pins> = Arc::new(List(pinned));
        let mut config = client_config(&key(2), Arc::clone(&pins), party("kr-45")).unwrap();
        Arc::make_mut(&mut config).client_auth_cert_resolver = identity(2, client_holds);
        let name = ServerName::try_from("node.example").unwrap();
        let mut client = ClientConnection::new(config, name).unwrap();
        let mut config = server_config(&key(1), pins).unwrap();
        Arc::make_mut(&mut config).cert_resolver = identity(1, server_holds);
        let mut server = ServerConnection::new(config).unwrap();
        let outcome = loop {
            let there = carry(&mut client, &mut server).map_err(|e| format!("server: {e}"));
            let back = carry(&mut server, &mut client).map_err(|e| format!("client: {e}"));
            match (there, back) {
                (Err(error), _) | (_, Err(error)) => break error,
                (Ok(0), Ok(0)) => break format!("{:?}", server.handshake_kind().unwrap()),
                _ => {}
            }
        };
        assert_eq!(outcome, expected);
    }

    #[test]
    fn showing_a_certificate_without_holding_its_key_is_refused() {
        check(1, 2, "Full");
        check(3, 2, "client: invalid peer certificate: BadSignature");
        check(1, 3, "server: invalid peer certificate: BadSignature");
    }
}
