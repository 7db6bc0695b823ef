//! Names for invented people: short lists of ordinary family and given names, put together by chance.

use rand::RngExt;
use rand_chacha::ChaCha20Rng;
use serde_json::{Value, json};

/// Whose names somebody has; it also says which papers they carry and which language they read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tongue {
    Chinese,
    Cantonese,
    Taiwanese,
    Japanese,
    Korean,
    English,
    German,
    French,
    Russian,
    Arabic,
    Thai,
    Malay,
    Khmer,
    Hindi,
    Portuguese,
    Amharic,
}

/// A name, and how its bearer writes it where that is not in Latin letters. Family names that change with the bearer's sex
/// have no second form here.
type Pair = (&'static str, &'static str);

/// Family names, given names of women, given names of men.
struct Stock {
    family: &'static [Pair],
    women: &'static [Pair],
    men: &'static [Pair],
}

const CHINESE: Stock = Stock {
    family: &[
        ("Wang", "王"),
        ("Li", "李"),
        ("Zhang", "张"),
        ("Liu", "刘"),
        ("Chen", "陈"),
        ("Yang", "杨"),
        ("Zhao", "赵"),
        ("Huang", "黄"),
        ("Zhou", "周"),
        ("Wu", "吴"),
        ("Xu", "徐"),
        ("Sun", "孙"),
        ("Ouyang", "欧阳"),
        ("Lyu", "吕"),
    ],
    women: &[
        ("Na", "娜"),
        ("Fang", "芳"),
        ("Xiuying", "秀英"),
        ("Jing", "静"),
        ("Yanling", "艳玲"),
        ("Xinyi", "欣怡"),
        ("Yuhan", "雨涵"),
        ("Mengjie", "梦洁"),
        ("Qing", "青"),
        ("Ruoxi", "若溪"),
    ],
    men: &[
        ("Wei", "伟"),
        ("Qiang", "强"),
        ("Jianguo", "建国"),
        ("Haoran", "浩然"),
        ("Zihan", "子涵"),
        ("Peng", "鹏"),
        ("Yichen", "奕辰"),
        ("Lei", "磊"),
        ("Dongsheng", "东升"),
        ("Guangming", "光明"),
    ],
};
const CANTONESE: Stock = Stock {
    family: &[
        ("Chan", "陳"),
        ("Wong", "黃"),
        ("Leung", "梁"),
        ("Cheung", "張"),
        ("Ho", "何"),
        ("Lam", "林"),
        ("Ng", "吳"),
        ("Kwok", "郭"),
    ],
    women: &[("Ka Yan", "嘉欣"), ("Wing Sze", "詠詩"), ("Mei Ling", "美玲"), ("Hoi Ting", "凱婷"), ("Suk Fan", "淑芬")],
    men: &[("Chi Ming", "志明"), ("Ka Ho", "家豪"), ("Wai Man", "偉文"), ("Tsz Hin", "子軒"), ("Kwok Keung", "國強")],
};
const TAIWANESE: Stock = Stock {
    family: &[
        ("Lin", "林"),
        ("Huang", "黃"),
        ("Tsai", "蔡"),
        ("Hsu", "許"),
        ("Hsieh", "謝"),
        ("Chiu", "邱"),
        ("Chang", "張"),
    ],
    women: &[("Ya-Ting", "雅婷"), ("Shu-Fen", "淑芬"), ("Yi-Chun", "怡君"), ("Pei-Shan", "佩珊")],
    men: &[("Chih-Hao", "志豪"), ("Chun-Chieh", "俊傑"), ("Ming-Te", "明德"), ("Po-Han", "柏翰")],
};
const JAPANESE: Stock = Stock {
    family: &[
        ("Sato", "佐藤"),
        ("Suzuki", "鈴木"),
        ("Takahashi", "高橋"),
        ("Tanaka", "田中"),
        ("Ito", "伊藤"),
        ("Yamamoto", "山本"),
        ("Nakamura", "中村"),
        ("Kobayashi", "小林"),
    ],
    women: &[("Yuko", "裕子"), ("Sakura", "さくら"), ("Keiko", "恵子"), ("Haruka", "遥"), ("Misaki", "美咲")],
    men: &[("Hiroshi", "博"), ("Takumi", "拓海"), ("Kenji", "健二"), ("Daisuke", "大輔"), ("Ren", "蓮")],
};
const KOREAN: Stock = Stock {
    family: &[
        ("Kim", "김"),
        ("Lee", "이"),
        ("Park", "박"),
        ("Choi", "최"),
        ("Jung", "정"),
        ("Kang", "강"),
        ("Yoon", "윤"),
    ],
    women: &[("Minji", "민지"), ("Seoyeon", "서연"), ("Eunji", "은지"), ("Youngsook", "영숙")],
    men: &[("Minjun", "민준"), ("Jihoon", "지훈"), ("Sungho", "성호"), ("Donghyun", "동현")],
};
const ENGLISH: Stock = Stock {
    family: &[
        ("Smith", ""),
        ("Taylor", ""),
        ("Okafor", ""),
        ("Johnson", ""),
        ("Clarke", ""),
        ("O'Brien", ""),
        ("Wright", ""),
        ("Campbell", ""),
        ("Hughes", ""),
        ("Fernandez-Cole", ""),
    ],
    women: &[("Emma", ""), ("Olivia", ""), ("Grace Ann", ""), ("Charlotte", ""), ("Megan", ""), ("Ruth", "")],
    men: &[("James", ""), ("Oliver", ""), ("William", ""), ("Thomas", ""), ("Ethan John", ""), ("Samuel", "")],
};
const GERMAN: Stock = Stock {
    family: &[
        ("Müller", ""),
        ("Schneider", ""),
        ("Weiß", ""),
        ("Köhler", ""),
        ("Becker", ""),
        ("von der Heide", ""),
        ("Jäger", ""),
    ],
    women: &[("Anna", ""), ("Lena", ""), ("Katharina", ""), ("Jutta", ""), ("Marie", "")],
    men: &[("Lukas", ""), ("Jörg", ""), ("Matthias", ""), ("Felix", ""), ("Karl-Heinz", "")],
};
const FRENCH: Stock = Stock {
    family: &[("Martin", ""), ("Lefèvre", ""), ("Durand", ""), ("Moreau", ""), ("Benoît", ""), ("Garçon", "")],
    women: &[("Camille", ""), ("Chloé", ""), ("Inès", ""), ("Hélène", "")],
    men: &[("Louis", ""), ("Hugo", ""), ("François", ""), ("Rémi", "")],
};
const RUSSIAN: Stock = Stock {
    family: &[("Ivanov", ""), ("Petrenko", ""), ("Kuznets", ""), ("Volkov", ""), ("Nazarbek", "")],
    women: &[("Olga", ""), ("Natalia", ""), ("Aigul", ""), ("Elena", "")],
    men: &[("Sergei", ""), ("Dmitrii", ""), ("Alexei", ""), ("Nikolai", "")],
};
const ARABIC: Stock = Stock {
    family: &[
        ("Al-Hashimi", "الهاشمي"),
        ("Haddad", "حداد"),
        ("Khalil", "خليل"),
        ("Al-Mansoori", "المنصوري"),
        ("Saleh", "صالح"),
    ],
    women: &[("Fatima", "فاطمة"), ("Layla", "ليلى"), ("Mariam", "مريم"), ("Noor", "نور")],
    men: &[("Ahmed", "أحمد"), ("Omar", "عمر"), ("Khalid", "خالد"), ("Yousef", "يوسف")],
};
const THAI: Stock = Stock {
    family: &[("Saetang", "แซ่ตั้ง"), ("Chaiyasit", "ไชยสิทธิ์"), ("Wongsakul", "วงศ์สกุล"), ("Srisuk", "ศรีสุข")],
    women: &[("Malee", "มาลี"), ("Siriporn", "ศิริพร"), ("Kanya", "กัญญา")],
    men: &[("Somchai", "สมชาย"), ("Anan", "อนันต์"), ("Prasert", "ประเสริฐ")],
};
const MALAY: Stock = Stock {
    family: &[("Tan", ""), ("Ismail", ""), ("Rahman", ""), ("Lim", ""), ("Abdullah", "")],
    women: &[("Siti Aminah", ""), ("Nurul", ""), ("Wei Ling", ""), ("Farah", "")],
    men: &[("Ahmad", ""), ("Hafiz", ""), ("Jun Jie", ""), ("Azlan", "")],
};
const KHMER: Stock = Stock {
    family: &[("Sok", "សុខ"), ("Chea", "ជា"), ("Keo", "កែវ"), ("Heng", "ហេង")],
    women: &[("Sophea", "សុភា"), ("Bopha", "បុប្ផា")],
    men: &[("Dara", "តារា"), ("Vannak", "វណ្ណៈ")],
};
const HINDI: Stock = Stock {
    family: &[("Sharma", "शर्मा"), ("Patel", "पटेल"), ("Singh", "सिंह"), ("Iyer", ""), ("Das", "दास")],
    women: &[("Priya", "प्रिया"), ("Ananya", "अनन्या"), ("Lakshmi", "लक्ष्मी")],
    men: &[("Rahul", "राहुल"), ("Arjun", "अर्जुन"), ("Vikram", "विक्रम")],
};
const PORTUGUESE: Stock = Stock {
    family: &[("Silva", ""), ("Gonçalves", ""), ("do Rosário", ""), ("Conceição", "")],
    women: &[("Beatriz", ""), ("Inês", ""), ("Lúcia", "")],
    men: &[("João", ""), ("Tiago", ""), ("Rui", "")],
};
const AMHARIC: Stock = Stock {
    family: &[("Tesfaye", "ተስፋዬ"), ("Bekele", "በቀለ"), ("Haile", "ኃይሌ"), ("Alemu", "ዓለሙ")],
    women: &[("Hanna", "ሐና"), ("Meron", "ሜሮን"), ("Selam", "ሰላም")],
    men: &[("Abebe", "አበበ"), ("Dawit", "ዳዊት"), ("Yonas", "ዮናስ")],
};

