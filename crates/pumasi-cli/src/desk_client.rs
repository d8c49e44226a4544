//! Talks to the party's own running node through its desk API, over plain HTTP on this machine.

use std::path::Path;
use std::time::Duration;

use pumasi_node::view::page::Problem;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::StatusCode;

use crate::failure::{Exit, Failure};

/// The longest the node may take: a plan over the whole network is the slowest answer.
const ANSWER_MAX: Duration = Duration::from_secs(300);
/// The longest to wait for a connection on this machine.
const CONNECT_MAX: Duration = Duration::from_secs(5);
/// The largest answer: an exported matter.
const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A running node as its own party speaks with it.
pub struct Desk {
    address: String,
    token: String,
    agent: ureq::Agent,
}

/// What `run.json` in the data folder says of the node that runs there.
#[derive(Debug, Deserialize)]
struct Running {
    desk: String,
}

/// An answer of the node, as it came and as it reads.
pub struct Fetched<Page> {
    /// For `--json`.
    pub value: Value,
    /// For people.
    pub page: Page,
}

/// Parameters after the question mark.
pub type Parameters<'a> = &'a [(&'a str, &'a str)];

impl Desk {
    /// Finds the node that runs on the data folder.
    ///
    /// # Errors
    /// Not found (3) when there is no such node, unreachable (5) when it does not run.
    pub fn open(data: &Path) -> Result<Self, Failure> {
        let folder = data.display().to_string();
        if !data.is_dir() {
            return Err(Failure::new("failure-no-node", Exit::NotFound).with("folder", folder));
        }
        let not_running = |reason: String| {
            Failure::new("failure-not-running", Exit::Unreachable)
                .with("folder", folder.clone())
                .because(reason)
        };
        let read = |name: &str| {
            let path = data.join(name);
            std::fs::read_to_string(&path)
                .map_err(|error| not_running(format!("{}: {error}", path.display())))
        };
        let running: Running = serde_json::from_str(&read("run.json")?)
            .map_err(|error| not_running(format!("run.json: {error}")))?;
        let token = read("desk.token")?.trim().to_owned();
        Ok(Self::at(running.desk, token))
    }

    fn at(address: String, token: String) -> Self {
        let config = ureq::Agent::config_builder()
            // Refusals come with a body that says why.
            .http_status_as_error(false)
            // The token is for this machine alone: no proxy, no other place.
            .proxy(None)
            .max_redirects(0)
            .timeout_connect(Some(CONNECT_MAX))
            .timeout_global(Some(ANSWER_MAX))
            .build();
        Self { address: address.trim_end_matches('/').to_owned(), token, agent: config.into() }
    }

    /// Asks for a page.
    ///
    /// # Errors
    /// When the node does not answer, says no, or answers something else.
    pub fn read<Page: DeserializeOwned>(
        &self,
        path: &str,
        parameters: Parameters<'_>,
    ) -> Result<Fetched<Page>, Failure> {
        fetched(&self.text(path, parameters)?)
    }

    /// Asks for a text.
    ///
    /// # Errors
    /// When the node does not answer or says no.
    pub fn text(&self, path: &str, parameters: Parameters<'_>) -> Result<String, Failure> {
        let mut request = self
            .agent
            .get(self.url(path))
            .header("authorization", format!("Bearer {}", self.token));
        for (name, value) in parameters {
            request = request.query(*name, *value);
        }
        self.answer(request.call(), path)
    }

    /// Hands the node a form.
    ///
    /// # Errors
    /// When the node does not answer, says no, or answers something else.
    pub fn send<Page: DeserializeOwned>(
        &self,
        path: &str,
        form: &Value,
    ) -> Result<Fetched<Page>, Failure> {
        self.send_bytes(path, &[], "application/json", form.to_string().as_bytes())
    }

    /// Hands the node bytes as they are.
    ///
    /// # Errors
    /// When the node does not answer, says no, or answers something else.
    pub fn send_bytes<Page: DeserializeOwned>(
        &self,
        path: &str,
        parameters: Parameters<'_>,
        media: &str,
        bytes: &[u8],
    ) -> Result<Fetched<Page>, Failure> {
        let mut request = self
            .agent
            .post(self.url(path))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", media);
        for (name, value) in parameters {
            request = request.query(*name, *value);
        }
        fetched(&self.answer(request.send(bytes), path)?)
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.address)
    }

    fn answer(
        &self,
        result: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
        path: &str,
    ) -> Result<String, Failure> {
        let unreachable = |error: ureq::Error| {
            Failure::new("failure-unreachable", Exit::Unreachable)
                .with("address", self.address.clone())
                .because(error)
        };
        let mut response = result.map_err(unreachable)?;
        let status = response.status();
        let body = response.body_mut().with_config().limit(BYTES_MAX).read_to_string();
        let text = body.map_err(unreachable)?;
        if status.is_success() { Ok(text) } else { Err(refusal(status, &text, path)) }
    }
}

