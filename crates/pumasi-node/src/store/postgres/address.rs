//! Where a database is, and how to reach it without giving its password away.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode, TargetSessionAttrs};

/// The schema that is used where the address names none.
const SCHEMA: &str = "pumasi";

/// The most letters of a schema's name; `PostgreSQL` itself cuts names at 63.
const SCHEMA_LETTERS_MAX: usize = 48;

/// How long reaching one server may take before the next one is tried.
const CONNECT_WAIT: Duration = Duration::from_secs(5);

/// After how long a silent server counts as gone.
const SILENCE_MAX: Duration = Duration::from_secs(15);

/// The address of a database: `postgres://user:password@host:port/database`.
///
/// Several hosts may be named, separated by commas; the one that takes changes is used. Besides
/// what every client knows, `schema` names the schema, and `sslmode` is `disable` or
/// `verify-full`, the latter with the file of the authority in `sslrootcert`. Over a network
/// `verify-full` is the rule, within one machine `disable`.
///
/// Showing it leaves the password out.
#[derive(Clone)]
pub struct Address {
    config: Box<Config>,
    /// The address as it was given, password and all.
    given: String,
    schema: String,
    /// The certificate of the authority that vouches for the database, when TLS is used.
    authority: Option<PathBuf>,
}

/// Why a text is no address of a database. The text is left out: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin like one.
    #[error("an address of a database begins with `postgres://`")]
    Scheme,
    /// A part of it does not read.
    #[error("the address of the database does not read: {0}")]
    Unreadable(String),
    /// It names no database or no server.
    #[error("the address of the database names no {0}")]
    Missing(&'static str),
    /// The schema's name has other letters than a to z, digits and low lines.
    #[error("`{0}` is no name of a schema: use a to z, digits and `_`, at most 48")]
    Schema(String),
    /// Another way of using TLS than the two there are.
    #[error("`sslmode` is `disable` or `verify-full`, not `{0}`")]
    SslMode(String),
    /// TLS without anybody to vouch for the server.
    #[error("`sslmode=verify-full` needs `sslrootcert`, the file of the authority's certificate")]
    NoAuthority,
}

impl Address {
    /// Whether a text is meant to be such an address.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("postgres://") || text.starts_with("postgresql://")
    }

    /// The address with its password, for the settings file of the node alone.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.given
    }

    /// The certificate file of the authority, when TLS is used.
    pub(super) const fn authority(&self) -> Option<&PathBuf> {
        self.authority.as_ref()
    }

    /// The schema that holds the tables.
    pub(super) fn schema(&self) -> &str {
        &self.schema
    }

    /// How to connect.
    pub(super) fn config(&self) -> Config {
        let mut config = Config::clone(&self.config);
        let mode = if self.authority.is_some() { SslMode::Require } else { SslMode::Disable };
        config
            .ssl_mode(mode)
            .application_name("pumasi")
            .target_session_attrs(TargetSessionAttrs::ReadWrite)
            .connect_timeout(CONNECT_WAIT)
            .keepalives(true)
            .keepalives_idle(Duration::from_secs(5))
            .keepalives_interval(Duration::from_secs(2))
            .keepalives_retries(3)
            .tcp_user_timeout(SILENCE_MAX);
        config
    }

    fn is_within_this_machine(&self) -> bool {
        self.config.get_hosts().iter().all(|host| match host {
            Host::Tcp(name) => {
                name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
            }
            #[cfg(unix)]
            Host::Unix(_) => true,
        })
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.given == other.given
    }
}

