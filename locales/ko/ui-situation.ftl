### The situation: what broke, who is reachable, what moves.

situation-empty = 진행 중인 재난이 없습니다.
situation-empty-next = 경보가 도착하면 피해 지역, 응답하는 당사자, 이동 중인 물자가 여기에 표시됩니다. 연습하려면 훈련을 시작하십시오.
answers = 한눈에 보기
answer-broke = 피해
answer-reach = 연락 가능
answer-moves = 이동 계획
answer-gap = 미충족
people-displaced = 이재민(명)
worst-place = 최대 피해: { $place }, { $severity }
parties-answer = 당사자 응답
all-answer = 모든 당사자가 응답하고 있습니다.
silent = 무응답: { $parties }
movements-planned = 건 수송 계획
moves-detail = 제공 당사자 { $givers } · 진행 중인 주문 { $orders }
first-arrival = 최초 도착
needs-unserved = 건 충족 불가
no-gap = 파악된 필요량이 모두 계획에 반영되었습니다.
first-gap = 우선: { $place }, { $commodity } – { $cause }

## Event

event-magnitude = 규모
event-depth = 깊이
event-until = 유효 기한
event-over = 기한 지남
event-cancelled = 취소됨: 발표 기관이 이 경보를 취소했습니다.
event-cancelled-next = { $source } 통보가 취소되었습니다. 아래 수치는 아직 유효한 통보에 따른 것입니다. 추가 지원을 보내기 전에 확인하십시오.
own-words = 발표 원문
own-words-in = 발표 원문({ $language })
event-source = 출처
event-messages = 수신 통보

## Maps

maps = 지도
map-event = 피해 지역
map-region = 노선과 수송
map-event-sentence = 피해 지역 지도: 보고된 지역 { $places }곳, 그중 { $threshold } 이상 { $strong }곳, 이재민 추정 { $displaced }명. 같은 수치가 ‘지역’ 표에 있습니다.
map-region-sentence = 권역 지도: 노선 { $links }개, 그중 정상 운행이 아닌 노선 { $cut }개, 한 노선의 최대 계획 물량 { $mass }. 같은 수치가 ‘수송 계획’ 표와 ‘노선’ 표에 있습니다.
map-disclaimer = 이 지도의 경계와 지명은 어느 당사자의 공식 승인이나 수용을 뜻하지 않습니다.
map-epicentre = 진앙
legend-intensity = 진도 JMA (MMI)
legend-class = { $jma } ({ $mercalli })
legend-flow = 수송 계획: 굵기는 중량
legend-circle = 지역: 넓이는 이재민 수
intensity = 진도
intensity-5-lower = 5약
intensity-5-upper = 5강
intensity-6-lower = 6약
intensity-6-upper = 6강

## Tables

situation-needs = 필요량과 지원 진행
situation-no-needs = 추정된 필요량이 없습니다.
situation-no-needs-next = 지역, 세기 또는 범위가 담긴 통보를 읽으면 필요량이 산출됩니다.
flows = 수송 계획
flows-empty = 아직 계획된 수송이 없습니다.
flows-empty-next = 계획에는 필요량, 비축, 운행 중인 노선, 허용하는 조항이 있어야 합니다. 부족한 요소는 미충족 표에 표시됩니다.
giver = 제공
receiver = 수령
unmet-title = 미충족 필요량
unmet-empty = 미충족 필요량이 없습니다.
unmet-empty-next = 경보와 계획이 바뀔 때마다 다시 계산됩니다.
missing = 부족량
unmet-no-stock = 비축 없음
unmet-no-link = 노선 없음
unmet-too-late = 시한 내 도착 불가
unmet-no-permit = 허용하는 합의 없음
unmet-ceiling = 합의 한도 도달
unmet-capacity = 노선 용량 초과
unmet-handling = 하역 능력 초과
unmet-not-planned = 계획에 미포함
links = 노선
links-empty = 계획에 포함된 노선이 없습니다.
links-empty-next = 계획이 수립되면 노선이 표시됩니다.
link = 노선
link-status = 운행
link-open = 정상
link-restricted = 제한
link-suspended = 중단
mode = 수단
mode-sea = 해상
mode-air = 항공
mode-road = 도로
mode-rail = 철도
mode-grid = 전력 계통
cause-relations = 정부 간 관계
cause-pandemic = 감염병
cause-operator = 운영사 사정
cause-damage = 피해
cause-weather = 기상
cause-season = 비운항기
planned-mass = 계획 물량
places = 지역
places-empty = 보고된 지역이 없습니다.
places-empty-next = 지역이나 범위가 담긴 통보를 읽으면 표시됩니다.
basis = 근거
basis-observed = 관측
basis-model = 모형 추정
residents = 주민 수
first-needs = 우선 필요량
reach-title = 관련 당사자
reach-empty = 아직 관련 당사자가 없습니다.
reach-empty-next = 당사자와 함께 사안을 열면 표시됩니다.

