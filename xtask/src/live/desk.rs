//! The desk of a node, asked over one connection that stays open.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;

/// How long a desk may take to answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where a desk is, and the token that opens it.
#[derive(Clone)]
pub struct Address {
    host: String,
    token: String,
    /// Where neighbours reach the node: `https://host:port`.
    pub peer: String,
}

impl Address {
    /// Reads what a running node wrote into its folder.
    pub fn read(folder: &Path) -> Result<Self, String> {
        let read = |name: &str| {
            std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))
        };
        let run: Value = serde_json::from_str(&read("run.json")?).map_err(|e| e.to_string())?;
        let word = |key: &str| run.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let host = word("desk").trim_start_matches("http://").to_owned();
        Ok(Self { host, token: read("desk.token")?.trim().to_owned(), peer: word("peer") })
    }

    fn connect(&self) -> Result<BufReader<TcpStream>, String> {
        let stream = TcpStream::connect(&self.host).map_err(|error| error.to_string())?;
        let set = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_nodelay(true));
        set.map_err(|error| error.to_string())?;
        Ok(BufReader::new(stream))
    }

    fn head(&self, start: &str, length: usize) -> String {
        format!(
            "{start} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
            self.host, self.token
        )
    }

    /// Follows the events of the desk for as long as it runs, telling each position it names.
    pub fn positions(&self, mut tell: impl FnMut(u64)) -> Result<(), String> {
        let mut stream = self.connect()?;
        let head = self.head("GET /api/v1/events", 0);
        stream.get_mut().write_all(head.as_bytes()).map_err(|error| error.to_string())?;
        for line in stream.lines().map_while(Result::ok) {
            let data = line.strip_prefix("data:").map(str::trim);
            let event = data.and_then(|data| serde_json::from_str::<Value>(data).ok());
            event.and_then(|event| event.get("position")?.as_u64()).into_iter().for_each(&mut tell);
        }
        Ok(())
    }
}

/// One open connection.
pub struct Desk {
    address: Address,
    stream: BufReader<TcpStream>,
}

impl Desk {
    pub fn open(address: &Address) -> Result<Self, String> {
        Ok(Self { address: address.clone(), stream: address.connect()? })
    }

    /// Asks for a page.
    pub fn get(&mut self, path: &str) -> Result<String, String> {
        let (status, body) = self.exchange("GET", path, "")?;
        if status == 200 { Ok(body) } else { Err(format!("GET {path}: {status}: {body}")) }
    }

    /// The status of a page.
    pub fn status(&mut self, path: &str) -> Result<u16, String> {
        self.exchange("GET", path, "").map(|(status, _)| status)
    }

    /// Sends a form.
    pub fn post(&mut self, path: &str, form: &Value) -> Result<Value, String> {
        let (status, body) = self.exchange("POST", path, &form.to_string())?;
        if status != 200 {
            return Err(format!("POST {path}: {status}: {body}"));
        }
        serde_json::from_str(&body).map_err(|error| format!("POST {path}: {error}"))
    }

    /// Sends a form, and gives the id of what was made.
    pub fn made(&mut self, path: &str, form: &Value) -> Result<String, String> {
        let answer = self.post(path, form)?;
        let id = answer.get("id").and_then(Value::as_str);
        id.map(str::to_owned).ok_or_else(|| format!("POST {path}: no id"))
    }

    fn exchange(&mut self, method: &str, path: &str, body: &str) -> Result<(u16, String), String> {
        let start = format!("{method} /api/v1{path}");
        let request = self.address.head(&start, body.len()) + body;
        self.send(&request).map_err(|error| format!("{start}: {error}"))
    }

    fn send(&mut self, request: &str) -> std::io::Result<(u16, String)> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or(std::io::ErrorKind::UnexpectedEof)?;
        let mut length = 0;
        loop {
            line.clear();
            if self.stream.read_line(&mut line)? == 0 || line == "\r\n" {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}
