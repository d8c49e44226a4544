### The plan: what moves by when, what stays undone, and how good that is at most.

plan-title = 계획: { $title }
plan-empty = 계획할 것이 없습니다.
plan-empty-next = 필요가 보고된 사안이 있어야 합니다. 필요가 보고되거나 계획이 채택되면 여기에 나타납니다.
plan-chosen = 채택한 당사자: { $party } ·
plan-reckoned = 계산만 하고 채택하지 않음. 기준 시각:
plan-to-fresh = 지금 세운다면 나올 계획 보기
plan-to-chosen = 채택된 계획으로 돌아가기
plan-findings = 계획에서 빠진 것: { $count }건
plan-filter = 표시할 물자
plan-filter-all = 전체

## What it achieves

plan-served = 덜어 내는 부담
plan-half = 절반을 덜기까지
plan-nine-tenths = 10분의 9를 덜기까지
plan-worst = 가장 큰 미충족 비율
plan-worst-at = { $place }, { $commodity }
plan-hours = { $hours }시간
plan-never = 이 기간 안에는 안 됨

## The proof

plan-proof = 증명됨: 어떤 계획도 부담과 비용을 구호가 없을 때 부담의 { $bound } 아래로 내릴 수 없습니다. 이 계획은 { $objective }이며, 그 차이는 { $gap } 이내입니다.
plan-rounding = 소수 대신 정수 단위로 나르느라 잃은 몫은 { $share }입니다.
plan-prove = 다시 증명하기
plan-prove-how = 이 세 본문을 가진 사람은 누구나 이 노드 없이 한계값을 다시 계산할 수 있습니다. 각 본문은 이름이 되는 다이제스트를 그대로 갖습니다.
plan-problem = 문제
plan-certificate = 증명서
plan-digest = 계획

## The map and its clock

plan-map = 언제까지 무엇이 움직이는가
plan-map-sentence = { $hour }시간째의 계획 지도: 구간 { $links }개로 { $all } 중 { $left } 출발, { $there } 도착. 닫히는 때가 있는 노선 { $closed }개. “수송 계획” 표에 같은 수치가 있습니다.
plan-moved = 그때까지 { $all } 중 { $left } 출발, { $there } 도착.
plan-play = 재생
plan-pause = 일시 정지
plan-hour = 시간
plan-hour-of = { $last }시간 중 { $hour }시간째
plan-legend-moving = 이 구간을 이동 중, 굵기는 무게
plan-legend-there = 모두 도착, 굵기는 무게
plan-legend-closed = 닫히는 때가 있음
plan-at-hour = 이 시각에
plan-there = 도착
plan-moving = 이동 중
plan-waiting = 출발 전
plan-own = 자체 비축분
plan-left = { $sent } 발송, { $left } 도착
plan-lies-there = 이미 그곳에 있음

## Pallets and vehicles

plan-loads = 노선·일자별 팰릿과 운송 수단
plan-loads-empty = 차량·컨테이너로 운송하는 물자가 없습니다.
plan-loads-empty-next = 팰릿을 싣는 노선으로 물자를 운송하는 계획이면 여기에 팰릿과 운송 수단이 표시됩니다.
plan-pallets = { $pallets } + 낱개 { $loose }
plan-day = 일차
plan-day-from = 그날 시작
plan-vehicle = 적재 수단
plan-vehicles = 대수
plan-broken = 혼적 팰릿
plan-loaded = 온전한 팰릿 { $pallets }개와 낱개가 남는 팰릿 { $broken }개에 적재합니다. 전 구간 합계 운송 수단 { $vehicles }대가 출발합니다. 비어 있는 비율: 팰릿 자리 { $positions }, 적재 질량 { $mass }.
plan-loading-free = 팰릿과 운송 수단에 맞추어도 부담은 늘지 않습니다. 남겨 두거나 늦게 보내는 물자가 없습니다.
plan-loading-cost = 팰릿과 운송 수단에 맞추며 늘어난 부담(구호가 없을 때 대비): { $share }. 자리가 모자라 남겨 두는 양: { $left }, 늦게 보내는 양: { $delayed }.

## What stays undone

plan-over-time = 시작부터 끝까지 모자라는 양
plan-bars = 모자라는 비율: 처음 { $first }, 최대 { $most }, 끝 { $last }
plan-share-unmet = 미충족 비율
plan-burden-share = 전체 부담 중
plan-needs = 필요 항목
plan-binds = 가장 크게 막는 것
plan-binds-note = 각 필요는 가장 크게 막는 제약 하나에 셈됩니다. 여러 필요가 같은 물자를 기대할 수 있으므로 비율은 상한입니다.

## What would help

plan-next = 다음으로 가장 도움이 될 변화
plan-next-note = 각 변화는 따로 다시 계획한 결과입니다. 효과는 구호가 없을 때 부담에 대한 비율이며 서로 더할 수 없습니다.
plan-next-empty = 시험해 본 어떤 단일 변화도 도움이 되지 않습니다.
plan-next-empty-next = 여러 제약이 함께 막는 곳은 위 표에 나와 있습니다.
plan-change = 변화
plan-gain = 효과
plan-between = 최선 계획끼리의 차이
plan-sure = 증명
plan-sure-yes = 확실히 도움
plan-sure-no = 확실하지 않음
plan-next-open-link = 노선 열기
plan-next-larger-link = 노선 수송력 10% 늘리기
plan-next-resume-clause = 조항을 다시 적용하기
plan-next-larger-ceiling = 한도 10% 늘리기
plan-next-larger-port = 하역 능력 10% 늘리기
plan-next-make-agreement = 아직 없는 협정 맺기
plan-next-larger-stock = 비축량 10% 늘리기
plan-next-lay-in = 필요량의 10% 미리 비축

## Against the plan before

plan-changes = 이전 계획에서 바뀐 것
plan-changes-note = 그대로: { $kept }건. 이미 떠나 바꿀 수 없는 것: { $past }건. 이전 계획의 시작:
plan-changes-empty = 바뀐 것이 없습니다.
plan-changes-empty-next = 이전 계획의 모든 이동이 그대로입니다.
plan-before = 이전
plan-now = 지금
plan-arrived-before = 이전 도착
plan-replan-added = 추가
plan-replan-dropped = 제외
plan-replan-larger = 증가
plan-replan-smaller = 감소
plan-replan-later = 늦어짐
plan-replan-sooner = 빨라짐
plan-replan-rerouted = 경로 변경
plan-cause-link-closed = 노선이 닫힘
plan-cause-link-open = 노선이 다시 열림
plan-cause-agreement-stopped = 조항이 정지됨
plan-cause-agreement-resumed = 조항이 다시 적용됨
plan-cause-stock-less = 보유량이 줄어듦
plan-cause-stock-more = 보유량이 늘어남
plan-cause-need-more = 필요량이 늘어남
plan-cause-need-less = 필요량이 줄어듦
plan-cause-under-way = 일부는 이미 발주됨
plan-cause-whole-plan = 전체로 보아 더 나음
plan-under-way = 이미 발주된 것
plan-under-way-note = 계획은 이를 정해진 것으로 봅니다. 필요량과 보유량에서 이미 빼고 셉니다.
