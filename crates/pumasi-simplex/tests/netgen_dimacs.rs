//! Problems written in the DIMACS text are read and solved.

#[path = "netgen/dimacs.rs"]
mod dimacs;
mod netgen;

use netgen::Netgen;

/// The example of the format's description, "The first DIMACS international algorithm
/// implementation challenge: problem definitions and specifications" (1990), and its `s 14`.
#[test]
fn the_example_of_the_description_costs_what_it_says() {
    let text = "c This is a simple example file\np min 4 5\nn 1 4\nn 4 -4\n\
                a 1 2 0 4 2\na 1 3 0 2 2\na 2 3 0 2 1\na 2 4 0 3 3\na 3 4 0 5 1\n";
    let problem = dimacs::read(text);
    let flow = problem.solve().unwrap();
    flow.verify(&problem).unwrap();
    assert_eq!(flow.cost, 14);
}

#[test]
fn what_is_written_is_read_again() {
    for line in [
        "13502460 8 256 16 16 2048 1 10000 16000 0 0 100 100 1 1000",
        "7 1 400 8 60 2400 -50 100 40000 2 30 30 20 16 30",
        "11 1 40 20 20 150 1 100 20 0 0 0 0 0 0",
    ] {
        let problem = Netgen::line(line).problem();
        assert_eq!(dimacs::read(&dimacs::write(&problem)), problem, "{line}");
    }
}
