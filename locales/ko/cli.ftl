### What the command says.

## Labels

label-error = 오류:
label-why = 이유:
label-help = 조치:
label-usage = 사용법:
label-commands = 명령:
label-arguments = 인자:
label-options = 옵션:
label-options-short = 옵션
label-command-short = 명령
label-possible = [선택: { $values }]
label-default = [기본값: { $values }]
label-environment = [환경 변수: { $values }]
label-reason = 이유
label-missing = 부족한 것
label-command = 명령
ask-alternatives = 대신 할 수 있는 일
settlement-days = { $mode }, { $days }일 이내
settlement-days-else = { $mode }, { $days }일 이내, 그러지 못하면 { $later }일 이내 상환

## Faults of the command line

usage-unknown-command = `{ $given }`은(는) 없는 명령입니다
    .help = `{ $command } --help`를 확인하십시오
usage-unknown-argument = `{ $given }`은(는) 없는 인자입니다
    .help = `{ $command } --help`를 확인하십시오
usage-value-missing = `{ $argument }`에 값이 없습니다
    .help = `{ $command } --help`를 확인하십시오
usage-bad-value = `{ $given }`은(는) `{ $argument }`의 값으로 쓸 수 없습니다
    .help = `{ $command } --help`를 확인하십시오
usage-argument-missing = 필요한 인자가 없습니다: { $argument }
    .help = `{ $command } --help`를 확인하십시오
usage-command-missing = `{ $command }` 뒤에 명령이 필요합니다
    .help = `{ $command } --help`를 확인하십시오
usage-conflict = `{ $argument }`와(과) `{ $other }`은(는) 함께 쓸 수 없습니다
    .help = 둘 중 하나만 쓰십시오. `{ $command } --help`를 확인하십시오
usage-not-utf8 = 명령줄이 UTF-8이 아닙니다
    .help = 터미널의 문자 인코딩을 UTF-8로 바꾼 뒤 다시 시도하십시오
usage-wrong = 명령줄을 읽을 수 없습니다: { $argument }
    .help = `{ $command } --help`를 확인하십시오
usage-meant = `{ $suggestion }`을(를) 뜻하셨습니까?
usage-possible = 쓸 수 있는 값: { $suggestion }

## Failures

failure-no-node = 폴더 `{ $folder }`에 노드가 없습니다
    .help = `pumasi init --data { $folder } --party ID`로 노드를 만들거나 `--data`로 노드의 폴더를 지정하십시오
failure-not-running = 폴더 `{ $folder }`의 노드가 실행 중이 아닙니다
    .help = `pumasi serve --data { $folder }`로 시작하십시오
failure-unreachable = { $address }의 노드가 응답하지 않습니다
    .help = 노드가 실행 중인지 확인하고, 아니면 `pumasi serve`로 시작하십시오
failure-token = 노드가 이 폴더의 접속 토큰(token)을 받아들이지 않습니다
    .help = `--data`가 실행 중인 노드의 폴더인지 확인하십시오
failure-answer-unreadable = 노드의 응답을 읽을 수 없습니다
    .help = 노드와 이 명령의 버전이 같은지 `pumasi --version`으로 확인하십시오
failure-not-found = `{ $name }`을(를) 찾을 수 없습니다
    .help = 철자를 확인하거나 같은 이름의 `list` 명령으로 목록을 보십시오
failure-status = 노드가 상태 { $status }(으)로 응답했습니다
    .help = 노드의 기록을 확인하십시오
failure-id-short = `{ $name }`은(는) 너무 짧습니다
    .help = 식별자의 앞자리를 네 자리 이상 쓰십시오
failure-id-ambiguous = `{ $name }`(으)로 시작하는 항목이 여럿입니다
    .help = 식별자를 더 길게 쓰십시오
failure-file-missing = 파일 `{ $file }`이(가) 없습니다
    .help = 경로를 확인하십시오. 표준 입력은 `-`로 씁니다
failure-file-unreadable = 파일 `{ $file }`을(를) 읽을 수 없습니다
    .help = 파일의 권한을 확인하십시오
