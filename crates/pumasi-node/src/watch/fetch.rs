//! One request for a document, as a guest behaves.

use std::sync::Arc;
use std::time::Duration;

use pumasi_base::Time;
use ureq::http::{HeaderMap, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::address::Address;
use super::trouble::{Trouble, TroubleCode};
use crate::runtime::date;

/// The largest document taken; that is what the largest grids of shaking come near.
pub const BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The most redirections followed.
const REDIRECTS_MAX: usize = 5;
/// How this program names itself to services, which ask for it.
const USER_AGENT: &str = concat!("pumasi/", env!("CARGO_PKG_VERSION"));
/// What it can read.
const ACCEPT: &str = "application/cap+xml, application/atom+xml, application/rss+xml, \
                      application/geo+json, application/xml, application/json, */*;q=0.5";

/// How long one request may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until everything has come.
    pub whole: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), whole: Duration::from_secs(60) }
    }
}

/// What an earlier answer said of itself, so that the same need not come again.
///
/// SPEC: RFC 9110, sections 8.8 and 13.1.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Validators {
    /// The entity tag, as it was sent.
    pub etag: Option<String>,
    /// When the document was last changed, as it was sent.
    pub last_modified: Option<String>,
}

/// What came.
#[derive(Debug)]
pub(super) enum Fetched {
    /// Nothing changed since the validators.
    Unchanged,
    /// A document.
    Fresh {
        /// It.
        bytes: Vec<u8>,
        /// Where it was in the end.
        address: Address,
        /// What asks for it next time.
        validators: Validators,
    },
}

/// Asks servers for documents.
#[derive(Debug, Clone)]
pub(super) struct Client {
    agent: ureq::Agent,
}

impl Client {
    pub(super) fn new(patience: Patience) -> Self {
        // The provider that everything else here uses, and the roots that the administrators of
        // this machine trust.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(provider)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            // Redirections are judged here, one by one.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(patience.connect))
            .timeout_global(Some(patience.whole))
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .build();
        Self { agent: config.into() }
    }

    /// Asks for a document; where it may be redirected to, `may_go` says.
    pub(super) fn fetch(
        &self,
        address: &Address,
        validators: &Validators,
        may_go: &dyn Fn(&Address) -> bool,
        now: Time,
    ) -> Result<Fetched, Trouble> {
        let mut address = address.clone();
        for _ in 0..=REDIRECTS_MAX {
            let mut request = self.agent.get(address.to_string());
            for (name, value) in [
                (header::IF_NONE_MATCH, &validators.etag),
                (header::IF_MODIFIED_SINCE, &validators.last_modified),
            ] {
                if let Some(value) = value {
                    request = request.header(name, value);
                }
            }
            let failed = |error| Trouble::of(&error, &address);
            let mut response = request.call().map_err(failed)?;
            let status = response.status();
            let text = |name| text_of(response.headers(), name);
            if status == StatusCode::NOT_MODIFIED {
                return Ok(Fetched::Unchanged);
            }
            if status.is_redirection() {
                address = redirected(&address, text(header::LOCATION).as_deref(), may_go)?;
                continue;
            }
            if !status.is_success() {
                let retry_after_s = text(header::RETRY_AFTER).and_then(|text| wait_s(&text, now));
                let trouble = Trouble::new(TroubleCode::Status, address.to_string(), status);
                return Err(Trouble { retry_after_s, ..trouble });
            }
            let validators =
                Validators { etag: text(header::ETAG), last_modified: text(header::LAST_MODIFIED) };
            if let Some(bytes) = response.body().content_length().filter(|all| *all > BYTES_MAX) {
                let what = format!("it has {bytes} bytes, {BYTES_MAX} are taken at most");
                return Err(Trouble::new(TroubleCode::TooLarge, address.to_string(), what));
            }
            let body = response.body_mut().with_config().limit(BYTES_MAX).read_to_vec();
            return Ok(Fetched::Fresh { bytes: body.map_err(failed)?, address, validators });
        }
        let what = format!("more than {REDIRECTS_MAX} redirections");
        Err(Trouble::new(TroubleCode::Redirected, address.to_string(), what))
    }
}

/// A header as text; one too long to be kept is left out.
fn text_of(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    (text.len() <= 1_000).then(|| text.to_owned())
}

/// Where an answer sends on to, if that is a place to go.
fn redirected(
    from: &Address,
    location: Option<&str>,
    may_go: &dyn Fn(&Address) -> bool,
) -> Result<Address, Trouble> {
    let no = |what: String| Trouble::new(TroubleCode::Redirected, from.to_string(), what);
    let to = from.join(location.unwrap_or_default()).map_err(|error| no(error.to_string()))?;
    if from.loses_protection(&to) {
        return Err(no(format!("`{to}` is without protection")));
    }
    if !may_go(&to) {
        return Err(no(format!("`{to}` is of another site")));
    }
    Ok(to)
}

/// For how many seconds a server asks to wait.
///
/// SPEC: RFC 9110, section 10.2.3: seconds or a date.
fn wait_s(text: &str, now: Time) -> Option<i64> {
    let text = text.trim();
    let until = || date::read(text).map(|time| time.as_second().saturating_sub(now.as_second()));
    text.parse().ok().or_else(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_asks_to_wait_in_seconds_or_until_a_date() {
        let now = "2024-01-01T07:10:00Z".parse().unwrap();
        for (text, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Mon, 01 Jan 2024 07:15:00 GMT", Some(300)),
            ("Mon, 01 Jan 2024 07:00:00 GMT", Some(-600)),
            ("soon", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(wait_s(text, now), expected, "{text}");
        }
    }
}
