//! Where the records of a CSV file stand in it.

/// The lines of a file, counted as its records are read: each byte once. A line ends with LF, with CRLF (what browsers send of a
/// text field and spreadsheets write) or with CR alone; the reader takes all three for an end and counts LF alone.
pub(crate) struct Lines<'a> {
    file: &'a [u8],
    at: usize,
    line: u64,
}

impl<'a> Lines<'a> {
    pub(crate) fn of(file: &'a [u8]) -> Self {
        Lines { file, at: 0, line: 1 }
    }

    /// The line on which a record begins, from 1. The LF of a CRLF, and empty lines, the reader leaves to the next record.
    pub(crate) fn number(&mut self, record: &csv::Position) -> u64 {
        let start = usize::try_from(record.byte()).unwrap_or(usize::MAX);
        let rest = self.file.get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        while self.at < start.min(self.file.len()) {
            let ends = match self.file[self.at] {
                b'\n' => true,
                b'\r' => self.file.get(self.at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += u64::from(ends);
            self.at += 1;
        }
        self.line
    }
}
