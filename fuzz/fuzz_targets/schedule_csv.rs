#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::schedule_csv`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::schedule_csv(data));
