//! States and places by their three-letter code, as documents print them and as people choose them from a list.
//!
//! `data/countries.json` holds ISO 3166-1 (alpha-2, alpha-3) with English and simplified Chinese names, taken as facts from
//! i18n-iso-countries 7.14.0 (MIT), and stands in the pinyin order of the Chinese names: a collation that the core would
//! otherwise need a large library for. Kosovo has no ISO code; it goes by ICAO's `RKS`. The codes that ICAO Doc 9303
//! part 3, section 5, adds to ISO's (kinds of British national, international organisations, stateless people and refugees,
//! the specimen state Utopia) stand in [`DOCUMENT_CODES`].

use std::sync::LazyLock;

use serde::Deserialize;

/// One code with its names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2, where there is one (`XK`, which ISO leaves to its users, for Kosovo).
    pub alpha2: String,
    /// The code we store: ISO 3166-1 alpha-3, or `RKS`.
    pub alpha3: String,
    en: String,
    zh: String,
}

/// The codes that stand in documents but name no place: code, English, simplified Chinese.
pub const DOCUMENT_CODES: [(&str, &str, &str); 26] = [
    ("GBD", "United Kingdom: British Overseas Territories citizen", "英国：英国海外领土公民"),
    ("GBN", "United Kingdom: British National (Overseas)", "英国：英国国民（海外）"),
    ("GBO", "United Kingdom: British Overseas citizen", "英国：英国海外公民"),
    ("GBP", "United Kingdom: British protected person", "英国：受英国保护人士"),
    ("GBS", "United Kingdom: British subject", "英国：英籍人士"),
    ("EUE", "European Union", "欧洲联盟"),
    ("UNO", "United Nations", "联合国"),
    ("UNA", "United Nations specialised agency", "联合国专门机构"),
    ("UNK", "United Nations Mission in Kosovo", "联合国科索沃特派团"),
    ("XBA", "African Development Bank", "非洲开发银行"),
    ("XIM", "African Export-Import Bank", "非洲进出口银行"),
    ("XCC", "Caribbean Community", "加勒比共同体"),
    ("XCE", "Council of Europe", "欧洲委员会"),
    ("XCO", "Common Market for Eastern and Southern Africa", "东部和南部非洲共同市场"),
    ("XDC", "Southern African Development Community", "南部非洲发展共同体"),
    ("XEC", "Economic Community of West African States", "西非国家经济共同体"),
    ("XES", "Organisation of Eastern Caribbean States", "东加勒比国家组织"),
    ("XMP", "Parliamentary Assembly of the Mediterranean", "地中海议会大会"),
    ("XOM", "Sovereign Military Order of Malta", "马耳他骑士团"),
    ("XPO", "Interpol", "国际刑警组织"),
    ("XXA", "Stateless person", "无国籍人"),
    ("XXB", "Refugee (1951 Convention)", "难民（1951年公约）"),
    ("XXC", "Refugee (other)", "难民（其他）"),
    ("XXX", "Nationality not stated", "国籍未注明"),
    // The two below are read from documents, but offered to nobody: Utopia is the specimen state of Doc 9303, and the
    // Neutral Zone (once between Iraq and Saudi Arabia) is in its list though it is gone.
    (SPECIMEN, "Utopia (specimen document)", "乌托邦（样本证件）"),
    ("NTZ", "Neutral Zone", "中立区"),
];

/// What people call a place besides its name in our lists, as they may type it, where those lists and the
/// browsers' own (CLDR) may have another.
const ALSO: [(&str, &str); 17] = [
    ("ARE", "UAE,Emirates"),
    ("CHN", "PRC"),
    ("CIV", "Ivory Coast"),
    ("COD", "DRC,Congo Kinshasa,Zaire"),
    ("COG", "Congo Brazzaville"),
    ("CZE", "Czech Republic"),
    ("GBR", "UK,Britain,England,Scotland,Wales,Northern Ireland"),
    ("KOR", "Republic of Korea,ROK"),
    ("LAO", "Laos"),
    ("MKD", "Macedonia"),
    ("MMR", "Burma"),
    ("NLD", "Holland"),
    ("PRK", "DPRK"),
    ("SWZ", "Swaziland"),
    ("TLS", "East Timor"),
    ("TUR", "Turkey"),
    ("USA", "America,US"),
];

/// The two-letter code of a stored code that names a place.
///
/// ```
/// use pratique_core::country::alpha2;
/// assert_eq!((alpha2("KHM"), alpha2("XXA")), (Some("KH"), None));
/// ```
#[must_use]
pub fn alpha2(code: &str) -> Option<&'static str> {
    PLACES.iter().find(|place| place.alpha3 == code).map(|place| place.alpha2.as_str())
}

/// What else people call a place, in English, with commas between.
#[must_use]
pub fn also(code: &str) -> Option<&'static str> {
    ALSO.iter().find(|(known, _)| *known == code).map(|(_, names)| *names)
}

/// The state of ICAO's specimen documents.
pub const SPECIMEN: &str = "UTO";

/// Every place, in the pinyin order of its Chinese name. A test proves that the file is read whole, so the empty list that
/// a broken file would give cannot ship.
static PLACES: LazyLock<Vec<Country>> =
    LazyLock::new(|| serde_json::from_str(include_str!("../data/countries.json")).unwrap_or_default());

