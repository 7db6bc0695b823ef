#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::typed`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::typed(data));