impl Tongue {
    fn stock(self) -> &'static Stock {
        match self {
            Tongue::Chinese => &CHINESE,
            Tongue::Cantonese => &CANTONESE,
            Tongue::Taiwanese => &TAIWANESE,
            Tongue::Japanese => &JAPANESE,
            Tongue::Korean => &KOREAN,
            Tongue::English => &ENGLISH,
            Tongue::German => &GERMAN,
            Tongue::French => &FRENCH,
            Tongue::Russian => &RUSSIAN,
            Tongue::Arabic => &ARABIC,
            Tongue::Thai => &THAI,
            Tongue::Malay => &MALAY,
            Tongue::Khmer => &KHMER,
            Tongue::Hindi => &HINDI,
            Tongue::Portuguese => &PORTUGUESE,
            Tongue::Amharic => &AMHARIC,
        }
    }

    /// The language in which somebody reads the pages, of those that there are.
    #[must_use]
    pub fn language(self) -> &'static str {
        match self {
            Tongue::Chinese | Tongue::Cantonese | Tongue::Taiwanese => "zh-Hans",
            _ => "en",
        }
    }

    /// States whose papers people with such names carry, the frequent first.
    #[must_use]
    pub fn states(self) -> &'static [&'static str] {
        match self {
            Tongue::Chinese => &["CHN", "CHN", "CHN", "CHN", "SGP"],
            Tongue::Cantonese => &["HKG", "HKG", "MAC", "GBR"],
            Tongue::Taiwanese => &["TWN"],
            Tongue::Japanese => &["JPN"],
            Tongue::Korean => &["KOR"],
            Tongue::English => &["GBR", "USA", "USA", "CAN", "AUS", "NGA"],
            Tongue::German => &["DEU", "DEU", "AUT", "CHE"],
            Tongue::French => &["FRA", "FRA", "BEL", "CHE"],
            Tongue::Russian => &["RUS", "KAZ", "UZB"],
            Tongue::Arabic => &["ARE", "EGY", "JOR", "QAT"],
            Tongue::Thai => &["THA"],
            Tongue::Malay => &["MYS", "SGP", "IDN"],
            Tongue::Khmer => &["KHM"],
            Tongue::Hindi => &["IND"],
            Tongue::Portuguese => &["PRT", "BRA", "MAC"],
            Tongue::Amharic => &["ETH"],
        }
    }
}

