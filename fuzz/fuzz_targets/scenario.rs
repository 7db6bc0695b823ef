#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::scenario`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::scenario(data));
