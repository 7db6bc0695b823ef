//! What is wrong with a page, found by reading it as a browser would: nesting, names, labels, links within it.

use std::collections::BTreeSet;

const VOID: &[&str] = &["meta", "link", "img", "input", "br", "hr"];
/// What may not stand in a paragraph (HTML, 4.4.1: phrasing content alone).
const BLOCKS: &[&str] =
    &["p", "div", "ul", "dl", "form", "fieldset", "section", "h1", "h2", "main", "header", "footer"];
const PRESSED: &[&str] = &["a", "button", "label"];

/// One start tag.
struct Tag<'h> {
    name: &'h str,
    attributes: Vec<(&'h str, &'h str)>,
}

impl<'h> Tag<'h> {
    fn read(inside: &'h str) -> Self {
        let name = inside.split([' ', '\n', '>']).next().unwrap_or_default();
        let mut attributes = Vec::new();
        let mut rest = inside[name.len()..].trim_start();
        while !rest.is_empty() {
            let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
            let key = &rest[..end];
            match rest[end..].strip_prefix("=\"").and_then(|quoted| quoted.split_once('"')) {
                Some((value, after)) => {
                    attributes.push((key, value));
                    rest = after.trim_start();
                }
                None => {
                    attributes.push((key, ""));
                    rest = rest[end..].trim_start();
                }
            }
        }
        Tag { name, attributes }
    }

    fn get(&self, key: &str) -> Option<&'h str> {
        self.attributes.iter().find(|(known, _)| *known == key).map(|(_, value)| *value)
    }
}

/// Everything that is wrong.
pub fn faults(html: &str) -> Vec<String> {
    let (tags, mut faults) = nesting(html);
    faults.extend(names(&tags));
    faults.extend(controls(&tags));
    faults.extend(forbidden(html, &tags));
    faults
}

fn nesting(html: &str) -> (Vec<Tag<'_>>, Vec<String>) {
    let (mut tags, mut faults, mut open) = (Vec::new(), Vec::new(), Vec::<&str>::new());
    let mut rest = html.trim_start_matches("<!DOCTYPE html>");
    while let Some(start) = rest.find('<') {
        let (inside, after) = rest[start + 1..].split_once('>').expect("a tag ends");
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            match open.pop() {
                Some(last) if last == name => {}
                last => faults.push(format!("</{name}> closes {last:?}")),
            }
            continue;
        }
        let tag = Tag::read(inside);
        if let Some(parent) = open.last() {
            faults.extend(misplaced(parent, &open, tag.name));
        }
        // Only the drawings (SVG) close a tag in itself.
        if !VOID.contains(&tag.name) && !inside.ends_with('/') {
            open.push(tag.name);
        }
        tags.push(tag);
    }
    if !open.is_empty() {
        faults.push(format!("never closed: {open:?}"));
    }
    (tags, faults)
}

fn misplaced(parent: &str, open: &[&str], name: &str) -> Option<String> {
    let wrong = match name {
        "li" => parent != "ul" && parent != "ol",
        "dt" | "dd" => parent != "div",
        "legend" => parent != "fieldset",
        "option" => parent != "select",
        _ if parent == "ul" => name != "li",
        _ if parent == "dl" => name != "div",
        _ if BLOCKS.contains(&name) => ["p", "label", "a", "button", "span"].iter().any(|p| open.contains(p)),
        _ if PRESSED.contains(&name) => PRESSED.iter().any(|p| open.contains(p)),
        "form" => open.contains(&"form"),
        _ => false,
    };
    wrong.then(|| format!("<{name}> in {open:?}"))
}

fn names(tags: &[Tag<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id} twice"));
        }
    }
    for tag in tags {
        let pointed = ["aria-describedby", "aria-labelledby", "for"].iter().filter_map(|key| tag.get(key));
        let linked = tag.get("href").and_then(|address| address.strip_prefix('#'));
        for id in pointed.flat_map(|ids| ids.split(' ')).chain(linked).filter(|id| !ids.contains(id)) {
            faults.push(format!("<{}> points to {id}, which is not there", tag.name));
        }
    }
    faults
}

fn controls(tags: &[Tag<'_>]) -> Vec<String> {
    let labels: BTreeSet<_> = tags.iter().filter(|tag| tag.name == "label").filter_map(|tag| tag.get("for")).collect();
    let shown = |tag: &&Tag<'_>| match tag.name {
        "input" => tag.get("type") != Some("hidden"),
        name => matches!(name, "select" | "textarea"),
    };
    let unlabelled = tags.iter().filter(shown).filter(|tag| !tag.get("id").is_some_and(|id| labels.contains(id)));
    unlabelled.map(|tag| format!("no label for {:?}", tag.attributes)).collect()
}

fn forbidden(html: &str, tags: &[Tag<'_>]) -> Vec<String> {
    let mut faults = Vec::new();
    let count = |name| tags.iter().filter(|tag| tag.name == name).count();
    if count("h1") != 1 {
        faults.push(format!("{} h1", count("h1")));
    }
    // A script only adds to a page that works: it is a file of ours, and waits until the page is there.
    let ours = |tag: &&Tag<'_>| tag.get("src").is_some_and(|a| a.starts_with("/assets/")) && tag.get("defer").is_some();
    let scripts = tags.iter().filter(|tag| tag.name == "script").filter(|tag| !ours(tag)).count();
    if scripts + count("style") + count("iframe") > 0 {
        faults.push("a script, a style or a frame".to_owned());
    }
    for tag in tags {
        let inline = tag.attributes.iter().filter(|(key, _)| key.starts_with("on") || *key == "style");
        faults.extend(inline.map(|(key, _)| format!("<{} {key}>", tag.name)));
        if tag.name == "img" && tag.get("alt").is_none() {
            faults.push("a picture without words".to_owned());
        }
        let far = ["href", "src", "action"].iter().filter_map(|key| tag.get(key)).find(|a| !a.starts_with(['/', '#']));
        faults.extend(far.map(|address| format!("{address} is elsewhere")));
    }
    // Nothing parts them, for the eye or for a reader of screens; a span with a direction of its own stands on its own line.
    if html.contains("</span><span>") {
        faults.push("texts that run together".to_owned());
    }
    if html.contains('⟦') || html.contains("{$") {
        let missing = html.split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next());
        faults.push(format!("words missing: {:?}", missing.collect::<Vec<_>>()));
    }
    faults
}

#[test]
fn the_reader_finds_what_is_wrong() {
    let page = |inside: &str| format!("<!DOCTYPE html><html><body><h1>x</h1>{inside}</body></html>");
    assert_eq!(faults(&page("<p>a</p>")), Vec::<String>::new());
    for wrong in [
        "<p><div></div></p>",
        "<ul><p></p></ul>",
        "<p>",
        "<input id=\"a\">",
        "<label for=\"a\"></label>",
        "<a href=\"#x\">x</a>",
        "<p style=\"color:red\"></p>",
        "<p id=\"a\"></p><p id=\"a\"></p>",
        "<h1>two</h1>",
        "<img src=\"/a\">",
        "<a href=\"https://elsewhere\">x</a>",
        "<p>⟦a-b⟧</p>",
        "<p><span>a</span><span>b</span></p>",
        "<script></script>",
        "<script src=\"/assets/a.js\"></script>",
        "<script src=\"https://elsewhere/a.js\" defer></script>",
    ] {
        assert!(!faults(&page(wrong)).is_empty(), "{wrong}");
    }
}
