//! Where each field stands, one table a layout (ICAO Doc 9303, parts 4 to 7). Reading and writing share it.

use super::Kind;

/// A run of cells: line, first cell, one past the last; all from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    pub line: usize,
    pub from: usize,
    pub to: usize,
}

const fn cells(line: usize, from: usize, to: usize) -> Cells {
    Cells { line, from, to }
}

impl Cells {
    pub(super) const fn len(self) -> usize {
        self.to - self.from
    }

    /// The one cell after: where a field's check digit stands in every layout.
    pub(super) const fn check(self) -> Cells {
        cells(self.line, self.to, self.to + 1)
    }
}

/// The composite check digit: its cell, and what it covers in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Composite {
    pub digit: Cells,
    pub of: &'static [Cells],
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub kind: Kind,
    pub lines: usize,
    pub width: usize,
    pub name: Cells,
    pub number: Cells,
    /// Whether a long number may run over into the optional data (parts 5 and 6, note j).
    pub long_numbers: bool,
    pub nationality: Cells,
    pub birth_date: Cells,
    pub sex: Cells,
    pub expires: Cells,
    pub optional: &'static [Cells],
    pub optional_has_check: bool,
    pub composite: Option<Composite>,
}

impl Layout {
    pub(super) const TYPE: Cells = cells(0, 0, 2);
    pub(super) const ISSUER: Cells = cells(0, 2, 5);

    pub(super) const fn of(kind: Kind) -> &'static Layout {
        match kind {
            Kind::Td1 => &TD1,
            Kind::Td2 => &TD2,
            Kind::Td3 => &TD3,
            Kind::MrvA => &MRV_A,
            Kind::MrvB => &MRV_B,
        }
    }
}

const TD1: Layout = Layout {
    kind: Kind::Td1,
    lines: 3,
    width: 30,
    name: cells(2, 0, 30),
    number: cells(0, 5, 14),
    long_numbers: true,
    nationality: cells(1, 15, 18),
    birth_date: cells(1, 0, 6),
    sex: cells(1, 7, 8),
    expires: cells(1, 8, 14),
    optional: &[cells(0, 15, 30), cells(1, 18, 29)],
    optional_has_check: false,
    composite: Some(Composite {
        digit: cells(1, 29, 30),
        of: &[cells(0, 5, 30), cells(1, 0, 7), cells(1, 8, 15), cells(1, 18, 29)],
    }),
};

/// The second line of the other four is alike up to the optional data.
const TD2: Layout = Layout {
    kind: Kind::Td2,
    lines: 2,
    width: 36,
    name: cells(0, 5, 36),
    number: cells(1, 0, 9),
    long_numbers: true,
    nationality: cells(1, 10, 13),
    birth_date: cells(1, 13, 19),
    sex: cells(1, 20, 21),
    expires: cells(1, 21, 27),
    optional: &[cells(1, 28, 35)],
    optional_has_check: false,
    composite: Some(Composite { digit: cells(1, 35, 36), of: &[cells(1, 0, 10), cells(1, 13, 20), cells(1, 21, 35)] }),
};

const TD3: Layout = Layout {
    kind: Kind::Td3,
    width: 44,
    name: cells(0, 5, 44),
    long_numbers: false,
    optional: &[cells(1, 28, 42)],
    optional_has_check: true,
    composite: Some(Composite { digit: cells(1, 43, 44), of: &[cells(1, 0, 10), cells(1, 13, 20), cells(1, 21, 43)] }),
    ..TD2
};

const MRV_A: Layout =
    Layout { kind: Kind::MrvA, optional: &[cells(1, 28, 44)], optional_has_check: false, composite: None, ..TD3 };

const MRV_B: Layout =
    Layout { kind: Kind::MrvB, long_numbers: false, optional: &[cells(1, 28, 36)], composite: None, ..TD2 };