fn fetched<Page: DeserializeOwned>(text: &str) -> Result<Fetched<Page>, Failure> {
    let unreadable = |error: serde_json::Error| {
        Failure::new("failure-answer-unreadable", Exit::Ours).because(error)
    };
    let value: Value = serde_json::from_str(text).map_err(unreadable)?;
    let page = Page::deserialize(&value).map_err(unreadable)?;
    Ok(Fetched { value, page })
}

/// What an answer other than success means.
fn refusal(status: StatusCode, text: &str, path: &str) -> Failure {
    let exit = match status.as_u16() {
        400 | 405 | 413 | 415 => Exit::Usage,
        404 => Exit::NotFound,
        409 | 422 | 403 => Exit::Refused,
        401 | 502 | 503 | 504 => Exit::Unreachable,
        _ => Exit::Ours,
    };
    if let Ok(problem) = serde_json::from_str::<Problem>(text) {
        return Failure::from_problem(problem, exit);
    }
    let failure = match exit {
        Exit::NotFound => Failure::new("failure-not-found", exit).with("name", path),
        _ if status == StatusCode::UNAUTHORIZED => Failure::new("failure-token", exit),
        _ => Failure::new("failure-status", exit),
    };
    // A plain page of an old or strange server could be long.
    let start: String = text.chars().take(200).collect();
    failure.with("status", i64::from(status.as_u16())).because(format!("{status} {start}").trim())
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpListener;

    use pumasi_base::Lang;
    use serde_json::json;

    use super::*;
    use crate::output::Style;
    use crate::words::Words;

    /// Serves one request on this machine and gives it back.
    fn serve(answer: &'static str) -> (Desk, std::thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut request, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
                request += &line;
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
            request + &String::from_utf8(body).unwrap()
        });
        (Desk::at(address, "secret".into()), thread)
    }

    #[track_caller]
    fn check(answer: &'static str, exit: Exit, expected: &str) {
        let (desk, thread) = serve(answer);
        let failure = desk.read::<Value>("/cases", &[]).err().unwrap();
        thread.join().unwrap();
        assert_eq!(failure.exit, exit);
        let text = failure.text(&Words::load(Lang::En), Style::plain());
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn answers_are_read_with_the_token_and_the_parameters() {
        let (desk, thread) =
            serve("HTTP/1.1 200 OK\r\ncontent-length: 8\r\nconnection: close\r\n\r\n{\"a\": 1}");
        let fetched: Fetched<Value> = desk.read("/situation", &[("case", "노토 1")]).unwrap();
        assert_eq!(fetched.value, json!({"a": 1}));
        let request = thread.join().unwrap();
        assert!(request.starts_with("GET /api/v1/situation?case=%EB%85%B8%ED%86%A0"), "{request}");
        assert!(request.to_lowercase().contains("authorization: bearer secret"), "{request}");
    }

    #[test]
    fn forms_are_sent_as_json() {
        let (desk, thread) =
            serve("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}");
        desk.send::<Value>("/acts", &json!({"kind": "x"})).unwrap();
        let request = thread.join().unwrap();
        assert!(request.ends_with("{\"kind\":\"x\"}"), "{request}");
    }

    #[test]
    fn every_no_has_its_exit() {
        check(
            "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            Exit::NotFound,
            "`/cases`",
        );
        check(
            "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
            Exit::Unreachable,
            "token",
        );
        check(
            "HTTP/1.1 500 Internal Server Error\r\ncontent-length: 4\r\nconnection: close\r\n\r\noops",
            Exit::Ours,
            "oops",
        );
        check("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n<", Exit::Ours, "does not read");
        check(
            "HTTP/1.1 422 Unprocessable Entity\r\nconnection: close\r\n\r\n{\"code\":\"c\",\"words\":{\"ko\":\"\",\"ja\":\"\",\"zh-Hans\":\"\",\"en\":\"said no\"},\"clauses\":[],\"help\":{\"ko\":\"\",\"ja\":\"\",\"zh-Hans\":\"\",\"en\":\"ask\"}}",
            Exit::Refused,
            "error: said no\n  what to do: ask",
        );
    }

    #[test]
    fn a_folder_without_a_running_node_says_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let missing = Desk::open(&folder.path().join("none")).err().unwrap();
        assert_eq!(missing.exit, Exit::NotFound);
        let stopped = Desk::open(folder.path()).err().unwrap();
        assert_eq!(stopped.exit, Exit::Unreachable);
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let run = json!({"pid": 1, "desk": format!("http://{gone}"), "peer": ""});
        std::fs::write(folder.path().join("run.json"), run.to_string()).unwrap();
        std::fs::write(folder.path().join("desk.token"), "t\n").unwrap();
        let desk = Desk::open(folder.path()).unwrap();
        assert_eq!(desk.read::<Value>("/node", &[]).err().unwrap().exit, Exit::Unreachable);
    }
}
