//! Tables as Apache Parquet files: columns that statistics programmes read without parsing.
//!
//! Whole numbers are `INT64`, required or optional, and texts UTF-8 byte arrays with a dictionary.
//! Nothing is compressed and nothing written depends on the machine or the time, so that one table
//! is one sequence of bytes.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader as _, RowGroupReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::{Column, Table};

/// Rows in a group: every group but the last has as many, whatever was written in which pieces.
pub const GROUP_ROWS: usize = 65_536;

/// Writes tables of one kind one after the other.
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    waiting: Table,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// Begins a file with the columns of `table`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(file: W, table: &Table) -> Result<Self> {
        let properties = WriterProperties::builder().set_created_by("pumasi".to_owned()).build();
        let writer = SerializedFileWriter::new(file, schema(table)?, Arc::new(properties))?;
        Ok(Self { writer, waiting: table.emptied() })
    }

    /// Writes the rows of a table, or keeps them until there are enough for a group.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&mut self, table: Table) -> Result<()> {
        self.waiting.append(table);
        while self.waiting.len() >= GROUP_ROWS {
            let group = self.waiting.take_first(GROUP_ROWS);
            self.group(&group)?;
        }
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When what is left cannot be written.
    pub fn finish(mut self) -> Result<()> {
        let rest = self.waiting.take_first(GROUP_ROWS);
        if !rest.is_empty() {
            self.group(&rest)?;
        }
        self.writer.close().map(|_| ())
    }

    fn group(&mut self, table: &Table) -> Result<()> {
        let mut group = self.writer.next_row_group()?;
        for column in &table.columns {
            let Some(mut writer) = group.next_column()? else { break };
            match column {
                Column::Whole(values) => {
                    writer.typed::<Int64Type>().write_batch(values, None, None)?;
                }
                Column::Maybe(values) => {
                    let levels: Vec<i16> =
                        values.iter().map(|value| i16::from(value.is_some())).collect();
                    let present: Vec<i64> = values.iter().copied().flatten().collect();
                    writer.typed::<Int64Type>().write_batch(&present, Some(&levels), None)?;
                }
                Column::Text(values) => {
                    let values: Vec<ByteArray> =
                        values.iter().map(|text| ByteArray::from(text.as_str())).collect();
                    writer.typed::<ByteArrayType>().write_batch(&values, None, None)?;
                }
            }
            writer.close()?;
        }
        group.close().map(|_| ())
    }
}

fn schema(table: &Table) -> Result<Arc<Type>> {
    let field = |(name, column): (&&str, &Column)| {
        let physical = match column {
            Column::Whole(_) | Column::Maybe(_) => Physical::INT64,
            Column::Text(_) => Physical::BYTE_ARRAY,
        };
        let repetition = match column {
            Column::Maybe(_) => Repetition::OPTIONAL,
            Column::Whole(_) | Column::Text(_) => Repetition::REQUIRED,
        };
        let builder = Type::primitive_type_builder(name, physical).with_repetition(repetition);
        let builder = match column {
            Column::Text(_) => builder.with_logical_type(Some(LogicalType::String)),
            Column::Whole(_) | Column::Maybe(_) => builder,
        };
        builder.build().map(Arc::new)
    };
    let fields = table.names.iter().zip(&table.columns).map(field).collect::<Result<_>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
}

/// Reads a file with the columns of `table`, a group of rows at a time.
///
/// # Errors
/// When it cannot be read, is of another kind, or `take` says no.
pub fn read<E: From<ParquetError>>(
    path: &Path,
    table: &Table,
    mut take: impl FnMut(Table) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let file = File::open(path).map_err(ParquetError::from)?;
    let reader = SerializedFileReader::new(file)?;
    let found = reader.metadata().file_metadata().schema_descr();
    let names: Vec<&str> = found.columns().iter().map(|column| column.name()).collect();
    if names != table.names {
        let what = format!("a file with the columns {}", names.join(", "));
        return Err(ParquetError::General(what).into());
    }
    for at in 0..reader.num_row_groups() {
        let group = reader.get_row_group(at)?;
        let mut rows = table.emptied();
        for (index, column) in rows.columns.iter_mut().enumerate() {
            fill(&*group, index, column)?;
        }
        let count = rows.len();
        if rows.columns.iter().any(|column| column.len() != count) {
            return Err(ParquetError::General("columns of different lengths".to_owned()).into());
        }
        take(rows)?;
    }
    Ok(())
}

