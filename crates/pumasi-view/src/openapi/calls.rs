//! The calls of the API that do something, or that give what is no page.

use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ArrayBuilder, Type};
use utoipa::openapi::{Content, Object, ObjectBuilder, RefOr, Required, Schema};

use super::{JSON, operation, parameter};

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Field {
    /// A text: an id, a time in RFC 3339, a quantity such as `500 LTR`.
    Text,
    /// Texts.
    Texts,
    /// A whole number.
    Whole,
    /// Yes or no.
    Flag,
    /// Fields that depend on something else, said in the description.
    Any,
}

/// One field of a form or an answer: name, what it holds, whether it must be there, and words.
type FieldLine = (&'static str, Field, bool, &'static str);

/// What a call takes.
pub(super) enum Takes {
    /// Nothing but parameters.
    Nothing,
    /// A form in JSON.
    Form(&'static [FieldLine]),
    /// Bytes as they are.
    Bytes(&'static str),
}

/// What a call answers when it succeeds.
pub(super) enum Gives {
    /// One object.
    One(&'static [FieldLine]),
    /// A list of objects.
    Many(&'static [FieldLine]),
    /// A text.
    Text,
}

/// One call.
pub(super) struct Call {
    pub(super) path: &'static str,
    method: HttpMethod,
    summary: &'static str,
    parameters: &'static [(&'static str, &'static str)],
    takes: Takes,
    gives: Gives,
}

const MADE: Gives = Gives::One(&[("id", Field::Text, true, "the id of what was made")]);
const OFFICERS: FieldLine = ("officers", Field::Texts, true, "who signs; their keys lie here");
const TIME: FieldLine = ("time", Field::Text, false, "the drill's time; ignored where actual");
const MATTER: FieldLine = ("matter", Field::Text, true, "the matter");
const CASE: FieldLine = ("case", Field::Text, true, "the case");

const MATTER_OF_CASE: &[FieldLine] = &[
    ("case", Field::Any, true, "as in CaseLine"),
    ("matter", Field::Any, true, "as in MatterLine"),
];

/// Every call.
pub(super) const CALLS: &[Call] = &[
    Call {
        path: "/acts",
        method: HttpMethod::Post,
        summary: "Makes an act of this party's officers",
        parameters: &[],
        takes: Takes::Form(&[
            MATTER,
            ("kind", Field::Text, true, "such as request_resource"),
            ("body", Field::Any, true, "what the kind carries"),
            OFFICERS,
            ("clause", Field::Any, false, "agreement and clause; found by the node when absent"),
            ("personal", Field::Text, false, "personal data to stand beside it, at most 16 KiB"),
            TIME,
        ]),
        gives: MADE,
    },
    Call {
        path: "/personal/erase",
        method: HttpMethod::Post,
        summary: "Erases old personal data at this node alone; nothing is said to others",
        parameters: &[],
        takes: Takes::Form(&[
            MATTER,
            ("older_than_days", Field::Whole, true, "days since the act beside which they stand"),
        ]),
        gives: Gives::One(&[("erased", Field::Whole, true, "how many texts were erased")]),
    },
    Call {
        path: "/matters",
        method: HttpMethod::Post,
        summary: "Opens a matter",
        parameters: &[],
        takes: Takes::Form(&[
            CASE,
            ("title", Field::Any, true, "in ko, ja, zh-Hans and en"),
            ("status", Field::Text, true, "actual, exercise or test"),
            ("audience", Field::Texts, true, "who shares it"),
            ("agreements", Field::Texts, true, "under which it stands"),
            ("origin", Field::Text, false, "when the event struck"),
            OFFICERS,
            TIME,
        ]),
        gives: MADE,
    },
    Call {
        path: "/matters",
        method: HttpMethod::Get,
        summary: "Every matter this node shares, with its case",
        parameters: &[],
        takes: Takes::Nothing,
        gives: Gives::Many(MATTER_OF_CASE),
    },
    Call {
        path: "/matters/{id}",
        method: HttpMethod::Get,
        summary: "One matter with its case; the beginning of its id is enough",
        parameters: &[("id", "its id")],
        takes: Takes::Nothing,
        gives: Gives::One(MATTER_OF_CASE),
    },
    Call {
        path: "/alerts",
        method: HttpMethod::Post,
        summary: "Relays a warning service's message and reports the needs it implies",
        parameters: &[
            ("matter", "the matter"),
            ("officer", "who signs"),
            ("time", "the drill's time"),
            ("report", "false to relay the alert alone"),
        ],
        takes: Takes::Bytes("application/octet-stream"),
        gives: Gives::One(&[
            ("relayed", Field::Texts, true, "the acts made"),
            ("places", Field::Whole, true, "places with a need"),
            ("evacuated", Field::Any, true, "low, central and high"),
            ("displaced", Field::Any, true, "low, central and high"),
            ("findings", Field::Texts, true, "what was odd"),
            ("micros", Field::Whole, true, "microseconds from bytes to needs"),
        ]),
    },
    Call {
        path: "/situations",
        method: HttpMethod::Post,
        summary: "States a situation report, and reports the needs anew with its counts",
        parameters: &[],
        takes: Takes::Form(&[
            MATTER,
            ("officer", Field::Text, true, "who signs"),
            TIME,
            ("report", Field::Flag, false, "false to state the report alone"),
            ("situation", Field::Any, true, "the body of the act `report_situation`"),
        ]),
        gives: Gives::One(&[
            ("relayed", Field::Texts, true, "the acts made"),
            ("places", Field::Whole, true, "places with a need"),
            ("evacuated", Field::Any, true, "low, central and high"),
            ("displaced", Field::Any, true, "low, central and high"),
            ("findings", Field::Texts, true, "what was odd"),
            ("micros", Field::Whole, true, "microseconds from bytes to needs"),
        ]),
    },
    Call {
        path: "/plans",
        method: HttpMethod::Post,
        summary: "Plans who sends what to whom, checked by code that did not make the plan",
        parameters: &[],
        takes: Takes::Form(&[
            MATTER,
            CASE,
            ("purpose", Field::Text, true, "such as disaster_relief"),
            ("hours", Field::Whole, true, "hours covered"),
            ("period_hours", Field::Whole, true, "hours in a period"),
            ("size", Field::Text, false, "low, central or high; by the hour when absent"),
            ("requested", Field::Flag, true, "whether all needs count as asked for"),
            ("able", Field::Texts, false, "who can give; those that answer when absent"),
            ("unreachable", Field::Texts, false, "who cannot be reached"),
            ("choose", Field::Flag, true, "whether to state the plan as an act"),
            ("page", Field::Flag, false, "whether to answer with page and texts as well"),
            OFFICERS,
            TIME,
        ]),
        gives: Gives::One(&[
            ("act", Field::Text, false, "the act that states it"),
            ("problem", Field::Text, true, "digest of the problem"),
            ("plan", Field::Any, true, "the body of choose_plan"),
            ("own_moves", Field::Whole, true, "moves of parties' own stock"),
            ("burden", Field::Text, true, "unit-periods unmet times weight"),
            ("objective_milli", Field::Text, true, "thousandths of burden and cost together"),
            ("bound_milli", Field::Text, true, "no plan can have less of them"),
            ("burden_without_relief", Field::Text, true, "the burden if nothing moved"),
            ("gap_ppm", Field::Whole, true, "above the bound, in millionths of that burden"),
            ("page", Field::Any, false, "the page `/plan` would give"),
            ("texts", Field::Any, false, "canonical texts of problem, plan and certificate"),
            ("findings", Field::Texts, true, "what the problem leaves out"),
            ("micros", Field::Whole, true, "microseconds it took"),
        ]),
    },
    Call {
        path: "/plan/text/{digest}",
        method: HttpMethod::Get,
        summary: "The canonical text of a chosen plan, its problem or its certificate, to prove again",
        parameters: &[("digest", "its digest, as the page of the plan gives it")],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/readiness/{run}/{file}",
        method: HttpMethod::Get,
        summary: "A table of a readiness run, in Parquet or CSV, or its report as report.csv",
        parameters: &[
            ("run", "the name of the run, as the page of readiness gives it"),
            ("file", "the name of the file, as the page of readiness gives it"),
        ],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/parties",
        method: HttpMethod::Get,
        summary: "The parties this node trusts, with what a neighbour needs to trust them too",
        parameters: &[],
        takes: Takes::Nothing,
        gives: Gives::Many(&[
            ("party", Field::Text, true, "the party"),
            ("names", Field::Any, true, "its names"),
            ("fingerprint", Field::Text, true, "to be compared by telephone or on paper"),
            ("url", Field::Text, false, "where its node listens"),
            ("identity", Field::Texts, true, "its identity log"),
        ]),
    },
    Call {
        path: "/parties",
        method: HttpMethod::Post,
        summary: "Trusts a party and reads its node from now on",
        parameters: &[],
        takes: Takes::Form(&[
            ("identity", Field::Texts, true, "its identity log, founding entry first"),
            ("fingerprint", Field::Text, false, "what it told by telephone or on paper"),
            ("url", Field::Text, false, "where its node listens"),
        ]),
        gives: Gives::One(&[
            ("party", Field::Text, true, "whom this node now trusts"),
            ("fingerprint", Field::Text, true, "its fingerprint"),
        ]),
    },
    Call {
        path: "/register/proof/{act}",
        method: HttpMethod::Get,
        summary: "A proof that an act is in the register (C2SP tlog-proof)",
        parameters: &[("act", "the act's id, in full")],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/register/tile/{path}",
        method: HttpMethod::Get,
        summary: "A tile of the register (C2SP tlog-tiles), of hashes or of entries, as bytes",
        parameters: &[("path", "level or entries, then the index, such as 0/000.p/12")],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/situation/{format}",
        method: HttpMethod::Get,
        summary: "The situation as a file: a CAP alert, HXL tables, GeoJSON or a report",
        parameters: &[
            ("format", "cap, hxl-places, hxl-needs, geojson or sitrep"),
            ("case", "the case; the newest when absent"),
            ("lang", "ko, ja, zh-Hans or en, which it is when absent"),
        ],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/export",
        method: HttpMethod::Get,
        summary: "Everything this node holds of a matter, to be verified offline",
        parameters: &[("matter", "the matter; all when absent")],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/metrics",
        method: HttpMethod::Get,
        summary: "Figures of this node in the text format of Prometheus",
        parameters: &[],
        takes: Takes::Nothing,
        gives: Gives::Text,
    },
    Call {
        path: "/import",
        method: HttpMethod::Post,
        summary: "Takes a bundle that came by other means than sync",
        parameters: &[],
        takes: Takes::Bytes("text/plain"),
        gives: Gives::One(&[
            ("new", Field::Whole, true, "acts that were new"),
            ("known", Field::Whole, true, "acts that were here already"),
            ("personal", Field::Whole, true, "personal data that were new"),
            ("personal_refused", Field::Whole, true, "personal data that fit no act"),
        ]),
    },
    Call {
        path: "/digests",
        method: HttpMethod::Get,
        summary: "How every matter stands here",
        parameters: &[],
        takes: Takes::Nothing,
        gives: Gives::Many(&[
            MATTER,
            ("frontier", Field::Text, true, "equal where the acts are equal"),
            ("state", Field::Text, true, "digest of the state"),
            ("acts", Field::Whole, true, "acts folded"),
        ]),
    },
];

impl Call {
    pub(super) fn item(&self) -> PathItem {
        let mut operation: OperationBuilder = match &self.gives {
            Gives::One(fields) => operation(self.summary, JSON, object(fields)),
            Gives::Many(fields) => {
                operation(self.summary, JSON, ArrayBuilder::new().items(object(fields)).build())
            }
            Gives::Text => operation(self.summary, "text/plain", of_type(Type::String)),
        };
        for (name, description) in self.parameters {
            operation = operation.parameter(self.parameter(name, description));
        }
        let body = match &self.takes {
            Takes::Nothing => None,
            Takes::Form(fields) => Some((JSON, object(fields))),
            Takes::Bytes(media) => Some((*media, of_type(Type::String))),
        };
        let body = body.map(|(media, schema)| {
            RequestBodyBuilder::new()
                .content(media, Content::new(Some(schema)))
                .required(Some(Required::True))
                .build()
        });
        PathItem::new(self.method.clone(), operation.request_body(body))
    }

    fn parameter(&self, name: &str, description: &str) -> utoipa::openapi::path::Parameter {
        use utoipa::openapi::path::ParameterIn;
        let in_path = self.path.contains(&format!("{{{name}}}"));
        let (place, required) = if in_path {
            (ParameterIn::Path, Required::True)
        } else {
            (ParameterIn::Query, Required::False)
        };
        parameter(name, description).parameter_in(place).required(required).build()
    }
}

fn object(fields: &[FieldLine]) -> Object {
    fields
        .iter()
        .fold(ObjectBuilder::new(), |object, (name, field, required, description)| {
            let object = object.property(*name, schema(*field, description));
            if *required { object.required(*name) } else { object }
        })
        .build()
}

fn of_type(kind: Type) -> Object {
    ObjectBuilder::new().schema_type(kind).build()
}

fn schema(field: Field, description: &str) -> RefOr<Schema> {
    let described = |kind| ObjectBuilder::new().schema_type(kind).description(Some(description));
    match field {
        Field::Text => described(Type::String).into(),
        Field::Whole => described(Type::Integer).into(),
        Field::Flag => described(Type::Boolean).into(),
        Field::Any => ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::SchemaType::AnyValue)
            .description(Some(description))
            .into(),
        Field::Texts => {
            ArrayBuilder::new().items(of_type(Type::String)).description(Some(description)).into()
        }
    }
}
