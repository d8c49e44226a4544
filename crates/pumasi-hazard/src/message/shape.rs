//! What lies where: outlines, the winds of a cyclone, a grid of shaking.

use pumasi_base::{Point, Time};
use serde::{Deserialize, Serialize};

/// An outline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A point.
    Point(Point),
    /// A ring of points; the last is the first.
    Polygon(Vec<Point>),
    /// A circle.
    Circle {
        /// Its centre.
        centre: Point,
        /// Its radius in metres.
        radius_m: u32,
    },
    /// A box along the meridians; one that crosses the 180th has its west greater than its east.
    Box {
        /// Its south-west corner.
        south_west: Point,
        /// Its north-east corner.
        north_east: Point,
    },
}

/// A tropical cyclone and where it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cyclone {
    /// Its international name.
    pub name: Option<String>,
    /// Its name in the language of the source.
    pub local_name: Option<String>,
    /// Its number within its year, as the source writes it: `1919`.
    pub number: Option<String>,
    /// What the source remarks on it.
    pub remark: Option<String>,
    /// Where it is and will be, in the order of the message.
    pub positions: Vec<CyclonePosition>,
}

/// A cyclone at one time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CyclonePosition {
    /// What the source calls it: an analysis, an estimate, a forecast for so many hours.
    pub label: String,
    /// The time it stands for.
    pub at: Option<Time>,
    /// The classes of the source, word for word: kind, size, strength.
    pub classes: Vec<String>,
    /// The centre.
    pub centre: Option<Point>,
    /// The radius in kilometres within which the centre lies with 70 percent probability.
    pub centre_within_km: Option<u32>,
    /// The source's words for where the centre is.
    pub location: Option<String>,
    /// The direction it moves in, in the source's words.
    pub direction: Option<String>,
    /// How fast it moves.
    pub speed_km_h: Option<u32>,
    /// Pressure at the centre in hectopascals.
    pub pressure_hpa: Option<u32>,
    /// The strongest sustained wind in metres per second.
    pub wind_m_s: Option<u32>,
    /// The strongest gust in metres per second.
    pub gust_m_s: Option<u32>,
    /// Where it blows how hard.
    pub winds: Vec<WindCircle>,
}

/// The area in which a wind speed is reached or may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindCircle {
    /// What the source calls it: 暴風域, 強風域, 暴風警戒域.
    pub label: String,
    /// The wind speed that is reached, in metres per second.
    pub wind_m_s: u32,
    /// Radii in kilometres with the direction they hold for in the source's words; empty words
    /// stand for all directions.
    pub radii_km: Vec<(String, u32)>,
}

/// Values on a regular grid, row by row from north to south and west to east within a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// Where its points lie.
    pub frame: GridFrame,
    /// What is known at each.
    pub columns: Vec<GridColumn>,
}

/// Where the points of a grid lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridFrame {
    /// Longitude of the westernmost points in millionths of a degree.
    pub west_micro: i32,
    /// Latitude of the northernmost points in millionths of a degree.
    pub north_micro: i32,
    /// From the westernmost to the easternmost points, in millionths of a degree.
    pub width_micro: i32,
    /// From the northernmost to the southernmost points, in millionths of a degree.
    pub height_micro: i32,
    /// Points in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

/// One quantity on a grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridColumn {
    /// Its name in the message, such as `MMI`.
    pub name: String,
    /// Its unit in the message, such as `cm/s`.
    pub unit: String,
    /// Its values in thousandths of the unit; nothing where the message has no number.
    pub milli: Vec<Option<i32>>,
}

impl Grid {
    /// The value nearest to a point, in thousandths of its unit; nothing outside the grid.
    #[must_use]
    pub fn milli_at(&self, column: &str, point: Point) -> Option<i32> {
        let frame = &self.frame;
        let right = i64::from(point.lon_micro) - i64::from(frame.west_micro);
        let down = i64::from(frame.north_micro) - i64::from(point.lat_micro);
        let at_column = nearest(right, frame.width_micro, frame.columns)?;
        let at_row = nearest(down, frame.height_micro, frame.rows)?;
        let column = self.columns.iter().find(|one| one.name == column)?;
        column.milli.get(at_row * frame.columns + at_column).copied().flatten()
    }
}

/// Which of `count` points spread over `length` is nearest to `offset`, half a step beyond the ends
/// included.
fn nearest(offset: i64, length: i32, count: usize) -> Option<usize> {
    let steps = i64::try_from(count).ok()?.checked_sub(1)?;
    let length = i64::from(length);
    if steps == 0 || length <= 0 {
        return (offset == 0).then_some(0);
    }
    let index = (offset * steps * 2 + length).div_euclid(length * 2);
    usize::try_from(index).ok().filter(|index| *index < count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_of_a_grid_is_found() {
        let frame = GridFrame {
            west_micro: 130_000_000,
            north_micro: 36_000_000,
            width_micro: 200_000,
            height_micro: 100_000,
            columns: 3,
            rows: 2,
        };
        let milli = (0..6).map(|n| (n != 4).then_some(n * 1000)).collect();
        let column = GridColumn { name: "MMI".to_owned(), unit: "intensity".to_owned(), milli };
        let grid = Grid { frame, columns: vec![column] };
        for (lat_micro, lon_micro, expected) in [
            (36_000_000, 130_000_000, Some(0)),
            (36_020_000, 129_960_000, Some(0)),
            (36_000_000, 130_149_000, Some(1000)),
            (36_000_000, 130_151_000, Some(2000)),
            (35_949_000, 130_000_000, Some(3000)),
            (35_900_000, 130_100_000, None),
            (35_900_000, 130_240_000, Some(5000)),
            (35_900_000, 130_260_000, None),
            (36_060_000, 130_000_000, None),
            (35_840_000, 130_000_000, None),
        ] {
            let point = Point { lat_micro, lon_micro };
            assert_eq!(grid.milli_at("MMI", point), expected, "{lat_micro} {lon_micro}");
            assert_eq!(grid.milli_at("PGV", point), None);
        }
    }
}
