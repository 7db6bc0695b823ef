//! Tells cargo what the texts and the assets are built from: both are read by macros, which cargo cannot see through, so a new
//! language's file would otherwise wait for the next change of code.

fn main() {
    println!("cargo:rerun-if-changed=../../locales");
    println!("cargo:rerun-if-changed=../../notices");
    println!("cargo:rerun-if-changed=assets");
    println!("cargo:rerun-if-changed=templates");
}