failure-file-too-large = 파일 `{ $file }`이(가) 256 MiB를 넘습니다
    .help = 사안별로 나누어 내보낸 파일을 쓰십시오
failure-file-not-text = 파일 `{ $file }`은(는) { $byte }번째 바이트부터 UTF-8 텍스트가 아닙니다
    .help = UTF-8로 바꾸거나 원본에서 다시 받으십시오
failure-file-exists = 파일 `{ $file }`이(가) 이미 있습니다
    .help = 다른 이름을 쓰거나 기존 파일을 옮기십시오
failure-file-unwritable = 파일 `{ $file }`을(를) 쓸 수 없습니다
    .help = 폴더의 권한과 남은 용량을 확인하십시오
failure-library = 자료집을 쓸 수 없습니다 { $folder }
    .help = 표시된 파일을 고치거나 `--library` 없이 내장 자료를 쓰십시오
failure-units = 수량의 단위가 서로 다릅니다
    .help = 발송과 같은 단위로, 발송량을 넘지 않게 쓰십시오
failure-agreements-clash = 협정 파일을 함께 쓸 수 없습니다
    .help = 식별자가 서로 다른 파일을 지정하십시오
failure-agreement = 협정 파일 `{ $file }`에 잘못이 { $count }건 있습니다
    .help = 표시된 곳을 고친 뒤 `pumasi agreement check { $file }`로 확인하십시오
odrl-too-large = 정책 `{ $file }`의 크기는 { $bytes }바이트입니다. 최대 { $most }바이트까지 읽습니다
    .help = 정책을 한 번에 하나씩 지정하십시오
odrl-malformed = 정책 `{ $file }`의 { $line }행 { $column }열이 JSON 형식에 맞지 않습니다
    .help = 해당 위치를 고치거나 파일을 다시 받으십시오
odrl-too-deep = 정책 `{ $file }`의 중첩이 { $most }단계를 넘습니다
    .help = 정책에 그런 깊이는 필요하지 않습니다. 원본에서 다시 받으십시오
odrl-too-many = 정책 `{ $file }`에 들어 있는 값이 { $most }개를 넘습니다
    .help = 정책을 한 번에 하나씩 지정하십시오
odrl-repeated = 정책 `{ $file }`에 같은 항목이 두 번 있습니다: { $path }
    .help = 둘 중 하나를 지우십시오. 어느 것이 유효한지 알 수 없습니다
odrl-no-policy = 파일 `{ $file }`에 ODRL 정책이 없습니다: { $path }
    .help = JSON-LD로 된 정책 하나가 담긴 파일을 지정하십시오
failure-identity-file = 파일 `{ $file }`은(는) 신원 파일이 아닙니다
    .help = 상대 기관에 `pumasi party export --out FILE`로 만든 파일을 요청하십시오

## Messages of warning centres

alert-empty = 메시지 `{ $file }`이(가) 비어 있습니다
    .help = 다시 받아 원본과 크기를 비교하십시오
alert-too-large = 메시지 `{ $file }`은(는) { $bytes }바이트로 한도 { $most }바이트를 넘습니다
    .help = 메시지 하나 또는 사건이 더 적은 피드를 쓰십시오
alert-not-utf8 = 메시지 `{ $file }`은(는) { $byte }번째 바이트부터 UTF-8이 아닙니다
    .help = 먼저 UTF-8로 바꾸십시오
alert-unknown-format = 메시지 `{ $file }`은(는) 아는 형식이 아닙니다. 시작 부분: `{ $start }`
    .help = 다음 형식 가운데 하나를 쓰십시오: { $formats }
alert-cut-off = 메시지 `{ $file }`이(가) { $line }행에서 끊겼습니다
    .help = 다시 받아 원본과 크기를 비교하십시오
alert-malformed = 메시지 `{ $file }`의 { $line }행이 형식에 맞지 않습니다
    .help = 원본에서 다시 받으십시오
alert-entities = 메시지 `{ $file }`의 { $line }행에 자체 개체 정의가 있습니다
    .help = 이 메시지를 믿지 말고 원본에서 다시 받으십시오