## Messages

messages = 수신한 통보
messages-empty = 읽은 통보가 없습니다.
messages-empty-next = 통보가 도착하면 받은 그대로 여기에 표시됩니다.
message = 통보
message-sent = 발표 시각
message-hazards = 재난
message-kind = 구분
message-alert = 발표
message-update = 갱신
message-cancel = 취소
message-digest = 수신 바이트의 SHA-256
headline = 제목

## Severity

severity = 진도·바람·특보
severity-shaking = 진도 { $intensity }
severity-wind = 풍속 { $speed } m/s 이상
severity-warned = { $hazard } { $degree }
severity-counted = 피해 집계
threshold-shaking = JMA 5강(MMI 7)
threshold-wind = 풍속 33 m/s
threshold-warned = 경보
legend-wind = 최대 풍속
legend-warned = 특보 단계

## Outlines

map-event-sentence-plain = 피해 지역 지도: 보고된 지역 { $places }곳, 이재민 추정 { $displaced }명. 같은 수치가 ‘지역’ 표에 있습니다.
map-eye = 태풍 중심
map-wind = { $speed } m/s
map-wind-ahead = { $speed } m/s · { $time }
outlines = 지도 위의 구역과 원: { $count }
outlines-title = 통보에 담긴 구역과 원
outline = 구분
outline-where = 위치
outline-area = 경보 구역
outline-circle = 경보 반경
outline-wind = 바람 반경
outline-wind-ahead = 바람 반경(예상)
outline-wind-of = 풍속 { $speed } m/s 이상
outline-wind-ahead-of = 예상: 풍속 { $speed } m/s 이상
outline-circle-at = { $point }, 반경 { $radius } km
outline-between = { $from } ~ { $to }
degrees-north = 북위 { $degrees }°
degrees-south = 남위 { $degrees }°
degrees-east = 동경 { $degrees }°
degrees-west = 서경 { $degrees }°

## People

people = 인명과 생활
people-note = 전체 지역의 추정치입니다. 막대는 0에서 각 범위의 상한까지이며, 세로선이 중앙값입니다.
factors = 산정 계수
factors-version = 산정 계수: { $version } 판.
between = { $low }~{ $high }
residents-meaning = 피해 지역에 거주하는 모든 주민으로, 대부분은 외부 지원이 필요하지 않습니다.
people-evacuated = 대피자(최대)
people-evacuated-meaning = 하룻밤 대피와 대피 명령에 따른 대피를 포함하여, 가장 많을 때 집을 떠나 있는 사람입니다.
people-displaced-meaning = 위험이 지난 뒤에도 집이 부서지거나 물이 끊겨 돌아가지 못하는 사람입니다. 필요량은 대부분 이 수치로 산정합니다.
without-water = 단수 인구
without-water-meaning = 어디에 머무르든 식수는 이 수치로 산정합니다.
deaths = 사망
deaths-meaning = 재난 전체의 모형 추정 또는 집계이며, 필요량 산정에는 쓰지 않습니다.
deaths-untold = 이 유형의 재난에는 아직 사망자를 추정할 방법이 없습니다.
range-of-displaced = 이재민 범위

## Sources of the figures

sources-of = 수치의 출처: { $place }
message-behind = 수치의 근거 통보
needs-of-place = 이 지역의 필요량과 산정 계수
need-rate = 산정 단위
need-per-day = 하루마다
need-once = 한 번
factor-source = 계수의 출처

## How the estimate moved

moves = 추정의 변화
moves-empty = 추정치가 아직 없습니다.
moves-empty-next = 통보나 집계가 들어올 때마다 새로 추정하여 직전 추정과 나란히 표시합니다.
moves-one = 지금까지 추정 1회: 이재민 { $central }명, 범위 { $low }~{ $high }명.
moves-sentence = 추정 { $count }회: 이재민 { $first }명 → { $central }명, 현재 범위 { $low }~{ $high }명.
moves-modelled = 통보에 따름
moves-counted = 집계 반영
moves-difference = 증감
moves-new-factors = 새 산정 계수: { $version }
moves-rests = 근거 통보 { $count }건

## Situation reports

situations = 상황 보고
situations-empty = 도착한 상황 보고가 없습니다.
situations-empty-next = 당사자가 집계하고 확인한 내용이 원문 그대로 표시되며, 집계가 있는 곳에서는 모형을 대신합니다.
situation-of = { $province }: { $party } 보고