fn fill(group: &dyn RowGroupReader, index: usize, column: &mut Column) -> Result<()> {
    let count = usize::try_from(group.metadata().num_rows()).unwrap_or(usize::MAX);
    if count > GROUP_ROWS {
        return Err(ParquetError::General(format!("a group of {count} rows")));
    }
    match (column, group.get_column_reader(index)?) {
        (Column::Whole(values), ColumnReader::Int64ColumnReader(mut reader)) => {
            reader.read_records(count, None, None, values)?;
        }
        (Column::Maybe(values), ColumnReader::Int64ColumnReader(mut reader)) => {
            let (mut levels, mut present) = (Vec::new(), Vec::new());
            reader.read_records(count, Some(&mut levels), None, &mut present)?;
            let mut present = present.into_iter();
            let value = |level: &i16| if *level > 0 { present.next() } else { None };
            values.extend(levels.iter().map(value));
        }
        (Column::Text(values), ColumnReader::ByteArrayColumnReader(mut reader)) => {
            let mut read = Vec::new();
            reader.read_records(count, None, None, &mut read)?;
            for text in &read {
                values.push(text.as_utf8()?.to_owned());
            }
        }
        _ => return Err(ParquetError::General(format!("column {index} is of another sort"))),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::tests::sample;

    fn written(pieces: &[Table]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = ParquetWriter::new(&mut bytes, &sample(&[])).unwrap();
        for piece in pieces {
            writer.write(piece.clone()).unwrap();
        }
        writer.finish().unwrap();
        bytes
    }

    fn read_back(bytes: &[u8]) -> Table {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let mut all = sample(&[]);
        read::<ParquetError>(file.path(), &sample(&[]), |table| {
            all.append(table);
            Ok(())
        })
        .unwrap();
        all
    }

    proptest! {
        #[test]
        fn read_after_write_is_identity(
            rows in prop::collection::vec((any::<i64>(), any::<Option<i64>>(), ".{0,8}"), 0..40),
            cut in 0_usize..40,
        ) {
            let rows: Vec<_> = rows.iter().map(|(n, m, t)| (*n, *m, t.as_str())).collect();
            let whole = sample(&rows);
            let bytes = written(std::slice::from_ref(&whole));
            prop_assert_eq!(&read_back(&bytes), &whole);
            let (first, second) = rows.split_at(cut.min(rows.len()));
            prop_assert_eq!(written(&[sample(first), sample(second)]), bytes);
        }
    }

    #[test]
    fn groups_are_cut_alike_however_rows_came() {
        let rows: Vec<_> = (0..70_000).map(|n| (n, (n % 3 == 0).then_some(n), "x")).collect();
        let whole = sample(&rows);
        let pieces: Vec<_> = rows.chunks(999).map(sample).collect();
        let bytes = written(&pieces);
        assert!(bytes == written(std::slice::from_ref(&whole)));
        assert!(read_back(&bytes) == whole);
    }

    #[test]
    fn files_of_another_kind_are_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let say = |bytes: &[u8]| {
            std::fs::write(file.path(), bytes).unwrap();
            let table = Table { names: &["a", "b", "c"], ..sample(&[]) };
            read::<ParquetError>(file.path(), &table, |_| Ok(())).unwrap_err().to_string()
        };
        assert!(say(&written(&[])).contains("columns number, perhaps, text"));
        say(b"");
        say(b"PAR1 and nothing else");
        let cut = written(&[sample(&[(1, None, "a")])]);
        say(cut.get(..cut.len() - 9).unwrap());
    }
}
