#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| pumasi_fuzz::flow_json(bytes));