/// One of a list, by chance.
pub fn one<T: Copy>(list: &[T], rng: &mut ChaCha20Rng) -> T {
    list[rng.random_range(0..list.len())]
}

/// A family's name, which its members share.
pub fn family(tongue: Tongue, rng: &mut ChaCha20Rng) -> (&'static str, &'static str) {
    one(tongue.stock().family, rng)
}

/// A whole name as the contract writes it. Some people have but one name; some write none in their own script.
pub fn name(tongue: Tongue, family: Pair, is_woman: bool, rng: &mut ChaCha20Rng) -> Value {
    let stock = tongue.stock();
    let given = one(if is_woman { stock.women } else { stock.men }, rng);
    let single = matches!(tongue, Tongue::Malay | Tongue::Hindi | Tongue::Amharic) && rng.random_ratio(1, 12);
    if single {
        return json!({"primary": given.0});
    }
    let mut name = json!({"primary": family.0, "secondary": given.0});
    let written = match tongue {
        Tongue::Chinese | Tongue::Cantonese | Tongue::Taiwanese | Tongue::Korean => format!("{}{}", family.1, given.1),
        Tongue::Japanese => format!("{} {}", family.1, given.1),
        _ => format!("{} {}", given.1, family.1),
    };
    if !family.1.is_empty() && !given.1.is_empty() && rng.random_ratio(9, 10) {
        name["native"] = json!(written);
    }
    name
}
