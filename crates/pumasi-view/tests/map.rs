//! The map of the library of this repository, in words.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pumasi_agreement::{Agreement, Agreements};
use pumasi_base::{Catalog, Lang, Time};
use pumasi_view::Lexicon;
use pumasi_view::map::{MapForm, PARTIES_MAX, map};
use pumasi_view::page::{MapPage, Problem};

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn drawn(form: &MapForm) -> Result<MapPage, Box<Problem>> {
    let texts = [files("catalog", "toml"), files("catalog/places", "csv")].concat();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let catalog = Catalog::read(&texts).unwrap_or_else(|errors| panic!("{errors:?}"));
    let read = |(name, text): &(String, String)| pumasi_agreement::read(name, text).unwrap();
    let agreements: Vec<Agreement> = files("agreements", "toml").iter().map(read).collect();
    let compiled = Agreements::compile(&agreements).unwrap();
    let now: Time = "2026-11-01T03:00:00Z".parse().unwrap();
    let own = "kr-42".parse().unwrap();
    map(&Lexicon::new(&catalog, agreements), &compiled, form, Some(&own), now)
        .map(pumasi_view::Visible::into_inner)
}

fn form(parties: &str, status: &str) -> MapForm {
    MapForm {
        parties: parties.split_whitespace().map(ToOwned::to_owned).collect(),
        status: Some(status.to_owned()),
        ..MapForm::default()
    }
}

