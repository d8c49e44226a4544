//! The hand at one node's desk: it runs where the node runs, and does what it is told line by line.
//!
//! Every line it reads and writes is JSON. Moments are nanoseconds since 1970 by the clock of the
//! machine, which all nodes share.

use std::io::BufRead as _;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::desk::{Address, Desk};

/// How long the backlog lasts by the times it claims: three days. They run on from now, because the
/// mandates of officers begin when a node is made.
const APART_SECONDS: u64 = 72 * 3600;

/// How often the desk is asked whether an act is there: the grain of every latency.
const LOOK: Duration = Duration::from_millis(5);

/// Does what standard input says until it ends.
pub fn run(folder: &Path) -> Result<(), String> {
    let agent = Arc::new(Agent::new(Address::read(folder)?));
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let told: Value = serde_json::from_str(&line).map_err(|error| error.to_string())?;
        // What takes long must not hold up the looking: an act would seem to come late.
        let agent = Arc::clone(&agent);
        std::thread::spawn(move || {
            if let Err(error) = agent.obey(&told) {
                eprintln!("{told}: {error}");
                std::process::exit(1);
            }
        });
    }
    Ok(())
}

/// The moment now.
pub fn now_ns() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

fn number(told: &Value, key: &str) -> u64 {
    told.get(key).and_then(Value::as_u64).unwrap_or_default()
}

fn word<'a>(told: &'a Value, key: &str) -> &'a str {
    told.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The newest position told, and the moments at which it began to grow and was reached.
#[derive(Default)]
struct Growth {
    position: Mutex<(u64, Option<u64>)>,
    grew: Condvar,
}

struct Agent {
    address: Address,
    /// When the exercise begins, in seconds since 1970.
    begins: u64,
    growth: Arc<Growth>,
    own: Mutex<Vec<(String, String)>>,
    looks: Sender<(String, u64)>,
}

impl Agent {
    fn new(address: Address) -> Self {
        let growth = Arc::<Growth>::default();
        let (looks, asked) = channel();
        let (at, told) = (address.clone(), Arc::clone(&growth));
        std::thread::spawn(move || {
            let ended = at.positions(|position| told.note(position));
            eprintln!("the events of a node ended: {ended:?}");
        });
        let at = address.clone();
        std::thread::spawn(move || {
            if let Err(error) = look_out(&at, &asked) {
                eprintln!("looking for acts ended: {error}");
            }
        });
        let begins = now_ns() / 1_000_000_000;
        Self { address, begins, growth, own: Mutex::default(), looks }
    }

    fn obey(&self, told: &Value) -> Result<(), String> {
        let answer = match word(told, "do") {
            "identity" => self.identity()?,
            "trust" => self.trust(told)?,
            "open" => self.open(told)?,
            "write" => self.write(number(told, "acts"))?,
            "pace" => self.pace(told)?,
            "forget" => self.growth.forget(),
            "reach" => self.growth.reach(number(told, "position")),
            "digests" => json!({ "digests": Desk::open(&self.address)?.get("/digests")? }),
            "look" => {
                let look = (word(told, "id").to_owned(), number(told, "at"));
                return self.looks.send(look).map_err(|_| "nobody looks any more".to_owned());
            }
            other => return Err(format!("`{other}` is nothing to do")),
        };
        println!("{answer}");
        Ok(())
    }

    /// What others need to trust this node and to find it.
    fn identity(&self) -> Result<Value, String> {
        let mut desk = Desk::open(&self.address)?;
        let node: Value = read(&desk.get("/node")?)?;
        let id = node.pointer("/party/id").cloned().unwrap_or_default();
        let parties: Vec<Value> =
            serde_json::from_str(&desk.get("/parties")?).map_err(|error| error.to_string())?;
        let own = parties.into_iter().find(|party| party.get("party") == Some(&id));
        let own = own.ok_or("a node does not know itself")?;
        Ok(json!({ "identity": own.get("identity"), "url": self.address.peer }))
    }

    fn trust(&self, told: &Value) -> Result<Value, String> {
        let mut desk = Desk::open(&self.address)?;
        let parties = told.get("parties").and_then(Value::as_array);
        for party in parties.into_iter().flatten() {
            desk.post("/parties", party)?;
        }
        Ok(json!({ "done": true }))
    }

    /// An act of the duty officer, so many seconds into the exercise.
    fn act(&self, matter: &str, kind: &str, body: &Value, second: u64) -> Value {
        let time = time(self.begins + second);
        json!({ "matter": matter, "kind": kind, "body": body, "officers": ["duty"], "time": time })
    }

    /// Opens matters that all share, each with an alert to report on.
    fn open(&self, told: &Value) -> Result<Value, String> {
        let mut desk = Desk::open(&self.address)?;
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        for index in 0..number(told, "matters") {
            let title = format!("{} {index}", self.address.peer);
            let form = json!({
                "case": "live", "status": "exercise", "audience": told.get("audience"),
                "title": {"ko": title, "ja": title, "zh-Hans": title, "en": title},
                "agreements": [], "officers": ["duty"], "time": time(self.begins),
            });
            let matter = desk.made("/matters", &form)?;
            let alert =
                desk.made("/acts", &self.act(&matter, "relay_alert", &alert(self.begins), 0))?;
            own.push((matter, alert));
        }
        Ok(json!({ "done": true }))
    }

