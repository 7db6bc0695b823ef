//! The layer between a program and its disk and clock (`layer.c`): built once, told what to do while the program runs.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use pratique_store::testing::Folder;

/// What the layer is told, by its place in `struct orders`.
#[derive(Debug, Clone, Copy)]
pub enum Order {
    /// Bytes by which files may still grow; less than none for any.
    Room,
    /// By how much the clock of the day is off, ms.
    Clock,
    /// Of 100 writes, so many reach the disk unsynced.
    Leak,
    /// 1: syncs of the write-ahead log do nothing.
    Forget,
    /// The nth sync from now fails.
    Fail,
}

/// What the layer counted.
#[derive(Debug, Clone, Copy)]
pub enum Count {
    /// Syncs.
    Syncs = 5,
    /// Of them, those that failed.
    Failed = 6,
    /// Writes that found no room.
    Refused = 7,
}

/// A layer for the files of one folder.
#[derive(Debug)]
pub struct Layer {
    orders: File,
    path: PathBuf,
    folder: PathBuf,
    durable: Option<PathBuf>,
}

/// The library, built with the compiler that builds SQLite.
fn library() -> &'static Path {
    static BUILT: OnceLock<(Folder, PathBuf)> = OnceLock::new();
    let (_, path) = BUILT.get_or_init(|| {
        let folder = Folder::new();
        let path = folder.path("layer.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crash/layer.c");
        let mut cc = Command::new("cc");
        cc.args(["-O1", "-Wall", "-Werror", "-fPIC", "-shared", "-o"]).arg(&path).arg(source).args(["-lpthread"]);
        assert!(cc.status().unwrap().success(), "the layer is not built: {cc:?}");
        (folder, path)
    });
    path
}

impl Layer {
    /// For the files in `folder`; its own file lies at `path`. With `durable`, a second copy is kept there of what is synced.
    pub fn new(path: &Path, folder: &Path, durable: Option<&Path>) -> Self {
        let orders = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path).unwrap();
        // PostgreSQL runs as somebody else.
        orders.set_permissions(std::fs::Permissions::from_mode(0o666)).unwrap();
        orders.set_len(64).unwrap();
        let layer =
            Layer { orders, path: path.to_owned(), folder: folder.to_owned(), durable: durable.map(Path::to_owned) };
        layer.tell(Order::Room, -1);
        layer
    }

    /// Loads it in front of a program.
    pub fn before(&self, command: &mut Command) {
        command.env("LD_PRELOAD", library()).env("PRATIQUE_LAYER_FOLDER", &self.folder);
        command.env("PRATIQUE_LAYER_ORDERS", &self.path);
        if let Some(durable) = &self.durable {
            command.env("PRATIQUE_LAYER_DURABLE", durable);
        }
    }

    pub fn tell(&self, order: Order, number: i64) {
        self.orders.write_all_at(&number.to_ne_bytes(), order as u64 * 8).unwrap();
    }

    pub fn count(&self, what: Count) -> i64 {
        let mut bytes = [0; 8];
        self.orders.read_exact_at(&mut bytes, what as u64 * 8).unwrap();
        i64::from_ne_bytes(bytes)
    }

    /// The second copy begins as the folder is: all of it is on the disk.
    pub fn begin(&self) {
        std::fs::create_dir_all(&self.folder).unwrap();
        copy(&self.folder, self.durable.as_ref().unwrap());
    }

    /// The power was cut: the folder is what the disk holds, and nothing else.
    pub fn cut(&self) {
        copy(self.durable.as_ref().unwrap(), &self.folder);
    }

    /// What the disk holds at this moment, in a folder of its own.
    pub fn snapshot(&self, to: &Path) {
        copy(self.durable.as_ref().unwrap(), to);
    }
}

/// Makes `to` hold the files of `from`: those with a name of their own there.
fn copy(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    std::fs::set_permissions(to, std::fs::Permissions::from_mode(0o700)).unwrap();
    for file in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let name = file.file_name().into_string().unwrap();
        if file.file_type().unwrap().is_file() && !name.starts_with("unlinked-") && !name.ends_with("-shm") {
            std::fs::copy(file.path(), to.join(&name)).unwrap();
            let mode = if name == "root.key" { 0o400 } else { 0o600 };
            std::fs::set_permissions(to.join(&name), std::fs::Permissions::from_mode(mode)).unwrap();
        }
    }
}
