//! The files of the repository: those that git tracks, and new ones that it does not ignore.

use crate::rust::Source;
use std::path::Path;
use std::process::Command;

/// One text file.
#[derive(Debug, Clone)]
pub struct File {
    /// From the root, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    /// The name without its folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// What follows the last dot of the name, or nothing.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }
}

/// The repository as the checks see it.
#[derive(Debug, Default)]
pub struct Tree {
    /// Text files, by path.
    pub files: Vec<File>,
    /// Every path, those of pictures and other bytes too.
    pub paths: Vec<String>,
    /// The Rust files, taken apart once for all checks.
    pub rust: Vec<Source>,
}

impl Tree {
    /// Reads the working tree under `root`. Fails if git cannot list it or a listed file cannot be read.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut tree = Self::default();
        for path in listed(root)? {
            let file = root.join(&path);
            if !file.is_file() {
                continue; // removed, not yet staged
            }
            let bytes = std::fs::read(&file).map_err(|error| format!("cannot read {path}: {error}"))?;
            if let Ok(text) = String::from_utf8(bytes) {
                tree.files.push(File { path: path.clone(), text });
            }
            tree.paths.push(path);
        }
        tree.take_rust_apart();
        Ok(tree)
    }

    fn take_rust_apart(&mut self) {
        self.rust = self.files.iter().filter(|file| file.extension() == "rs").map(Source::of).collect();
    }

    /// The text file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file stands at this path, or a folder does.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        path.is_empty() || self.paths.iter().any(|known| known == path || known.starts_with(&folder))
    }

    /// Text files below a folder (which ends in `/`).
    pub fn under(&self, folder: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| file.path.starts_with(folder))
    }

    /// A tree out of `(path, text)` pairs.
    #[cfg(test)]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let files: Vec<File> =
            files.iter().map(|(path, text)| File { path: (*path).into(), text: (*text).into() }).collect();
        let paths = files.iter().map(|file| file.path.clone()).collect();
        let mut tree = Self { files, paths, rust: Vec::new() };
        tree.take_rust_apart();
        tree
    }
}

/// Asks git. A clone that another user owns is allowed, since nothing here runs what it reads.
fn listed(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run git in {}: {error}; install git", root.display()))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("git lists no files in {}: {}", root.display(), why.trim()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let mut paths: Vec<String> = text.split('\0').filter(|path| !path.is_empty()).map(Into::into).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_there_if_a_file_is_below_it() {
        let tree = Tree::of(&[("docs/a.md", "")]);
        assert!(tree.has("docs") && tree.has("docs/") && tree.has("docs/a.md"));
        assert!(!tree.has("doc") && !tree.has("docs/b.md"));
    }

    #[test]
    fn a_folder_without_git_is_an_error_that_says_where() {
        let error = Tree::read(Path::new("/proc")).expect_err("no repository there");
        assert!(error.contains("/proc"), "{error}");
    }
}
