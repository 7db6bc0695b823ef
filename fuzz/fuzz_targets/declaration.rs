#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::declaration`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::declaration(data));
