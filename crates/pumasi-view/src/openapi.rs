//! The description of the API, from which clients are generated.
//!
//! SPEC: OpenAPI Specification 3.1.0. The file `docs/openapi.json` is this value, and a test
//! compares the two.

use utoipa::openapi::path::{OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{
    ArrayBuilder, Components, ComponentsBuilder, Content, HttpMethod, Info, ObjectBuilder, OpenApi,
    OpenApiBuilder, PathItem, PathsBuilder, Ref, Required, ResponseBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use crate::page::{
    AgreementPage, AgreementsPage, AskAnswer, AskForm, CasePage, CasesPage, ChoicesPage, DiffPage,
    DoctorPage, LifePage, MapPage, NeighboursPage, NodePage, PersonalPage, PlanPage, Problem,
    ReadinessPage, RegisterPage, ReportPage, SituationPage, StepAnswer, StepForm,
};

mod calls;

const JSON: &str = "application/json";
const EVENTS: &str = "text/event-stream";

/// The API as `/api/v1` serves it: every path, every page, and [`Problem`] for every other answer.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut info = Info::new("Pumasi", env!("CARGO_PKG_VERSION"));
    info.description = Some(
        "What one node of Pumasi answers its own party. Times are RFC 3339 in UTC, coordinates \
         millionths of a degree, amounts thousandths of their unit."
            .to_owned(),
    );
    OpenApiBuilder::new().info(info).paths(paths()).components(Some(components())).build()
}

fn paths() -> PathsBuilder {
    let answers = |summary: &str, schema: &str| operation(summary, JSON, reference(schema));
    let of_id = |summary: &str, schema: &str| answers(summary, schema).parameter(id());
    let reads = |operation: OperationBuilder| PathItem::new(HttpMethod::Get, operation);
    let asks = |summary: &str, form: &str, schema: &str| {
        let content = Content::new(Some(reference(form)));
        let body = RequestBodyBuilder::new().content(JSON, content).required(Some(Required::True));
        PathItem::new(HttpMethod::Post, answers(summary, schema).request_body(Some(body.build())))
    };
    let life = of_id("The life of one agreement, in every matter about it", "LifePage");
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    let events = operation("What changed, as it changes", EVENTS, text);
    let situation =
        answers("What broke, who is reachable, what moves", "SituationPage").parameter(case());
    let paths = PathsBuilder::new()
        .path(page("/node"), reads(answers("This node", "NodePage")))
        .path(
            page("/neighbours"),
            reads(answers("Who this node shares matters with", "NeighboursPage")),
        )
        .path(page("/cases"), reads(answers("Every case this node shares", "CasesPage")))
        .path(page("/cases/{id}"), reads(of_id("One case from need to settlement", "CasePage")))
        .path(
            page("/acts/{id}/personal"),
            reads(of_id("The personal data beside an act", "PersonalPage")),
        )
        .path(page("/cases/{id}/report"), reads(of_id("The after-action page", "ReportPage")))
        .path(page("/situation"), reads(situation))
        .path(page("/plan"), reads(plan()))
        .path(page("/readiness"), reads(readiness()))
        .path(page("/agreements"), reads(answers("The library of agreements", "AgreementsPage")))
        .path(page("/agreements/map"), reads(map()))
        .path(page("/agreements/{id}"), reads(of_id("One agreement", "AgreementPage")))
        .path(page("/agreements/{id}/life"), reads(life.parameter(day())))
        .path(
            page("/agreements/ask"),
            asks("Whether something may be done, and under what", "AskForm", "AskAnswer"),
        )
        .path(
            page("/agreements/steps"),
            asks("Takes a step in the life of an agreement", "StepForm", "StepAnswer"),
        )
        .path(page("/agreements/{id}/diff"), reads(drafts()))
        .path(page("/choices"), reads(answers("What can be chosen in forms", "ChoicesPage")))
        .path(page("/register"), reads(answers("The register of this node", "RegisterPage")))
        .path(page("/doctor"), reads(answers("What of this node needs attention", "DoctorPage")))
        .path(page("/events"), reads(events));
    calls::CALLS.iter().fold(paths, |paths, call| paths.path(page(call.path), call.item()))
}

/// The plan of a case, with what may be asked of it.
fn plan() -> OperationBuilder {
    let fresh = parameter("fresh", "true to plan anew as things stand now, choosing nothing")
        .parameter_in(ParameterIn::Query)
        .required(Required::False);
    operation("The plan of a case, proved and explained", JSON, reference("PlanPage"))
        .parameter(case())
        .parameter(fresh)
}

/// What readiness runs say, with which run may be asked for.
fn readiness() -> OperationBuilder {
    let run = parameter("run", "The name of a run; the newest that is complete when absent")
        .parameter_in(ParameterIn::Query)
        .required(Required::False);
    operation(
        "Whether help would arrive, and what would change it",
        JSON,
        reference("ReadinessPage"),
    )
    .parameter(run)
}

/// The map of agreements, with what may be asked of it.
fn map() -> OperationBuilder {
    let optional = |name: &str, description: &str| {
        parameter(name, description).parameter_in(ParameterIn::Query).required(Required::False)
    };
    operation("What exists and what is missing between parties", JSON, reference("MapPage"))
        .parameter(
            optional("party", "A party; repeated for several; this node's own when absent")
                .schema(Some(
                    ArrayBuilder::new().items(ObjectBuilder::new().schema_type(Type::String)),
                ))
                .build(),
        )
        .parameter(optional("on", "On which day; today when absent").build())
        .parameter(optional("purpose", "For which purpose; disaster_relief when absent").build())
        .parameter(optional("status", "actual, exercise or test; actual when absent").build())
        .parameter(optional("first_hours", "Hours in which help must be under way; 48").build())
        .parameter(optional("within_days", "Days in which what ends is listed; 90").build())
}

fn page(path: &str) -> String {
    format!("/api/v1{path}")
}

fn operation(
    summary: &str,
    media: &str,
    schema: impl Into<utoipa::openapi::RefOr<utoipa::openapi::Schema>>,
) -> OperationBuilder {
    let good = ResponseBuilder::new()
        .description("The page")
        .content(media, Content::new(Some(schema)))
        .build();
    let bad = ResponseBuilder::new()
        .description("Why there is no page")
        .content(JSON, Content::new(Some(reference("Problem"))))
        .build();
    OperationBuilder::new().summary(Some(summary)).response("200", good).response("default", bad)
}

fn reference(schema: &str) -> Ref {
    Ref::from_schema_name(schema)
}

fn id() -> Parameter {
    parameter("id", "Its id").parameter_in(ParameterIn::Path).required(Required::True).build()
}

/// Two drafts of an agreement beside each other.
fn drafts() -> OperationBuilder {
    let query = |name: &str, description: &str| {
        parameter(name, description).parameter_in(ParameterIn::Query).required(Required::False)
    };
    operation("Two drafts, clause by clause", JSON, reference("DiffPage"))
        .parameter(id())
        .parameter(query("matter", "The beginning of its matter's id; the actual one when absent"))
        .parameter(query("from", "The older version; the one before the newer when absent"))
        .parameter(query("to", "The newer version; the newest when absent"))
}

fn case() -> Parameter {
    parameter("case", "The id of the case; the newest one when absent")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .build()
}

fn day() -> Parameter {
    parameter("on", "The day the page speaks of; today when absent")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .build()
}

fn parameter(name: &str, description: &str) -> ParameterBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String).build();
    ParameterBuilder::new().name(name).description(Some(description)).schema(Some(text))
}

