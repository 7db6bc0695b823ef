#![no_main]
#![doc = "libFuzzer's way into `pratique_fuzz::questionnaire_response`."]
libfuzzer_sys::fuzz_target!(|data: &[u8]| pratique_fuzz::questionnaire_response(data));