alert-too-complex = 메시지 `{ $file }`이(가) 실제 메시지보다 복잡합니다
    .help = 메시지 하나 또는 사건이 더 적은 피드를 쓰십시오
alert-incomplete = 메시지 `{ $file }`에 없어서는 안 될 값이 없습니다
    .help = 원본에서 다시 받으십시오
alert-no-earthquake = 메시지 `{ $file }`은(는) 지진을 다루지 않습니다
    .help = 지진에 관한 메시지를 쓰십시오

## Bundles

bundle-none = 파일 `{ $file }`은(는) 내보낸 묶음이 아닙니다
    .help = `pumasi matter export`로 만든 파일을 쓰십시오
bundle-line = 묶음 `{ $file }`의 { $line }행이 손상되었습니다
    .help = 보낸 기관에서 다시 받으십시오
bundle-cut-off = 묶음 `{ $file }`이(가) 끊겼습니다: { $stated }행 중 { $found }행
    .help = 보낸 기관에서 다시 받으십시오
bundle-identity = 묶음 `{ $file }`의 신원이 검증되지 않습니다
    .help = 믿지 마십시오. 지문을 전화나 서면으로 대조하고 보낸 기관에 알리십시오
bundle-act = 묶음 `{ $file }`의 행위 { $id }이(가) 검증되지 않습니다
    .help = 믿지 마십시오. 변조되었을 수 있으니 다른 당사자의 사본과 대조하십시오
bundle-agreement-missing = 묶음 `{ $file }`에 협정 `{ $id }`의 정확한 본문이 없습니다
    .help = 협정 본문이 든 묶음을 다시 받으십시오
bundle-agreement-unreadable = 묶음 `{ $file }`의 협정 `{ $id }`을(를) 읽을 수 없습니다
    .help = 더 새로운 버전의 `pumasi`로 검증하십시오
bundle-agreements-clash = 묶음 `{ $file }`의 협정들이 서로 맞지 않습니다
    .help = 사안을 연 기관에 알리십시오
bundle-other-fingerprint = 묶음 `{ $file }`에서 `{ $party }`의 지문은 { $found }이며 { $wanted }이(가) 아닙니다
    .help = 믿지 마십시오. 해당 기관에 지문을 다시 확인하십시오

## Figures

spread = { $central } ({ $low }~{ $high })
amount-ea = { $amount }개
amount-ltr = { $amount }L
amount-kgm = { $amount }kg
amount-day = { $amount }인·일
amount-kwh = { $amount }kWh
at-least = { $value } 이상
duration = { $hours }시간 { $minutes }분
yes = 예
no = 아니요
never = 없음

## What was done

signed = 서명하여 기록했습니다: { $id }
relayed = 경보를 전달했습니다. 기록된 행위 { $count }건
exported = { $count }행을 `{ $file }`에 내보냈습니다
imported = 새 행위 { $new }건을 가져왔습니다. 이미 있던 행위 { $known }건
identity-exported = 이 기관의 신원을 `{ $file }`에 내보냈습니다
tell-fingerprint = 파일과 다른 경로(전화나 서면)로 지문을 알려 주십시오
trusted = 이제 `{ $party }`을(를) 신뢰합니다
compare-fingerprint = 지문을 대조하지 않았습니다. 전화나 서면으로 확인하십시오
verifying = `{ $file }` 검증 중 …
bundle-holds = `{ $file }`이(가) 온전히 검증되었습니다: 서명, 순서, 협정 본문, 규칙
compared = 대조함
not-compared = 대조하지 않음 (`--trust`로 대조)
matter-without-opening = 개설 행위가 없는 사안
planning = 계획 작성 중 …
agreement-checked = { $file }: { $count ->
        [0] 이상 없음
        *[other] 잘못 { $count }건
    }
