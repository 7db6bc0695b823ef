//! How like two names are, from 0 to 1: their parts paired, whatever their order, with typing slips, initials, cut ends, parts
//! written together or apart. A part that fits nothing on either side weighs against; one more on one side alone (a second given
//! name, a patronymic) hardly does.

use strsim::damerau_levenshtein;

use super::Name;
use super::spelling::{Spelling, sound, spellings};

/// What the likeness rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likeness {
    /// 0 to 1.
    pub score: f64,
    /// The same letters, maybe in another order or transliterated.
    pub exact: bool,
    /// Letters of the parts that were paired: how much was compared.
    pub letters: usize,
}

/// Words that stand in names and tell nobody apart, and titles.
const PARTICLES: [&str; 44] = [
    "AL", "EL", "UL", "BIN", "BEN", "IBN", "BINT", "ABU", "ABOU", "UMM", "DE", "DA", "DI", "DU", "DEL", "DELLA", "DOS",
    "DAS", "LA", "LE", "LES", "LOS", "VAN", "VON", "DER", "DEN", "TER", "TEN", "ZU", "AF", "AV", "Y", "E", "MR", "MRS",
    "MS", "MISS", "DR", "PROF", "SIR", "MSTR", "HAJI", "SHAIKH", "JR",
];

/// Compares all spellings of two names, and takes the nearest.
#[must_use]
pub fn likeness(a: &Name, b: &Name) -> Likeness {
    let (of_a, of_b) = (spellings(a), spellings(b));
    let all = of_a.iter().flat_map(|a| of_b.iter().map(move |b| compare(a, b)));
    all.max_by(|one, other| one.score.total_cmp(&other.score)).unwrap_or(Likeness {
        score: 0.0,
        exact: false,
        letters: 0,
    })
}

fn compare(a: &Spelling, b: &Spelling) -> Likeness {
    let (mut a, mut b) = (a.clone(), b.clone());
    a.dedup();
    b.dedup();
    join(&mut a, &b);
    join(&mut b, &a);
    let (mut left, mut right) = (a.clone(), b.clone());
    left.sort();
    right.sort();
    if left == right {
        return Likeness { score: 1.0, exact: true, letters: left.iter().map(String::len).sum() };
    }
    if a.concat() == b.concat() {
        return Likeness { score: 0.98, exact: true, letters: a.concat().len() };
    }
    paired(&a, &b)
}

/// Joins parts of one spelling that the other writes as one: XIAO MING and XIAOMING, POL POT and POLPOT.
fn join(parts: &mut Spelling, other: &Spelling) {
    for whole in other.iter().filter(|whole| whole.len() > 3) {
        for n in 2..=4.min(parts.len()) {
            let at = (0..=parts.len() - n).find(|at| {
                let joined = parts[*at..at + n].concat();
                // An initial is a part of its own: it is not swallowed as a slip.
                let slip = joined.len() > 7 && parts[*at..at + n].iter().all(|part| part.len() > 1);
                joined == *whole || (slip && damerau_levenshtein(&joined, whole) == 1)
            });
            if let Some(at) = at {
                let joined = parts[at..at + n].concat();
                parts.splice(at..at + n, [joined]);
                break;
            }
        }
    }
}

/// Pairs parts, likest first, and weighs what is paired and what is left over.
fn paired(a: &Spelling, b: &Spelling) -> Likeness {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, one) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            // Parts in the same place are paired before others that are as like.
            let nearness = if i == j { 1e-6 } else { 0.0 };
            pairs.push((alike(one, other) + nearness, i, j));
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0));
    let (mut in_a, mut in_b) = (vec![false; a.len()], vec![false; b.len()]);
    let (mut sum, mut weight, mut letters, mut firm) = (0.0, 0.0, 0, 0);
    for (alike, i, j) in pairs {
        if in_a[i] || in_b[j] || alike < 0.5 {
            continue;
        }
        (in_a[i], in_b[j]) = (true, true);
        let heft = heft(&a[i]).min(heft(&b[j])).max(0.1);
        sum += heft * alike.min(1.0);
        weight += heft;
        letters += a[i].len().min(b[j].len());
        firm += usize::from(alike >= 0.8 && heft > 0.3);
    }
    let over = |parts: &Spelling, used: &[bool]| -> f64 {
        parts.iter().zip(used).filter(|(_, used)| !**used).map(|(part, _)| heft(part)).sum()
    };
    let (over_a, over_b) = (over(a, &in_a), over(b, &in_b));
    // What is left on both sides contradicts; what is left on one side alone was only not written.
    let against = over_a.min(over_b);
    let unwritten = (over_a - over_b).abs();
    let total = weight + 1.7 * against + 0.12 * unwritten;
    let mut score = if total > 0.0 { sum / total } else { 0.0 };
    // A part that fits nothing on either side is another person's, however many others are shared: brothers share all but one.
    if against > 0.35 {
        score = score.min(0.66);
    }
    // One common part alone is a family, not a person.
    if firm < 2 && unwritten > 0.5 {
        score = score.min(0.62);
    }
    Likeness { score, exact: false, letters }
}

/// How much a part tells: long ones more, particles and titles little.
fn heft(part: &str) -> f64 {
    match part.len() {
        _ if PARTICLES.contains(&part) => 0.15,
        1 => 0.4,
        2 => 0.7,
        _ => 1.0,
    }
}

/// How like two parts are.
fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() == 1 {
        return if long.starts_with(short) { 0.86 } else { 0.0 };
    }
    let (sound_a, sound_b) = (sound(a), sound(b));
    // A name cut where a field ended (ICAO Doc 9303-3, 4.7), or a pet form.
    let cut = if short.len() >= 4 && 2 * short.len() >= long.len() && long.starts_with(short) { 0.88 } else { 0.0 };
    let sounds = match (sound_a == sound_b, sound_a.len()) {
        (true, 3..) => 0.95,
        (true, _) => 0.85,
        _ if sound_a.len().max(sound_b.len()) >= 6 => 0.9 * slips(&sound_a, &sound_b),
        _ => 0.0,
    };
    slips(a, b).max(sounds).max(cut)
}

/// One typing slip in four letters, two in seven; more is another name.
fn slips(a: &str, b: &str) -> f64 {
    let length = a.len().max(b.len());
    match (damerau_levenshtein(a, b), length) {
        (0, _) => 1.0,
        (1, 6..) => 0.93,
        (1, 4..) => 0.87,
        (1, 3) => 0.7,
        (2, 8..) => 0.82,
        (2, 7) => 0.6,
        (3, 11..) => 0.7,
        _ => 0.0,
    }
}
