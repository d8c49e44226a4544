//! Addresses of feeds: where a link leads, and whether it may be followed.

use std::fmt;

use serde::{Deserialize, Serialize};
use ureq::http::Uri;

/// An address of the web, `http` or `https`, with a host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    is_secure: bool,
    /// Host and port, in small letters.
    authority: String,
    /// Path and query, beginning with a slash.
    path: String,
}

/// Why a text is no address of a feed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no address with `http://` or `https://` and a host")]
pub struct NoAddress(String);

impl Address {
    /// Reads an address as people give it.
    ///
    /// # Errors
    /// When it is of another scheme, without a host, or carries a name and a password: these would
    /// stand in files and be told on screens.
    pub fn read(text: &str) -> Result<Self, NoAddress> {
        let no = || NoAddress(text.chars().take(200).collect());
        let uri: Uri = text.trim().parse().map_err(|_| no())?;
        let is_secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(no()),
        };
        let authority = uri.authority().filter(|one| !one.as_str().contains('@'));
        let authority = authority.filter(|one| !one.host().is_empty()).ok_or_else(no)?;
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
        Ok(Self { is_secure, authority: authority.as_str().to_lowercase(), path })
    }

    /// Where a link in a document at this address leads.
    ///
    /// SPEC: RFC 3986, section 5.2, as far as feeds and redirections use it: whole addresses, those
    /// without a scheme or a host, and paths; `.` and `..` are left to the server.
    pub fn join(&self, link: &str) -> Result<Self, NoAddress> {
        let link = link.trim();
        let link = link.split_once('#').map_or(link, |(before, _)| before);
        let scheme = if self.is_secure { "https" } else { "http" };
        let host = &self.authority;
        let has_scheme = link.split(['/', '?']).next().is_some_and(|start| start.contains(':'));
        if has_scheme {
            Self::read(link)
        } else if link.starts_with("//") {
            Self::read(&format!("{scheme}:{link}"))
        } else if link.starts_with('/') {
            Self::read(&format!("{scheme}://{host}{link}"))
        } else {
            let path = self.path.split('?').next().unwrap_or_default();
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            Self::read(&format!("{scheme}://{host}{folder}/{link}"))
        }
    }

    /// Its host, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        let end = self.authority.rfind(':').filter(|_| !self.authority.ends_with(']'));
        self.authority.get(..end.unwrap_or(self.authority.len())).unwrap_or_default()
    }

    /// Whether going there from here would lay open what was protected.
    #[must_use]
    pub const fn loses_protection(&self, to: &Self) -> bool {
        self.is_secure && !to.is_secure
    }

    /// Whether a link of a feed here may be followed unasked: to the same server, or to another of
    /// the same site at its usual port. Whoever writes into a feed must not be able to send this
    /// node to servers that only it can reach.
    #[must_use]
    pub fn is_same_site(&self, to: &Self) -> bool {
        if self.authority == to.authority {
            return true;
        }
        let site = self.host().strip_prefix("www.").unwrap_or(self.host());
        let is_name =
            site.contains('.') && !site.ends_with(|c: char| c.is_ascii_digit() || c == ']');
        let to_host = to.host();
        let is_below = to_host.strip_suffix(site).is_some_and(|s| s.is_empty() || s.ends_with('.'));
        is_name && is_below && to.authority == to_host
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.is_secure { "https" } else { "http" };
        write!(f, "{scheme}://{}{}", self.authority, self.path)
    }
}

impl TryFrom<String> for Address {
    type Error = NoAddress;

    fn try_from(text: String) -> Result<Self, NoAddress> {
        Self::read(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, link: &str, expected: &str) {
        let from = Address::read(from).unwrap();
        let shown = from.join(link).map_or_else(
            |_| "none".to_owned(),
            |to| {
                let site = if from.is_same_site(&to) { "" } else { ", elsewhere" };
                let lost = if from.loses_protection(&to) { ", unprotected" } else { "" };
                format!("{to}{site}{lost}")
            },
        );
        assert_eq!(shown, expected);
    }

    #[test]
    fn links_lead_where_they_say() {
        let feed = "https://WWW.Example.org/feeds/all.xml?x=1";
        check(feed, "one.xml#top", "https://www.example.org/feeds/one.xml");
        check(feed, "/cap/1?id=a:b", "https://www.example.org/cap/1?id=a:b");
        check(feed, "//cap.example.org/1", "https://cap.example.org/1");
        check(feed, "https://example.org", "https://example.org/");
        check(feed, "http://www.example.org/1", "http://www.example.org/1, unprotected");
        check(feed, "https://badexample.org/1", "https://badexample.org/1, elsewhere");
        check(feed, "https://example.org:8443/1", "https://example.org:8443/1, elsewhere");
        check(feed, "https://me:secret@example.org/1", "none");
        check(feed, "file:///etc/passwd", "none");
        check(feed, "javascript:alert(1)", "none");
        check("http://127.0.0.1:80/a", "http://0.0.1/b", "http://0.0.1/b, elsewhere");
        check("http://localhost:80/a", "http://db.localhost/b", "http://db.localhost/b, elsewhere");
        check("http://[::1]:90/a", "b", "http://[::1]:90/b");
        check("http://[::1]:90/a", "http://[::1]:91/b", "http://[::1]:91/b, elsewhere");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "feeds/all.xml", "ftp://example.org/", "https://", "http:///x", "a b"] {
            assert!(Address::read(text).is_err(), "{text}");
        }
    }
}