impl Eq for Address {}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if !Self::is_meant(text) {
            return Err(AddressError::Scheme);
        }
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        let (mut schema, mut mode, mut authority) = (SCHEMA.to_owned(), None, None);
        let mut rest = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("schema", name)) => name.clone_into(&mut schema),
                Some(("sslmode", name)) => mode = Some(name),
                Some(("sslrootcert", file)) => authority = Some(PathBuf::from(file)),
                _ => rest.push(pair),
            }
        }
        // What the reader itself says may repeat what it was given.
        let config =
            if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) }
                .parse::<Config>()
                .map_err(|_| {
                    AddressError::Unreadable("check user, host, port and options".to_owned())
                })?;
        if config.get_hosts().is_empty() {
            return Err(AddressError::Missing("server"));
        }
        if config.get_dbname().is_none_or(str::is_empty) {
            return Err(AddressError::Missing("database"));
        }
        if !is_schema(&schema) {
            return Err(AddressError::Schema(schema));
        }
        let config = Box::new(config);
        let mut address = Self { config, given: text.to_owned(), schema, authority: None };
        let verified = match mode {
            None => !address.is_within_this_machine(),
            Some("disable") => false,
            Some("verify-full") => true,
            Some(other) => return Err(AddressError::SslMode(other.to_owned())),
        };
        if verified {
            address.authority = Some(authority.ok_or(AddressError::NoAuthority)?);
        }
        Ok(address)
    }
}

fn is_schema(name: &str) -> bool {
    name.len() <= SCHEMA_LETTERS_MAX
        && name.starts_with(|letter: char| letter.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The port PostgreSQL listens on unless it is told another.
const PORT: u16 = 5432;

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("postgres://")?;
        let ports = self.config.get_ports();
        for (number, host) in self.config.get_hosts().iter().enumerate() {
            if number > 0 {
                f.write_str(",")?;
            }
            match host {
                Host::Tcp(name) => f.write_str(name)?,
                #[cfg(unix)]
                Host::Unix(folder) => write!(f, "{}", folder.display())?,
            }
            // The usual port goes without saying.
            let port = ports.get(number).or_else(|| ports.first());
            if let Some(port) = port.filter(|port| **port != PORT) {
                write!(f, ":{port}")?;
            }
        }
        write!(f, "/{}", self.config.get_dbname().unwrap_or_default())?;
        if self.schema == SCHEMA { Ok(()) } else { write!(f, "?schema={}", self.schema) }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match text.parse::<Address>() {
            Ok(address) => {
                let tls = if address.authority.is_some() { " verified" } else { "" };
                assert_eq!(address.secret(), text);
                assert!(!format!("{address:?}").contains("hush"), "no password is shown");
                format!("{address}{tls}")
            }
            Err(error) => format!("error: {error}"),
        };
        assert!(!shown.contains("hush"), "no password is shown: {shown}");
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn addresses_read_and_hide_their_password() {
        check("postgres://a:hush@127.0.0.1:5433/aid", "postgres://127.0.0.1:5433/aid");
        check("postgresql://a@localhost/aid?schema=kr_45", "postgres://localhost/aid?schema=kr_45");
        check("postgres://a@%2Frun%2Fdb/aid", "postgres:///run/db/aid");
        check(
            "postgres://a:hush@db-1,db-2:5433/aid?sslrootcert=/etc/ca.pem",
            "postgres://db-1,db-2:5433/aid verified",
        );
        check("postgres://a@db-1/aid?sslmode=disable", "postgres://db-1/aid");
        check(
            "postgres://a:hush@db-1/aid",
            "error: `sslmode=verify-full` needs `sslrootcert`, the file of the authority's \
             certificate",
        );
        check(
            "postgres://a:hush@db-1/aid?sslmode=require",
            "error: `sslmode` is `disable` or `verify-full`, not `require`",
        );
        check("sqlite", "error: an address of a database begins with `postgres://`");
        check(
            "postgres://a:hush@localhost",
            "error: the address of the database names no database",
        );
        check("postgres:///aid", "error: the address of the database names no server");
        check(
            "postgres://a:hush@localhost:port/aid",
            "error: the address of the database does not read: check user, host, port and options",
        );
        check(
            "postgres://a@localhost/aid?schema=Aid;",
            "error: `Aid;` is no name of a schema: use a to z, digits and `_`, at most 48",
        );
    }
}
