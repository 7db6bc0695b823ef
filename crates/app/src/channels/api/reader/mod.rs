//! The document for people: `/api`, one page, rendered here from the document itself.
//!
//! The ready-made readers (Swagger UI, Scalar, Redoc) are bundles of a megabyte and more that draw the page by script and style
//! it inline. The product's pages forbid both (`web::headers`), and work without scripts; so this page is plain HTML in the
//! product's own look. A program that wants another reader has the document. The frame is in the caller's language, the
//! reference in English, like the names in it.

mod prose;
mod shape;

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

use super::openapi;
use crate::channels::web::{Language, Problem};
use crate::failure::Failure;
use crate::page::shell::Shell;
use crate::words::Words;
use prose::Prose;
use shape::{Schema, type_of};

/// The page.
#[derive(Debug, Template)]
#[template(path = "api/reader.html")]
struct Reader {
    shell: Shell,
    about: Prose,
    tags: Vec<Tag>,
    schemas: Vec<Schema>,
}

/// The operations of one tag.
#[derive(Debug)]
struct Tag {
    name: String,
    about: Prose,
    operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug)]
struct Operation {
    anchor: String,
    method: String,
    address: String,
    title: String,
    about: Prose,
    needs_token: bool,
    parameters: Vec<Parameter>,
    body: Option<Content>,
    answers: Vec<Content>,
}

/// A parameter of path, query or header.
#[derive(Debug)]
struct Parameter {
    name: String,
    place: String,
    required: bool,
    about: Prose,
}

/// A body as sent, or as answered under a status.
#[derive(Debug)]
struct Content {
    status: String,
    about: Prose,
    kind: String,
    schema: String,
    example: Option<String>,
}

/// The page.
pub async fn page(Language(words): Language) -> Response {
    match Reader::of(&openapi::as_value(), words).render() {
        Ok(page) => Html(page).into_response(),
        Err(why) => Problem::new(Failure::bug(why), words).into_response(),
    }
}

impl Reader {
    fn of(document: &Value, words: Words) -> Self {
        let shell = Shell::new(words, "/api").for_staff();
        let tags = list(document, "/tags").iter().map(|tag| Tag::of(tag, document)).collect();
        let schemas = members(document, "/components/schemas").map(|(name, schema)| Schema::of(name, schema)).collect();
        Reader { shell, about: prose(document, "/info/description"), tags, schemas }
    }
}

impl Tag {
    fn of(tag: &Value, document: &Value) -> Self {
        let name = text(tag, "/name");
        let mut operations = Vec::new();
        for (address, methods) in members(document, "/paths") {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                if list(operation, "/tags").contains(&Value::String(name.clone())) {
                    operations.push(Operation::of(address, method, operation));
                }
            }
        }
        Tag { about: prose(tag, "/description"), operations, name }
    }
}

impl Operation {
    fn of(address: &str, method: &str, operation: &Value) -> Self {
        let parameter = |p: &Value| Parameter {
            name: text(p, "/name"),
            place: text(p, "/in"),
            required: p["required"] == Value::Bool(true),
            about: prose(p, "/description"),
        };
        let body = operation.get("requestBody").map(|body| Content::of("", body, body));
        let answers = members(operation, "/responses").map(|(status, answer)| Content::of(status, answer, answer));
        Operation {
            anchor: format!("{method}-{}", address.replace(|c: char| !c.is_ascii_alphanumeric(), "-")),
            method: method.to_uppercase(),
            address: address.to_owned(),
            title: text(operation, "/summary"),
            about: prose(operation, "/description"),
            needs_token: operation.get("security").is_some(),
            parameters: list(operation, "/parameters").iter().map(parameter).collect(),
            body,
            answers: answers.collect(),
        }
    }
}

impl Content {
    fn of(status: &str, content: &Value, described: &Value) -> Self {
        let media = members(content, "/content").next();
        let (kind, media) = media.map_or((String::new(), &Value::Null), |(kind, media)| (kind.clone(), media));
        Content {
            status: status.to_owned(),
            about: prose(described, "/description"),
            kind,
            schema: media.get("schema").map(type_of).unwrap_or_default(),
            example: media.get("example").map(shape::example),
        }
    }
}

fn text(value: &Value, pointer: &str) -> String {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The same as a sentence to be shown.
fn prose(value: &Value, pointer: &str) -> Prose {
    Prose(text(value, pointer))
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn members<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_and_every_shape_is_on_the_page_and_no_script() {
        let document = openapi::as_value();
        let page = Reader::of(&document, Words::of("en")).render().unwrap();
        for (address, methods) in members(&document, "/paths") {
            for method in methods.as_object().unwrap().keys() {
                let anchor = format!("id=\"{method}-{}\"", address.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
                assert!(page.contains(&anchor), "{method} {address} is not on the page");
            }
        }
        for (name, _) in members(&document, "/components/schemas") {
            assert!(page.contains(&format!("id=\"schema-{name}\"")), "{name} is not on the page");
        }
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("<style"));
        assert_eq!(page.matches("<html").count(), 1);
        assert!(!page.contains('`'), "code is marked as code");
    }
}