/// The code we store for what a person, a document or another system wrote: alpha-2 or alpha-3 in any case.
///
/// Germany's documents print `D` alone (Doc 9303 part 3, 5 note); it is stored as `DEU` like everybody else's code.
/// Kosovo is written `XK`, `XKX`, `XXK` or `RKS`, and stored as `RKS`.
///
/// ```
/// use pratique_core::country::canonical;
/// assert_eq!(canonical("cn"), Some("CHN"));
/// assert_eq!(canonical("D"), Some("DEU"));
/// assert_eq!(canonical("ZZZ"), None);
/// ```
#[must_use]
pub fn canonical(code: &str) -> Option<&'static str> {
    // Longer texts are never codes, and upper-casing what a stranger sent should not grow with it.
    if code.len() > 3 {
        return None;
    }
    let code = code.to_ascii_uppercase();
    let code = match code.as_str() {
        "D" => "DEU",
        "XKX" | "XXK" => "RKS",
        other => other,
    };
    let place = PLACES.iter().find(|place| place.alpha3 == code || place.alpha2 == code);
    place.map(|place| place.alpha3.as_str()).or_else(|| document_code(code).map(|(code, ..)| code))
}

/// The name of a stored code in the language asked for (Chinese for any `zh…`, else English).
///
/// ```
/// use pratique_core::country::name;
/// assert_eq!(name("KHM", "zh-Hans"), Some("柬埔寨"));
/// assert_eq!(name("KHM", "fr"), Some("Cambodia"));
/// ```
#[must_use]
pub fn name(code: &str, language: &str) -> Option<&'static str> {
    let place = PLACES.iter().find(|place| place.alpha3 == code).map(|place| place.name(language));
    place.or_else(|| {
        document_code(code).map(|(_, english, chinese)| if is_chinese(language) { chinese } else { english })
    })
}

/// Whether the code names a place that a person can have been in, and not a kind of document.
#[must_use]
pub fn is_place(code: &str) -> bool {
    PLACES.iter().any(|place| place.alpha3 == code)
}

/// Every place as code and name, in the order of a list to choose from: by letter in English, by pinyin in Chinese.
#[must_use]
pub fn places(language: &str) -> Vec<(&'static str, &'static str)> {
    let mut rows: Vec<_> = PLACES.iter().map(|place| (place.alpha3.as_str(), place.name(language))).collect();
    if !is_chinese(language) {
        // The only names that start with a letter outside A–Z: ISO's Åland, which a reader looks for under A.
        rows.sort_by_key(|(_, name)| name.replace('Å', "A").to_lowercase());
    }
    rows
}

/// What a nationality or an issuing state can be: every place, then the codes that only documents know.
#[must_use]
pub fn all(language: &str) -> Vec<(&'static str, &'static str)> {
    let offered = DOCUMENT_CODES.iter().filter(|(code, ..)| !matches!(*code, SPECIMEN | "NTZ"));
    let extra = offered.map(|(code, english, chinese)| (*code, if is_chinese(language) { *chinese } else { *english }));
    places(language).into_iter().chain(extra).collect()
}

impl Country {
    fn name(&self, language: &str) -> &str {
        if is_chinese(language) { &self.zh } else { &self.en }
    }
}

fn document_code(code: &str) -> Option<(&'static str, &'static str, &'static str)> {
    DOCUMENT_CODES.iter().find(|(known, ..)| *known == code).copied()
}

fn is_chinese(language: &str) -> bool {
    language.get(..2).is_some_and(|primary| primary.eq_ignore_ascii_case("zh"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_is_whole_and_every_code_and_name_is_there_once() {
        // ISO 3166-1 has 249 entries; Kosovo is the one more.
        assert_eq!(PLACES.len(), 250);
        for language in ["en", "zh-Hans"] {
            let rows = all(language);
            assert_eq!(rows.iter().map(|row| row.0).collect::<BTreeSet<_>>().len(), rows.len());
            assert_eq!(rows.iter().map(|row| row.1).collect::<BTreeSet<_>>().len(), rows.len(), "{language}");
        }
        assert!(PLACES.iter().all(|place| place.alpha2.len() == 2 && place.alpha3.len() == 3));
    }

    #[test]
    fn every_way_to_write_a_state_leads_to_one_code() {
        for (written, code) in [
            ("CHN", "CHN"),
            ("cn", "CHN"),
            ("d", "DEU"),
            ("DE", "DEU"),
            ("XK", "RKS"),
            ("XXK", "RKS"),
            ("GBN", "GBN"),
            ("UTO", "UTO"),
            ("XXB", "XXB"),
        ] {
            assert_eq!(canonical(written), Some(code), "{written}");
        }
        for wrong in ["", "C", "ZZ", "CHNA", "中国", "É"] {
            assert_eq!(canonical(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_list_to_choose_from_is_in_the_order_of_its_language() {
        let english: Vec<_> = places("en").into_iter().map(|(_, name)| name).take(3).collect();
        assert_eq!(english, ["Afghanistan", "Åland Islands", "Albania"]);
        let chinese: Vec<_> = places("zh-CN").into_iter().map(|(code, _)| code).collect();
        let at = |code| chinese.iter().position(|known| *known == code).unwrap();
        // aer… < mei… < ri… < zhong…
        assert!(at("ALB") < at("USA") && at("USA") < at("JPN") && at("JPN") < at("CHN"));
    }

    #[test]
    fn a_specimen_is_read_but_never_offered() {
        assert_eq!(name(SPECIMEN, "en"), Some("Utopia (specimen document)"));
        assert!(all("en").iter().all(|(code, _)| *code != SPECIMEN));
        assert!(is_place("CHN") && is_place("RKS") && !is_place("XXA") && !is_place(SPECIMEN));
    }
}