remark = { $severity }: { $words }
remark-on-clauses = { $severity }({ $clauses }): { $words }
proof-none = 허용되는 길이 없습니다. 협정 { $count }건의 모든 경우를 확인했습니다
proof-way = 허용되는 길이 있습니다
proof-way-consent = 동의를 받으면 허용되는 길이 있습니다
any-other = 조항이 따로 정하지 않은 품목
supposed-event = 사전 동의의 조건을 채우는 재난이 막 일어남
supposed-unreachable = 재난이 막 일어났고 수령자와 연락이 끊김
supposed-requested = 수령자가 요청함
exchange-written = 파일에 기록함: `{ $file }`
exchange-finding = { $place }: { $words }
comparison-same = 두 협정은 같은 것을 같은 조건으로 허용합니다
fault = { $line }행 { $column }열: { $what }
fault-in-clause = { $line }행 { $column }열, 조항 `{ $clause }`: { $what }
more-places = 그 밖에 { $count }곳이 더 있습니다. 모두 보려면 `--all`
assumption = 계획상의 가정
basis-observed = 관측
basis-model = 모형
need-per-day = 하루
need-once = 한 번
reachable = 응답함
silent = 응답 없음
was-refused = (거절됨)
exercise-owes-nothing = 훈련이므로 누구도 아무것도 빚지지 않습니다

## Titles

title-compare-permits-new = 둘째 협정이 더 허용하는 것
title-compare-forbids-new = 첫째 협정이 더 허용하는 것
title-compare-limits = 한도의 차이
title-compare-conditions = 조건의 차이
title-compare-settlements = 정산의 차이
title-compare-passing-on = 제3자 이전의 차이
title-compare-term = 효력 기간의 차이
title-event = 사건
title-footprint = 흔들린 지역
title-people = 사람
title-needs = 필요량
title-findings = 유의 사항
title-order = 발주 { $id }
title-matters = 사안
title-requests = 요청
title-offers = 제안
title-orders = 발주
title-refusals = 거절된 행위
title-timeline = 경과
title-unmet = 미충족 필요량
title-clauses = 조항
title-owed = 정산할 것
title-digests = 노드 간 일치
title-facts = 실제로 있었던 일
title-flows = 운송
title-fingerprints = 지문
title-plan = 계획

## Nothing to show

none-orders = 발주가 없습니다
none-shipments = 발송이 없습니다
none-agreements = 협정이 없습니다
none-clauses = 조항이 없습니다
none-alerts = 메시지에 사건이 없습니다
none-places = 흔들린 지역이 없습니다
none-needs = 필요한 것이 없습니다
none-matters = 사안이 없습니다
none-cases = 등록된 재난이 없습니다
none-acts = 행위가 없습니다
none-requests = 요청이 없습니다
none-offers = 제안이 없습니다
none-owed = 정산할 것이 없습니다
none-facts = 기록된 사실이 없습니다
none-parties = 신뢰하는 당사자가 없습니다
none-flows = 운송이 없습니다
none-unmet = 모두 채울 수 있습니다

## Names of columns and fields

column-step = 행위
column-category = 분야
column-purpose = 목적
column-pairs = 제공 → 수령
column-first = 첫째
column-second = 둘째
column-carried = 운송 수단
column-supposed = 전제
column-id = 식별자
column-title = 제목
column-name = 이름
column-status = 구분
column-stage = 단계
column-next = 다음 차례
column-party = 당사자
column-parties = 당사자
column-assisting = 지원 측
column-requesting = 요청 측
column-debtor = 채무자
column-creditor = 채권자
column-commodity = 품목
column-place = 지역
column-matter = 사안
column-case = 재난
column-clause = 조항
column-sort = 종류
column-article = 조문
column-says = 내용
column-nature = 성격
column-law = 법적 수준
column-signed = 서명일
column-from = 시작일
column-until = 종료일
column-clauses = 조항 수
column-digest = 다이제스트
column-source = 출처
column-settlement = 정산
column-mode = 정산 방식
column-price = 단가
column-amount = 수량
column-ordered = 발주
column-committed = 수락
column-shipped = 발송
column-accepted = 인수
column-rejected = 반려
column-short = 부족
column-received = 도착
column-requested = 요청
column-needed = 필요
column-unmet = 미충족
column-owed = 정산액
column-due = 기한
column-shipment = 발송
column-departs = 출발
column-arrives = 도착
column-opened = 개설
column-latest = 최근
column-open-orders = 진행 중 발주
column-acts = 행위
column-waiting = 대기
column-agreements = 협정
column-signed-by = 서명 수
column-refused = 거절
column-forks = 이중 기록
column-permitted = 허용
column-nodes = 노드
column-same = 일치
column-after = 경과
column-figure = 항목
column-value = 값
column-time = 시각
column-what = 내용
column-cause = 원인
column-intensity = 진도
column-basis = 근거
column-people = 인구
column-displaced = 이재민
column-how-often = 주기
column-fingerprint = 지문
column-address = 주소
column-reach = 연결
column-heard = 최근 응답
column-silent-since = 무응답 시작
column-failure = 실패
column-as-of = 기준 시각

