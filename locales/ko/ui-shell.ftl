### Words of the frame around every page, and words that several pages share.

product = 품앗이
skip = 본문으로 건너뛰기
pages = 페이지
language = 언어
loading = 불러오는 중
try-again = 다시 시도
nav-situation = 상황
nav-case = 지원 경과
nav-agreements = 합의
nav-nodes = 노드
nav-report = 사후 보고
page-situation = 상황
page-case = 지원 경과
page-agreements = 합의
page-agreement = 합의
page-nodes = 노드
page-report = 사후 보고서
page-unknown = 없는 페이지
unknown-page = 이 주소에는 페이지가 없습니다.
unknown-page-next = 위 메뉴에서 페이지를 선택하십시오.
case-choice = 표시할 재난
case-choice-rehearsed = { $title } ({ $status })
live-connecting = 연결 중
live-live = 실시간
live-broken = 연결 끊김
footer-times = JST는 일본, KST는 한국(모두 UTC+9), CST는 중국(UTC+8) 표준시입니다.
footer-node = 노드: { $party }, 버전 { $version }

## Exercise and test

status-banner = 이 페이지의 구분
banner-exercise = 훈련 – 훈련 – 훈련
banner-exercise-detail = 이 페이지의 내용은 실제 상황이 아닙니다. 훈련 중의 행위는 어떠한 의무도 발생시키지 않습니다.
banner-test = 시험 – 시험 – 시험
banner-test-detail = 기술 시험입니다. 이 페이지의 내용은 실제 상황이 아닙니다.
status-actual = 실제 상황
status-exercise = 훈련
status-test = 시험
owes-nothing = 훈련: 채권·채무가 발생하지 않습니다.

## Failures, by the side that failed

fault-link = 이 브라우저에서 자기 노드에 연결할 수 없습니다.
fault-link-help = 케이블과 네트워크, 노드의 작동 여부를 확인하십시오. 입력한 내용은 남아 있습니다.
fault-session = 노드가 이 브라우저를 더 이상 인식하지 못합니다.
fault-session-help = 노드가 출력한 접속 링크를 연 뒤 돌아오십시오. 입력한 내용은 이 탭을 닫기 전까지 남아 있습니다.
fault-absent = 노드에 이 주소의 내용이 없습니다.
fault-absent-help = 아직 도착하지 않았거나 이 노드와 공유되지 않은 내용일 수 있습니다. 주소를 확인하거나 상황 페이지로 돌아가십시오.
fault-form = 노드가 보낸 내용을 처리할 수 없었습니다.
fault-form-help = 입력란을 확인하고 다시 보내십시오. 입력한 내용은 남아 있습니다.
fault-neighbour = 이웃 노드가 응답하지 않았습니다.
fault-neighbour-help = 자기 노드는 정상입니다. 어느 쪽이 언제부터 응답하지 않는지 노드 페이지에서 확인하고 전화로 연락하십시오.
fault-ours = 자기 노드에서 오류가 발생했습니다.
fault-ours-help = 다시 시도하고, 반복되면 노드 운영자에게 알리십시오. 입력한 내용은 남아 있습니다.
stale = 이 페이지를 갱신하지 못했습니다.
stale-since = 표시된 내용의 수신 시각:

## Tables, lists and figures

figure-as-table = 표로 보기
show-more = { $count }건 더 보기
show-fewer = 접기
show-earlier = 이전 { $count }건 보기
show-latest = 최근 것만 보기
list-separator = ,{" "}
search-hint = 이름 또는 코드 입력
search-none = 해당하는 항목이 없습니다.
none = –
nobody = 없음
never = 없음
not-yet = 아직 없음
not-heard = 수신 없음
not-arrived = 도착분 없음
share = { $part } / { $whole }
range = ({ $low }~{ $high })
times = { $count }건
as-of = 기준 시각
since = 시작일

## Units

unit-ea = { $amount }개
unit-ltr = { $amount } L
unit-kgm = { $amount } kg
unit-day = { $amount }인일
unit-kwh = { $amount } kWh
unit-tonne = { $amount } t
unit-name-ea = 개
unit-name-ltr = 리터
unit-name-kgm = 킬로그램
unit-name-day = 인일
unit-name-kwh = 킬로와트시
kilometres = { $count } km
per-day = /일
duration-minutes = { $minutes }분
duration-hours = { $hours }시간 { $minutes }분
duration-days = { $days }일 { $hours }시간

## Words that several pages share

party = 당사자
commodity = 품목
amount = 수량
place = 지역
cause = 원인
clause = 조항
clauses = 조항
why = 사유
time = 시각
status = 구분
stage = 단계
source = 출처
sources = 출처
matter = 사안
digest = 다이제스트
neighbour = 이웃
settlement = 정산
due = 기한
plain-words = 쉬운 말 풀이
departs = 출발
arrives = 도착
way = 경로
reach = 연결
reach-yes = 응답
reach-no = 무응답
last-heard = 최근 수신
comparison = 비교
event-origin = 발생 시각
need-bar = 진행
need-needed = 필요
need-stock = 현지 비축
need-first-tranche = 1차 물량
need-first-tranche-why = 1차 물량은 3일치 필요량의 하한에서 현지 비축과 수락된 물량을 뺀 것입니다. 어떤 경우에도 필요한 양이며, 다음 물량은 다음 통보를 보고 정할 수 있습니다.
need-requested = 요청
need-committed = 수락
need-shipped = 발송
need-received = 인수
need-unmet = 미충족
meaning-done = 완료
meaning-moving = 진행 중
meaning-waiting = 조치 대기
meaning-stopped = 중단
meaning-unknown = 미확인
meaning-ahead = 미도달
case-empty = 아직 등록된 재난이 없습니다.
case-empty-next = 경보가 도착하거나 훈련이 시작되면 열립니다.
shared-empty = 공유 중인 사안이 없습니다.
shared-empty-next = 이웃을 공유 대상에 넣어 사안을 열면 공유가 시작됩니다.
settlement-gift = 기증
settlement-reimbursement = 대금 상환
settlement-replacement-in-kind = 현물 상환
settlement-equal-value = 등가 교환
settlement-loan = 대여
obligation-accrued = 발생
obligation-billed = 청구됨
obligation-due = 기한 도래
obligation-overdue = 기한 경과
obligation-discharged = 이행됨
obligation-confirmed = 이행 확인됨
obligation-converted = 전환됨
obligation-disputed = 이의 제기
obligation-waived = 면제
compared-equal = 일치
compared-unequal = 불일치
compared-behind = 수신 지연
compared-diverged = 상태 불일치
compared-unknown = 수신 전
kind-open-matter = 사안 개시
kind-relay-alert = 경보 전달
kind-report-needs = 필요량 보고
kind-choose-plan = 계획 채택
kind-request-resource = 요청
kind-offer-resource = 제안
kind-requisition-resource = 발주
kind-commit-resource = 수락
kind-decline-resource = 거절
kind-push-resource = 선제 지원
kind-dispatch-shipment = 발송
kind-receive-resource = 인수
kind-bill-obligation = 청구
kind-discharge-obligation = 이행
kind-confirm-discharge = 이행 확인

alarm = 경보
alarm-to = 이유와 할 일 보기