fn components() -> Components {
    let mut schemas = Vec::new();
    macro_rules! add {
        ($($page:ident),*) => {$(
            schemas.push(($page::name().into_owned(), $page::schema()));
            $page::schemas(&mut schemas);
        )*};
    }
    add!(
        AgreementPage,
        AgreementsPage,
        AskAnswer,
        AskForm,
        CasePage,
        CasesPage,
        ChoicesPage,
        DiffPage,
        DoctorPage,
        LifePage,
        MapPage,
        NeighboursPage,
        NodePage,
        PersonalPage,
        PlanPage,
        Problem,
        ReadinessPage,
        RegisterPage,
        ReportPage,
        SituationPage,
        StepAnswer,
        StepForm
    );
    ComponentsBuilder::new().schemas_from_iter(schemas).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_what_the_pages_say() {
        let file = include_str!("../../../docs/openapi.json");
        let now = openapi().to_pretty_json().unwrap() + "\n";
        assert!(
            file == now,
            "the pages have changed: run `cargo run -p pumasi-view --example openapi > docs/openapi.json`"
        );
    }

    /// Every `$ref` below `value`.
    fn references(value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(|r| r.as_str()).map(ToOwned::to_owned));
                fields.values().for_each(|field| references(field, found));
            }
            serde_json::Value::Array(items) => {
                items.iter().for_each(|item| references(item, found));
            }
            _ => {}
        }
    }

    #[test]
    fn every_schema_named_is_described() {
        let api = serde_json::to_value(openapi()).unwrap();
        let mut found = Vec::new();
        references(&api, &mut found);
        assert!(found.len() > 100, "{}", found.len());
        for path in ["/acts", "/matters", "/plans", "/parties", "/import"] {
            let pointer = format!("/paths/{}/post", page(path).replace('/', "~1"));
            assert!(api.pointer(&pointer).is_some(), "{path}");
        }
        for reference in found {
            let pointer = reference.trim_start_matches('#');
            assert!(api.pointer(pointer).is_some(), "{reference}");
        }
    }
}