## The event

event-headline = 표제
event-region = 진앙 지역
event-origin = 발생
event-magnitude = 규모
event-depth = 깊이
very-shallow = 매우 얕음
event-epicentre = 진앙
event-message = 메시지
event-kind = 종류
event-sent = 발표
total-displaced = 이재민 (최대)
total-deaths = 사망자
total-without-water = 단수 인구 (최대)
report-origin = 사건 발생
report-first-aid = 첫 지원 도착까지
report-first-foreign-aid = 국경을 넘은 첫 지원 도착까지

## Codes of the API

status-actual = 실제
status-exercise = 훈련
status-test = 시험
stage-requisitioned = 발주됨
stage-committed = 수락됨
stage-refused = 거절됨
stage-cancelled = 취소됨
stage-in-fulfilment = 이행 중
stage-delivered = 도착함
stage-accepted = 인수됨
stage-settling = 정산 중
stage-closed = 종결
request-open = 미대응
request-partly-covered = 일부 충족
request-covered = 충족
request-withdrawn = 철회됨
offer-proposed = 제안됨
offer-accepted = 수락됨
offer-declined = 거절됨
offer-withdrawn = 철회됨
shipment-dispatched = 발송됨
shipment-received = 수령됨
obligation-accrued = 발생
obligation-billed = 청구됨
obligation-discharged = 이행됨 (확인 대기)
obligation-confirmed = 확인됨
obligation-waived = 면제됨
mode-gift = 무상
mode-reimbursement = 현금 상환
mode-replacement-in-kind = 현물 상환
mode-equal-value = 동일 가치 교환
mode-equal-value-exchange = 동일 가치 교환
mode-loan = 대여
nature-real = 실제 협정
nature-summary = 요약
nature-draft = 초안
law-national-law = 국내법
law-intergovernmental = 정부 간
law-political-principles = 정치적 원칙
law-provincial = 지방 간
law-non-governmental = 민간
clause-permit = 허용
clause-forbid = 금지
clause-ceiling = 한도
clause-standing-consent = 사전 동의
clause-settlement = 정산
clause-third-party = 제3자 이전
clause-term = 효력 기간
outcome-permitted = 허용됩니다
outcome-refused = 허용되지 않습니다
outcome-needs = 먼저 필요한 것이 있습니다
message-alert = 첫 발표
message-update = 갱신
message-cancel = 취소
kind-requisition-resource = 발주
kind-offer-resource = 제안
kind-commit-resource = 수락
kind-dispatch-shipment = 발송
kind-receive-resource = 인수
kind-bill-obligation = 청구
kind-discharge-obligation = 이행
kind-confirm-discharge = 이행 확인

## Findings

finding-alert-cancelled = 메시지가 사건을 취소하여 추정하지 않습니다
finding-value-missing = 통상 있는 값이 없습니다
finding-value-unreadable = 읽을 수 없거나 불가능한 값을 뺐습니다
finding-magnitude-is-minimum = 규모는 하한만 알려져 있습니다
finding-report-missing = 강한 흔들림이 추정되나 보고가 없는 곳이 있습니다
finding-place-unknown = 목록에 없는 곳이라 인구를 세지 않았습니다
finding-place-coarse = 기초자치단체 대신 광역 단위로 추정했습니다
finding-rates-borrowed = 다른 나라의 사망률을 적용했습니다
finding-rates-missing = 적용할 비율이 없어 수치에서 뺐습니다
finding-model-unusable = 지반 운동 모형을 쓸 수 없었습니다
finding-model-outside-range = 규모나 깊이가 모형의 적용 범위를 벗어났습니다
finding-commodity-unknown = 목록에 없는 품목을 뺐습니다
finding-units-differ = 단위가 목록과 달라 뺐습니다
finding-not-an-earthquake = 지진이 아닌 항목이 있습니다
finding-entry-skipped = 읽을 수 없는 항목을 건너뛰었습니다
finding-cut-off = 메시지가 중간에 끊겨 그 앞까지만 읽었습니다

