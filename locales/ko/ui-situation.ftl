### The situation: what broke, who is reachable, what moves.

situation-empty = 진행 중인 재난이 없습니다.
situation-empty-next = 경보가 도착하면 피해 지역, 응답하는 당사자, 이동 중인 물자가 여기에 표시됩니다. 연습하려면 훈련을 시작하십시오.
answers = 한눈에 보기
answer-broke = 피해
answer-reach = 연락 가능
answer-moves = 이동 계획
answer-gap = 미충족
people-displaced = 이재민(명)
worst-place = 최대 피해: { $place }, 진도 { $intensity }
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
event-source = 출처
event-messages = 수신 통보

## Maps

maps = 지도
map-event = 피해 지역
map-region = 노선과 수송
map-event-sentence = 피해 지역 지도: 보고된 지역 { $places }곳, 그중 JMA 5강(MMI 7) 이상 { $strong }곳, 이재민 추정 { $displaced }명. 같은 수치가 ‘지역’ 표에 있습니다.
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
situation-no-needs-next = 진도가 담긴 경보를 읽으면 필요량이 산출됩니다.
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
cause-relations = 정부 간 관계
cause-pandemic = 감염병
cause-operator = 운영사 사정
cause-damage = 피해
cause-weather = 기상
cause-season = 비운항기
planned-mass = 계획 물량
places = 지역
places-empty = 보고된 지역이 없습니다.
places-empty-next = 진도가 담긴 통보를 읽으면 지역이 표시됩니다.
basis = 근거
basis-observed = 관측
basis-model = 모형 추정
residents = 주민 수
first-needs = 우선 필요량
reach-title = 관련 당사자
reach-empty = 아직 관련 당사자가 없습니다.
reach-empty-next = 당사자와 함께 사안을 열면 표시됩니다.
