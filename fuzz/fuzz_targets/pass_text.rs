#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::pass_text`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::pass_text(data));