## Nodes

founded = `{ $party }`의 노드를 `{ $folder }`에 만들었습니다
keep-roots = `{ $folder }`의 최상위 열쇠를 다른 매체에 옮겨 보관하고 이 컴퓨터에서 지우십시오
serving = 노드가 실행 중입니다. Ctrl-C로 멈춥니다
serving-desk = 화면
serving-peer = 이웃 노드용
column-version = 버전
failure-party-unknown = 당사자 `{ $party }`은(는) 목록에 없습니다
    .help = 철자를 확인하거나, 당사자를 더한 목록 폴더를 `--library`로 지정하십시오
failure-node-exists = 폴더 `{ $folder }`에 이미 노드가 있습니다
    .help = 다른 폴더를 쓰십시오. 열쇠를 덮어쓰면 되돌릴 수 없습니다
failure-in-use = 다른 프로세스가 폴더 `{ $folder }`을(를) 쓰고 있습니다
    .help = 그 프로세스를 끝내거나 `--data`로 다른 폴더를 지정하십시오
failure-listen = 노드가 접속을 받을 수 없습니다
    .help = 포트를 쓰는 다른 프로그램을 끝내거나 `--listen`, `--desk`로 다른 포트를 지정하십시오
failure-node = 노드를 쓸 수 없습니다
    .help = 폴더 `{ $folder }`의 파일과 권한을 확인하십시오. 백업에서 되살릴 때는 먼저 이 폴더를 보존하십시오
failure-system = 운영 체제가 요청을 거절했습니다
    .help = 메모리와 열린 파일의 한도를 확인하십시오

## Plans

plan-sized = 계획을 세우고 검사했습니다
plan-digest = 계획 다이제스트
plan-act = 채택 행위
plan-not-chosen = 채택하지 않음 (`--choose`로 채택)
plan-burden = 남는 부담 (하한 / 지원이 없을 때)
plan-period = { $start } ~ { $end }
plan-horizon = 기간
plan-own-moves = 자체 비축 운송
column-giver = 제공
column-receiver = 수령
column-links = 노선
unmet-no-stock = 비축 없음
unmet-no-link = 노선 없음
unmet-too-late = 시한 내 도착 불가
unmet-no-permit = 허용하는 합의 없음
unmet-ceiling = 합의 한도 도달
unmet-capacity = 노선 용량 초과
unmet-handling = 하역 능력 초과
unmet-not-planned = 계획에 미포함

## 있는 것과 없는 것의 지도

map-title = 있는 것과 없는 것: { $purpose }, { $date }
map-matrix = 누가 누구와 무엇을 할 수 있는가
map-matrix-none = 이 당사자들 사이에 무엇이든 허용하는 협정이 없습니다
map-unbound = 협정 없음
map-lapses = { $days }일 안에 끝나는 것
map-lapses-none = 없음
map-gaps = 없는 것
map-gaps-none = 없음: 모든 종류를 국외에서 제때 보낼 수 있습니다
map-gap-step = 이를 가능하게 하는 가장 덜 민감한 단계: { $step }
map-steps = 다음 단계
column-in-force = 발효 중
column-if-in-force = 초안이 발효되면
cell-unasked = 요청 없이도 가능
cell-on-request = 요청 시 가능
cell-shared = 공유
cell-transit = 경유만 가능
cell-talk = 요청·제안만 가능
cell-consent = 동의 필요
cell-forbidden = 금지
cell-nothing = 없음
cell-in-part = { $answer }(일부)
failure-map = 지도를 그릴 수 없습니다
    .help = 목록에 있는 당사자, 협정이 쓰는 목적, 2026-11-21 같은 날짜를 쓰십시오
