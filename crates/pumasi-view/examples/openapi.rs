//! Prints the description of the API: `cargo run -p pumasi-view --example openapi`.

use std::io::Write as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = pumasi_view::openapi::openapi().to_pretty_json()?;
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
