//! A small world for the tests of this crate: one case in two matters, its catalog and lexicon.

use pumasi_act::testing::{World, agreement};
use pumasi_act::{ActId, Folded};
use pumasi_agreement::Agreements;
use pumasi_base::{Catalog, Lang, PartyId, Status, Time};
use serde_json::{Value, json};

use crate::lexicon::Lexicon;
use crate::visible::Held;

const CATALOG: &str = include_str!("world/catalog.toml");
const PLACES: &str = "id,level,province,ko,ja,zh,en,people,lat,lon,source
jp,province,,일본,日本,日本,Japan,1000,36.0,136.0,s
jp-1,municipality,jp,와지마,輪島,轮岛,Wajima,600,37.4,136.9,s
jp-2,municipality,jp,스즈,珠洲,珠洲,Suzu,400,37.5,137.2,s
kr,province,,한국,韓国,韩国,Korea,5000,37.0,127.0,s
cn,province,,중국,中国,中国,China,9000,32.0,118.0,s
";

/// The catalog: Japan was hit, Korea and China can help by sea.
pub(crate) fn catalog() -> Catalog {
    Catalog::read(&[("catalog.toml", CATALOG), ("places.csv", PLACES)]).unwrap()
}

pub(crate) fn lexicon() -> Lexicon {
    Lexicon::new(&catalog(), [agreement()])
}

pub(crate) fn agreements() -> Agreements {
    Agreements::compile(&[agreement()]).unwrap()
}

pub(crate) fn party(id: &str) -> PartyId {
    id.parse().unwrap()
}

/// The event.
pub(crate) fn origin() -> Time {
    "2024-01-01T00:00:00Z".parse().unwrap()
}

pub(crate) fn alert(version: &str, sent: &str) -> Value {
    json!({
        "source": "jma", "event": "20240101", "version": version, "sent": sent,
        "origin": "2024-01-01T00:00:00Z",
        "epicentre": {"lat_micro": 37_500_000, "lon_micro": 137_200_000},
        "magnitude": "7.6 Mj", "depth_km": 16, "headline": "震度７", "headline_lang": "ja",
        "strongest": {"jp": "7"}, "document": pumasi_base::Digest::of(version.as_bytes())})
}

/// Needs of Wajima and Suzu: `water` litres a day and `blankets` once at Wajima (central), half of
/// that at Suzu; low is half of central, high its double.
pub(crate) fn needs(alert: ActId, water: i64, blankets: i64) -> Value {
    let need = |per_day: bool, central: i64| json!({"per_day": per_day, "amount": [central / 2, central, 2 * central]});
    let place = |tenths: i64, part: i64| {
        json!({
            "intensity": "6+", "intensity_tenths": tenths, "observed": true,
            "displaced": [10, 20, 40],
            "needs": {
                "drinking_water": need(true, water / part), "blanket": need(false, blankets / part)}})
    };
    json!({
        "alert": alert, "province": "jp", "factors": "1",
        "sources": {"drinking_water": "Standards, water", "blanket": "Standards, bedding"},
        "places": {"jp-1": place(60, 1), "jp-2": place(65, 2)}})
}

/// One case as three parties see it: Japan shares one matter with Korea and one with China.
pub(crate) struct Case {
    pub(crate) kr: World,
    pub(crate) cn: World,
    /// The order Korea filled.
    pub(crate) order: ActId,
}

impl Case {
    /// A case of `status` in which alerts, needs, one filled order, one push and one refusal were
    /// written.
    pub(crate) fn played(status: Status) -> Self {
        let mut kr = World::new(&["jp", "kr"], vec![agreement()], status, origin());
        let mut cn = World::new(&["jp", "cn"], vec![agreement()], status, origin());
        for world in [&mut kr, &mut cn] {
            let first = world.act("jp", "relay_alert", None, alert("1", "2024-01-01T00:08:00Z"));
            world.act("jp", "report_needs", None, needs(first, 100, 40));
            let second = world.act("jp", "relay_alert", None, alert("2", "2024-01-01T00:14:00Z"));
            world.act("jp", "report_needs", None, needs(second, 240, 600));
        }
        let order = kr.order_to_receipt("kr", "jp", json!({"mode": "gift", "price": null}));
        kr.act(
            "kr",
            "push_resource",
            Some("kr-jp/art-8"),
            json!({
                "requesting": "jp", "commodity": "drinking_water", "quantity": "120 LTR",
                "purpose": "disaster_relief", "place": "jp-1", "contact_lost": true}),
        );
        cn.act(
            "jp",
            "request_resource",
            Some("kr-jp/art-1"),
            json!({
                "assisting": "cn", "commodity": "rifle_ammunition", "quantity": "5 EA",
                "purpose": "disaster_relief", "place": "jp", "need_by": null}),
        );
        Self { kr, cn, order }
    }

    /// Runs `look` on the matters as a node that holds both has them.
    pub(crate) fn held<T>(&self, look: impl FnOnce(&[Held<'_>]) -> T) -> T {
        let (kr, cn): (Folded, Folded) = (self.kr.folded(), self.cn.folded());
        look(&[
            Held { folded: &kr, acts: &self.kr.acts },
            Held { folded: &cn, acts: &self.cn.acts },
        ])
    }
}

/// Words in English, for tables of text.
pub(crate) fn en(words: &crate::page::Words) -> &str {
    words.in_lang(Lang::En)
}
