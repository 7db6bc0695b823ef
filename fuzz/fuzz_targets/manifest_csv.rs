#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::manifest_csv`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::manifest_csv(data));