    /// Writes acts, matter by matter in turn, their times spread over the days apart.
    fn write(&self, acts: u64) -> Result<Value, String> {
        let start = now_ns();
        let mut desk = Desk::open(&self.address)?;
        let own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, (matter, alert)) in (0..acts).zip(own.iter().cycle()) {
            let form = self.act(
                matter,
                "report_needs",
                &report(alert, index),
                index * APART_SECONDS / acts,
            );
            desk.made("/acts", &form)?;
        }
        Ok(json!({ "ns": now_ns() - start }))
    }

    /// Writes acts at a rate, telling of one in `sample` when it was handed to the desk.
    fn pace(&self, told: &Value) -> Result<Value, String> {
        let (rate, sample) = (number(told, "rate").max(1), number(told, "sample").max(1));
        let acts = rate * number(told, "seconds");
        let mut desk = Desk::open(&self.address)?;
        let own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        let start = now_ns();
        for (index, (matter, alert)) in (0..acts).zip(own.iter().cycle()) {
            let due = start + index * 1_000_000_000 / rate;
            std::thread::sleep(Duration::from_nanos(due.saturating_sub(now_ns())));
            let at = now_ns();
            let form =
                self.act(matter, "report_needs", &report(alert, at), APART_SECONDS + index / rate);
            let id = desk.made("/acts", &form)?;
            if index % sample == 0 {
                println!("{}", json!({ "signed": id, "at": at }));
            }
        }
        Ok(json!({ "acts": acts, "ns": now_ns() - start }))
    }
}

impl Growth {
    fn note(&self, position: u64) {
        let mut known = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        if position > known.0 {
            known.0 = position;
            known.1.get_or_insert_with(now_ns);
        }
        self.grew.notify_all();
    }

    /// Counts growth from here.
    fn forget(&self) -> Value {
        let mut known = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        known.1 = None;
        json!({ "position": known.0 })
    }

    /// Waits until the node holds as many acts.
    fn reach(&self, position: u64) -> Value {
        let known = self.position.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self
            .grew
            .wait_while(known, |known| known.0 < position)
            .unwrap_or_else(PoisonError::into_inner);
        json!({ "from": known.1, "to": now_ns() })
    }
}

/// Looks for acts until they are here, and tells how long after their signing that was.
fn look_out(address: &Address, asked: &Receiver<(String, u64)>) -> Result<(), String> {
    let mut sought: Vec<(String, u64)> = Vec::new();
    let mut desk = None;
    loop {
        if sought.is_empty() {
            // An idle desk closes its connections.
            desk = None;
            let Ok(look) = asked.recv() else { return Ok(()) };
            sought.push(look);
        }
        sought.extend(asked.try_iter());
        let open = match desk.take() {
            Some(open) => open,
            None => Desk::open(address)?,
        };
        let open = desk.insert(open);
        let mut left = Vec::new();
        for (id, at) in sought.drain(..) {
            // An act that is not here is not found, whatever else the register says of others.
            if open.status(&format!("/register/proof/{id}"))? == 404 {
                left.push((id, at));
            } else {
                println!("{}", json!({ "seen_ns": now_ns() - at }));
            }
        }
        sought = left;
        std::thread::sleep(LOOK);
    }
}

fn read(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// A moment in seconds since 1970, as text.
fn time(second: u64) -> String {
    let (mut day, rest) = (second / 86_400, second % 86_400);
    let mut year = 1970_u64;
    let leap = |year: u64| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    while day >= 365 + u64::from(leap(year)) {
        day -= 365 + u64::from(leap(year));
        year += 1;
    }
    let lengths = [31, 28 + u64::from(leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if day < length {
            break;
        }
        day -= length;
        month += 1;
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", day + 1)
}

fn alert(begins: u64) -> Value {
    json!({
        "source": "drill", "event": "live", "version": "1", "sent": time(begins), "origin": time(begins),
        "epicentre": {"lat_micro": 37_500_000, "lon_micro": 137_300_000}, "magnitude": "Mj 7.6",
        "depth_km": 16, "headline": "Exercise", "headline_lang": "en", "strongest": {},
        "document": "0".repeat(64),
    })
}

/// A report like no other.
fn report(alert: &str, number: u64) -> Value {
    json!({
        "alert": alert, "province": "jp-17", "factors": "live", "sources": {},
        "places": {"jp-17204": {
            "intensity": "6+", "intensity_tenths": 60, "observed": true,
            "displaced": [number, number, number],
            "needs": {"blanket": {"per_day": false, "amount": [number, number, number]}},
        }},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_people_date_them() {
        assert_eq!(time(0), "1970-01-01T00:00:00Z");
        assert_eq!(time(1_704_092_461), "2024-01-01T07:01:01Z");
        assert_eq!(time(1_709_164_800), "2024-02-29T00:00:00Z");
        assert_eq!(time(1_735_689_599), "2024-12-31T23:59:59Z");
    }
}
