//! Verifying and folding, the work a node does for every act it takes.

#![allow(clippy::unwrap_used, missing_docs, reason = "a bench may panic and documents itself")]

use divan::Bencher;
use divan::counter::ItemsCount;
use pumasi_act::testing::{World, agreement};
use pumasi_act::{fold, verify};
use pumasi_base::Status;
use serde_json::json;

fn main() {
    divan::main();
}

/// A matter of orders played to their receipts, five acts each and one to open.
fn world(orders: usize) -> World {
    let start = "2024-01-01T07:10:00Z".parse().unwrap();
    let mut world = World::new(&["jp", "kr", "cn"], vec![agreement()], Status::Exercise, start);
    for _ in 0..orders {
        world.order_to_receipt("kr", "jp", json!({"mode": "gift", "price": null}));
    }
    world
}

#[divan::bench(args = [1, 20])]
fn verify_strictly(bencher: Bencher<'_, '_>, orders: usize) {
    let world = world(orders);
    bencher.counter(ItemsCount::new(world.acts.len())).bench(|| {
        for act in &world.acts {
            divan::black_box(verify(act.envelope(), &world.identities).unwrap());
        }
    });
}

#[divan::bench(args = [1, 20, 60])]
fn fold_matter(bencher: Bencher<'_, '_>, orders: usize) {
    let world = world(orders);
    bencher
        .counter(ItemsCount::new(world.acts.len()))
        .bench(|| divan::black_box(fold(&world.terms, &world.acts)).digest());
}