#[test]
fn counts_and_gaps_are_told_in_four_languages() {
    let page = drawn(&form("", "actual")).unwrap();
    assert_eq!(
        (page.parties.as_slice(), page.on.as_str()),
        (["kr-42".to_owned()].as_slice(), "2026-11-01")
    );
    let said = Lang::ALL.map(|lang| {
        let gap = page.gaps.iter().find(|gap| gap.group == "energy").unwrap();
        let texts = [&page.counts[0].words, &gap.words, &gap.near[0].words];
        texts.map(|words| words.in_lang(lang)).join("\n")
    });
    expect_test::expect![[r#"
        강원특별자치도, 발효 중: 재난 경보와 상황 보고의 교환 22곳(국외 5곳), 직원 교류와 공동 훈련 5곳, 요청에 따른 구호물자 17곳(국외 0곳), 사전 동의에 따른 선제 지원 1곳(국외 0곳), 구조대와 지원 인력 17곳(국외 0곳), 수송과 항만 이용 17곳(국외 0곳), 정산을 전제로 한 공급과 공동구매 17곳(국외 0곳), 연료와 전력 17곳(국외 0곳). 초안이거나 서명만 된 상태: 재난 경보와 상황 보고의 교환 7곳, 직원 교류와 공동 훈련 7곳, 요청에 따른 구호물자 10곳, 사전 동의에 따른 선제 지원 1곳, 구조대와 지원 인력 1곳, 수송과 항만 이용 10곳, 정산을 전제로 한 공급과 공동구매 10곳, 연료와 전력 10곳.
        요청이 있어도 첫 48시간 안에 강원특별자치도에 연료·전력 지원을 보낼 수 있는 곳이 한 곳도 없습니다.
        ‘재난 구호 물자·용역 상호 제공에 관한 한일 합의(초안)’ 발효 시 가능합니다(니가타현, 도야마현, 이시카와현 외 7곳).
        江原特別自治道、発効済み：災害の警報と状況報告の交換 22者（うち国外5者）、職員の交流と共同訓練 5者、要請に応じた救援物資 17者（うち国外0者）、事前同意に基づくプッシュ型支援 1者（うち国外0者）、救助隊と応援職員 17者（うち国外0者）、輸送と港の利用 17者（うち国外0者）、精算を前提とした供給と共同購入 17者（うち国外0者）、燃料と電力 17者（うち国外0者）。草案または署名のみ：災害の警報と状況報告の交換 7者、職員の交流と共同訓練 7者、要請に応じた救援物資 10者、事前同意に基づくプッシュ型支援 1者、救助隊と応援職員 1者、輸送と港の利用 10者、精算を前提とした供給と共同購入 10者、燃料と電力 10者。
        要請があっても、最初の48時間に江原特別自治道へ燃料・電力を送れるところは一つもありません。
        「災害救援のための物品・役務の相互提供に関する日韓合意（草案）」が発効すれば可能です（新潟県、富山県、石川県 ほか7者）。
        江原特别自治道，已生效：交换灾害预警和灾情报告22方（其中境外5方）、人员交流与联合演练5方、应请求提供救灾物资17方（其中境外0方）、依常设同意的主动支援1方（其中境外0方）、救援队与支援人员17方（其中境外0方）、运输与港口使用17方（其中境外0方）、须结算的供应与联合采购17方（其中境外0方）、燃料与电力17方（其中境外0方）。仅为草案或仅已签署：交换灾害预警和灾情报告7方、人员交流与联合演练7方、应请求提供救灾物资10方、依常设同意的主动支援1方、救援队与支援人员1方、运输与港口使用10方、须结算的供应与联合采购10方、燃料与电力10方。
        即使提出请求，最初48小时内没有任何一方可以向江原特别自治道提供燃料与电力。
        《关于救灾物资与服务相互提供的韩日协议（草案）》生效后即可（新潟县、富山县、石川县等另外7方）。
        Gangwon State has in force: exchange of alerts and situation reports with 22 (5 abroad); staff exchange and joint drills with 5; relief goods on request with 17 (0 abroad); goods sent unasked under standing consent with 1 (0 abroad); rescue teams and staff with 17 (0 abroad); transport and port services with 17 (0 abroad); supply against repayment, joint purchasing with 17 (0 abroad); fuel and electricity with 17 (0 abroad). Drafted or signed only: exchange of alerts and situation reports with 7; staff exchange and joint drills with 7; relief goods on request with 10; goods sent unasked under standing consent with 1; rescue teams and staff with 1; transport and port services with 10; supply against repayment, joint purchasing with 10; fuel and electricity with 10.
        Nobody can send fuel and electricity to Gangwon State in the first 48 hours, even if asked.
        “Korea–Japan Agreement on Reciprocal Supplies and Services for Disaster Relief (draft)” would close the gap once in force (Niigata Prefecture, Toyama Prefecture, Ishikawa Prefecture and 7 more)."#]].assert_eq(&said.join("\n"));
}

#[test]
fn a_cell_says_what_is_in_force_and_what_more_is_drafted() {
    let page = drawn(&form("kr-42 jp-31", "actual")).unwrap();
    let row = &page.rows[0];
    assert_eq!((row.pairs.len(), row.domestic, page.rows.len()), (2, false, 1));
    let cell = |group: &str| {
        let cell = row.cells.iter().find(|cell| cell.group == group).unwrap();
        let coming = cell.coming.as_deref().unwrap_or("no more");
        format!("{} {} {coming}", cell.answer, if cell.whole { "whole" } else { "part" })
    };
    assert_eq!(cell("information"), "shared whole no more");
    assert_eq!(cell("water_food"), "talk whole unasked");
    assert_eq!(cell("transport"), "nothing whole on_request");
    assert_eq!(cell("arms"), "nothing whole no more");
    let exercise = drawn(&form("kr-42 jp-31", "exercise")).unwrap();
    let arms = exercise.rows[0].cells.iter().find(|cell| cell.group == "arms").unwrap();
    assert_eq!(arms.answer, "forbidden");
    let next = &page.relations[0];
    assert_eq!(next.next.as_deref(), Some("relief_goods"));
    let coming = "The least sensitive step still open: relief goods on request. “";
    assert!(next.words.en.starts_with(coming), "{}", next.words.en);
}

#[test]
fn whatever_the_lists_name_is_told_once_in_words() {
    let page = drawn(&form("kr-42 jp-31 jp-17 kr-mnd jp-mod", "actual")).unwrap();
    let names: Vec<&str> = page.names.iter().map(|name| name.id.as_str()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    let pairs = page.rows.iter().flat_map(|row| &row.pairs).chain(&page.unbound);
    for pair in pairs {
        assert!(names.contains(&pair.one.as_str()) && names.contains(&pair.other.as_str()));
    }
    let cells = page.rows.iter().flat_map(|row| &row.cells);
    let acts = cells.flat_map(|cell| &cell.acts).flat_map(|act| &act.clauses);
    let near = page.gaps.iter().flat_map(|gap| &gap.near).flat_map(|near| &near.clauses);
    let mut cited = 0;
    for clause in acts.chain(near).chain(page.lapses.iter().map(|lapse| &lapse.clause)) {
        let known = page
            .clauses
            .iter()
            .filter(|known| known.agreement == clause.agreement && known.clause == clause.clause);
        assert_eq!(known.count(), 1, "{clause:?}");
        assert!(page.titles.iter().any(|title| title.id == clause.agreement));
        cited += 1;
    }
    assert!(cited > 20, "{cited}");
    assert!(page.unbound.iter().any(|pair| pair.one == "jp-17" && pair.other == "kr-mnd"));
}

#[test]
fn what_does_not_read_is_named() {
    let code = |form: &MapForm| drawn(form).unwrap_err().code;
    let base = form("kr-42", "actual");
    assert_eq!(code(&form("kr-42 xx", "actual")), "party_unknown");
    assert_eq!(code(&form("kr-42", "maybe")), "status_unknown");
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(code(&MapForm { on: some("soon"), ..base.clone() }), "date_unreadable");
    assert_eq!(code(&MapForm { purpose: some("war"), ..base.clone() }), "purpose_unknown");
    assert_eq!(code(&MapForm { first_hours: some("-1"), ..base.clone() }), "span_unreadable");
    assert_eq!(code(&MapForm { within_days: some("9999"), ..base }), "span_unreadable");
    let many: Vec<String> = (1..=PARTIES_MAX + 1).map(|n| format!("jp-{n:02}")).collect();
    assert_eq!(code(&form(&many.join(" "), "actual")), "parties_too_many");
}
