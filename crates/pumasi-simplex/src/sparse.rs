//! A dense vector that knows which of its entries may differ from zero.

#![expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "an index is a row of the programme the vector is as long as; there are fewer than 2^32"
)]

/// A vector of which few entries differ from zero.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sparse {
    values: Vec<f64>,
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

impl Sparse {
    /// Makes room for `length` entries.
    pub(crate) fn grow(&mut self, length: usize) {
        if self.values.len() < length {
            self.values.resize(length, 0.0);
            self.is_touched.resize(length, false);
        }
    }

    /// The entry at `index`.
    #[inline]
    pub(crate) fn at(&self, index: u32) -> f64 {
        self.values[index as usize]
    }

    /// Adds to the entry at `index`.
    #[inline]
    pub(crate) fn add(&mut self, index: u32, value: f64) {
        let at = index as usize;
        if !self.is_touched[at] {
            self.is_touched[at] = true;
            self.touched.push(index);
        }
        self.values[at] += value;
    }

    /// Makes the entry at `index` be `value`.
    #[inline]
    pub(crate) fn set(&mut self, index: u32, value: f64) {
        let at = index as usize;
        if !self.is_touched[at] {
            self.is_touched[at] = true;
            self.touched.push(index);
        }
        self.values[at] = value;
    }

    /// The indices that may differ from zero, in the order they were touched.
    #[inline]
    pub(crate) fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// Makes every entry zero.
    pub(crate) fn clear(&mut self) {
        for index in self.touched.drain(..) {
            self.values[index as usize] = 0.0;
            self.is_touched[index as usize] = false;
        }
    }
}
