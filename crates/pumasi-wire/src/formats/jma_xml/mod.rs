//! The disaster information XML of the Japan Meteorological Agency: its earthquake telegrams.
//!
//! Read with `quick-xml` and a small tree of our own. The crate `jmaxml` models the whole schema and
//! was the alternative. It refuses a telegram that lacks any element of the schema, down to the
//! name of the editorial office, tells of no line, and brings a second XML parser, a second
//! calendar and 25 seconds of build for the two dozen fields of need here. The tree also serves the
//! other XML formats.

mod hypocentre;
mod observation;
mod read;

use super::Format;

/// The format, for the list of formats.
pub const FORMAT: Format = Format {
    name: "jma_xml",
    title: "JMA disaster information XML (earthquake telegrams such as VXSE51, VXSE53, VXSE61)",
    sniff: read::sniff,
    read: read::read,
};
