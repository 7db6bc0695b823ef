//! Stable names of codes: one table gives the list of all, the name of each and the way back.

macro_rules! named {
    ($kind:ty, $all:ident, [$($value:path => $name:literal),* $(,)?]) => {
        impl $kind {
            /// All of them.
            pub const $all: &'static [$kind] = &[$($value),*];

            /// The stable name.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($value => $name),* }
            }

            /// Reads the stable name.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::$all.iter().copied().find(|v| v.name() == text.trim())
            }
        }
    };
}
pub(crate) use named;
