//! Tables as comma-separated values (RFC 4180): the twin that every programme opens.

use std::io::Write;

use super::{Column, Table};

/// Writes tables of one kind one after the other, under one line of headings.
pub struct CsvWriter<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Begins a file with the headings of `table`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(file: W, table: &Table) -> Result<Self, csv::Error> {
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(table.names)?;
        Ok(Self { writer })
    }

    /// Writes the rows of a table.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&mut self, table: &Table) -> Result<(), csv::Error> {
        for at in 0..table.len() {
            for column in &table.columns {
                self.writer.write_field(cell(column, at))?;
            }
            self.writer.write_record(None::<&[u8]>)?;
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When what is left cannot be written.
    pub fn finish(mut self) -> Result<(), csv::Error> {
        Ok(self.writer.flush()?)
    }
}

/// A value as text; nothing where it is missing.
fn cell(column: &Column, at: usize) -> String {
    let text = match column {
        Column::Whole(values) => values.get(at).map(ToString::to_string),
        Column::Maybe(values) => values.get(at).copied().flatten().map(|value| value.to_string()),
        Column::Text(values) => values.get(at).cloned(),
    };
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::tests::sample;

    #[test]
    fn what_is_missing_is_empty_and_commas_are_quoted() {
        let table = sample(&[(1, None, "a,b"), (-2, Some(3), "나\"")]);
        let mut bytes = Vec::new();
        let mut writer = CsvWriter::new(&mut bytes, &table).unwrap();
        writer.write(&table).unwrap();
        writer.write(&sample(&[(4, None, "")])).unwrap();
        writer.finish().unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text, "number,perhaps,text\n1,,\"a,b\"\n-2,3,\"나\"\"\"\n4,,\n");
    }
}
