//! The network between the nodes: a namespace for each where the machine allows it.

use std::path::Path;
use std::process::{Command, Stdio};

/// What every link is shaped to: on leaving a node, so that both ways together take twice as long.
const RATE: &str = "50mbit";
const DELAY: &str = "20ms";
const LOSS: &str = "1%";

/// What carries the links; dropping it takes them down.
pub enum Net {
    /// Each node in a namespace, all on one bridge in a namespace of its own.
    Namespaces { nodes: usize },
    /// All on one loopback: nothing can be cut, so that nodes are introduced when they shall meet.
    Loopback,
}

impl Net {
    /// Makes namespaces and shaped links, or says what the machine does not allow.
    pub fn make(nodes: usize) -> Self {
        take_down(nodes);
        if let Err(why) = namespaces(nodes) {
            take_down(nodes);
            println!("NO NAMESPACES, links are the loopback, neither shaped nor cut: {why}");
            return Self::Loopback;
        }
        println!("links: {}", shape(nodes));
        Self::Namespaces { nodes }
    }

    /// Whether links can be cut.
    pub const fn can_cut(&self) -> bool {
        matches!(self, Self::Namespaces { .. })
    }

    /// A command to run where a node is.
    pub fn at(&self, node: usize, program: &Path) -> Command {
        match self {
            Self::Namespaces { .. } => {
                let mut command = Command::new("ip");
                command.args(["netns", "exec", &name(node)]).arg(program);
                command
            }
            Self::Loopback => Command::new(program),
        }
    }

    /// Where a node listens for its neighbours.
    pub fn address(&self, node: usize) -> String {
        match self {
            Self::Namespaces { .. } => format!("{}:8700", ip(node)),
            Self::Loopback => "127.0.0.1:0".to_owned(),
        }
    }

    /// Cuts every link, or makes them whole again.
    pub fn cut(&self, is_cut: bool) -> Result<(), String> {
        let Self::Namespaces { nodes } = self else { return Ok(()) };
        let state = if is_cut { "down" } else { "up" };
        (1..=*nodes).try_for_each(|node| run(&format!("-n {} link set sw{node} {state}", name(0))))
    }
}

impl Drop for Net {
    fn drop(&mut self) {
        if let Self::Namespaces { nodes } = self {
            take_down(*nodes);
        }
    }
}

/// The namespace of a node; that of the bridge has number 0.
fn name(node: usize) -> String {
    format!("pumasi-live-{node}")
}

fn ip(node: usize) -> String {
    format!("10.77.0.{node}")
}

fn namespaces(nodes: usize) -> Result<(), String> {
    let switch = name(0);
    run(&format!("netns add {switch}"))?;
    run(&format!("-n {switch} link add bridge0 type bridge"))?;
    run(&format!("-n {switch} link set bridge0 up"))?;
    for node in 1..=nodes {
        let (own, address) = (name(node), ip(node));
        run(&format!("netns add {own}"))?;
        run(&format!("-n {own} link set lo up"))?;
        run(&format!("-n {switch} link add sw{node} type veth peer name link0 netns {own}"))?;
        run(&format!("-n {switch} link set sw{node} master bridge0 up"))?;
        run(&format!("-n {own} address add {address}/24 dev link0"))?;
        run(&format!("-n {own} link set link0 up"))?;
    }
    Ok(())
}

/// Shapes the links as far as the kernel can, and says how.
fn shape(nodes: usize) -> &'static str {
    let netem = format!("netem delay {DELAY} rate {RATE} loss {LOSS}");
    if shaped(nodes, &netem).is_ok() {
        return "20 ms each way, 50 Mbit/s, 1 % loss";
    }
    let bucket = format!("tbf rate {RATE} burst 64kb latency 100ms");
    if shaped(nodes, &bucket).is_ok() {
        return "50 Mbit/s, NEITHER DELAY NOR LOSS: this kernel has no netem";
    }
    "NOT SHAPED: this kernel has neither netem nor tbf"
}

fn shaped(nodes: usize, discipline: &str) -> Result<(), String> {
    (1..=nodes).try_for_each(|node| {
        let place = format!("-n {} qdisc replace dev link0 root", name(node));
        call("tc", &format!("{place} {discipline}"))
    })
}

fn take_down(nodes: usize) {
    for node in 0..=nodes {
        // Most often there is none: then nothing is to be done.
        let _none = run(&format!("netns del {}", name(node)));
    }
}

fn run(arguments: &str) -> Result<(), String> {
    call("ip", arguments)
}

fn call(program: &str, arguments: &str) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(arguments.split(' ')).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("`{program}`: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{program} {arguments}`: {}", said.trim()))
}
