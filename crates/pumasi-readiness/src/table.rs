//! Tables of whole numbers and texts: rows as values, columns as they are stored.
//!
//! A row is a struct made by `rows!` and stored by column, as [`parquet`] and [`csv`] write it.
//! There are no floating-point numbers, so that a table is the same bytes everywhere.

pub mod csv;
pub mod parquet;

/// The values of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Whole numbers, some of which are missing.
    Maybe(Vec<Option<i64>>),
    /// Texts.
    Text(Vec<String>),
}

impl Column {
    /// How many values it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        match self {
            Self::Whole(values) => values.len(),
            Self::Maybe(values) => values.len(),
            Self::Text(values) => values.len(),
        }
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A column of the same sort without values.
    #[must_use]
    pub const fn emptied(&self) -> Self {
        match self {
            Self::Whole(_) => Self::Whole(Vec::new()),
            Self::Maybe(_) => Self::Maybe(Vec::new()),
            Self::Text(_) => Self::Text(Vec::new()),
        }
    }

    /// Takes the first `count` values off, or all there are.
    fn take_first(&mut self, count: usize) -> Self {
        fn first<T>(values: &mut Vec<T>, count: usize) -> Vec<T> {
            let rest = values.split_off(count.min(values.len()));
            std::mem::replace(values, rest)
        }
        match self {
            Self::Whole(values) => Self::Whole(first(values, count)),
            Self::Maybe(values) => Self::Maybe(first(values, count)),
            Self::Text(values) => Self::Text(first(values, count)),
        }
    }

    /// Adds the values of a column of the same sort; of another sort, nothing.
    fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Whole(mine), Self::Whole(mut theirs)) => mine.append(&mut theirs),
            (Self::Maybe(mine), Self::Maybe(mut theirs)) => mine.append(&mut theirs),
            (Self::Text(mine), Self::Text(mut theirs)) => mine.append(&mut theirs),
            _ => {}
        }
    }
}

/// What a field of a row is.
pub trait Field: Sized {
    /// A column of such fields.
    fn column() -> Column;
    /// Adds the field to its column.
    fn push(self, column: &mut Column);
    /// The field at a position of its column.
    fn at(column: &Column, at: usize) -> Option<Self>;
}

macro_rules! fields {
    ($($type:ty => $sort:ident;)*) => {$(
        impl Field for $type {
            fn column() -> Column {
                Column::$sort(Vec::new())
            }
            fn push(self, column: &mut Column) {
                if let Column::$sort(values) = column {
                    values.push(self);
                }
            }
            fn at(column: &Column, at: usize) -> Option<Self> {
                match column {
                    Column::$sort(values) => values.get(at).cloned(),
                    _ => None,
                }
            }
        }
    )*};
}

fields! {
    i64 => Whole;
    Option<i64> => Maybe;
    String => Text;
}

/// A row of a table.
pub trait Row: Sized {
    /// The name of the table, which is that of its files.
    const NAME: &'static str;
    /// The names of its columns.
    const COLUMNS: &'static [&'static str];
    /// Its columns without values.
    fn columns() -> Vec<Column>;
    /// Adds the row to its columns.
    fn push(self, columns: &mut [Column]);
    /// The row at a position of its columns.
    fn at(columns: &[Column], at: usize) -> Option<Self>;
}

/// Defines rows: a struct with documented fields, and the table it belongs to.
macro_rules! rows {
    ($($(#[$doc:meta])* $table:literal $name:ident {
        $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::table::Row for $name {
            const NAME: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn columns() -> Vec<$crate::table::Column> {
                vec![$(<$type as $crate::table::Field>::column()),*]
            }

            fn push(self, columns: &mut [$crate::table::Column]) {
                let mut columns = columns.iter_mut();
                $(if let Some(column) = columns.next() {
                    $crate::table::Field::push(self.$field, column);
                })*
            }

            fn at(columns: &[$crate::table::Column], at: usize) -> Option<Self> {
                let mut columns = columns.iter();
                Some(Self { $($field: $crate::table::Field::at(columns.next()?, at)?,)* })
            }
        }
    )*};
}
pub(crate) use rows;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The names of its columns.
    pub names: &'static [&'static str],
    /// Its columns, all of one length.
    pub columns: Vec<Column>,
}

impl Table {
    /// A table of such rows, without any.
    #[must_use]
    pub fn of<R: Row>() -> Self {
        Self { name: R::NAME, names: R::COLUMNS, columns: R::columns() }
    }

    /// A table without rows and with the columns of this one.
    #[must_use]
    pub fn emptied(&self) -> Self {
        let columns = self.columns.iter().map(Column::emptied).collect();
        Self { name: self.name, names: self.names, columns }
    }

    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, Column::len)
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a row of its own kind; of another kind, nothing.
    pub fn push<R: Row>(&mut self, row: R) {
        if self.name == R::NAME {
            row.push(&mut self.columns);
        }
    }

    /// Its rows, read as they were added.
    pub fn rows<R: Row>(&self) -> impl Iterator<Item = R> + '_ {
        let count = if self.name == R::NAME { self.len() } else { 0 };
        (0..count).filter_map(|at| R::at(&self.columns, at))
    }

    /// Adds the rows of a table of the same kind.
    pub fn append(&mut self, other: Self) {
        if self.name == other.name {
            for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
                mine.append(theirs);
            }
        }
    }

    /// Takes the first `count` rows off, or all there are.
    #[must_use]
    pub fn take_first(&mut self, count: usize) -> Self {
        let columns = self.columns.iter_mut().map(|column| column.take_first(count)).collect();
        Self { name: self.name, names: self.names, columns }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    rows! {
        /// A row to test with.
        "samples" Sample {
            /// A number.
            number: i64,
            /// A number or none.
            perhaps: Option<i64>,
            /// A text.
            text: String,
        }
    }

    pub(crate) fn sample(rows: &[(i64, Option<i64>, &str)]) -> Table {
        let mut table = Table::of::<Sample>();
        for (number, perhaps, text) in rows {
            table.push(Sample { number: *number, perhaps: *perhaps, text: (*text).to_owned() });
        }
        table
    }

    #[test]
    fn rows_come_out_as_they_went_in() {
        let mut table = sample(&[(1, None, "a"), (-2, Some(3), "나"), (4, Some(5), "")]);
        assert_eq!(table.len(), 3);
        let second = table.rows::<Sample>().nth(1).unwrap();
        assert_eq!(second, Sample { number: -2, perhaps: Some(3), text: "나".to_owned() });
        let mut first = table.take_first(2);
        assert_eq!((first.len(), table.len()), (2, 1));
        first.append(table);
        assert_eq!(first, sample(&[(1, None, "a"), (-2, Some(3), "나"), (4, Some(5), "")]));
        assert!(first.emptied().is_empty());
    }
}
