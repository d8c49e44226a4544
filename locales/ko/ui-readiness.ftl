### Whether help would arrive: what stays unmet over many scenarios, and what would change it.

nav-readiness = 대비 수준
page-readiness = 대비 수준

## What the figures rest on

readiness-lead = 재난이 일어난다면 어떻게 되는지 보여 줍니다. 얼마나 부족한지, 지원이 언제 도착하는지, 누가 누구에게 기대는지, 무엇이 달라지면 나아지는지입니다.
readiness-run = 실행
readiness-runs = 아직 표시할 수 없는 실행
readiness-progress = 실행 { $run }: 시나리오 { $of }건 중 { $done }건
readiness-fault = 실행 { $run }: 읽을 수 없음
readiness-absent = 이름이 { $run }인 실행이 없습니다.
readiness-absent-next = 옮겼거나 이름을 바꾸었을 수 있습니다.
readiness-newest = 가장 최근 실행 보기
readiness-empty = 아직 완료된 실행이 없습니다.
readiness-empty-next = 실행은 일어날 수 있는 많은 재난에 대해 계획을 세우고 무엇이 부족한지 셉니다. 아래 명령으로 실행하며, 진행 상황과 결과가 여기에 나타납니다.
readiness-without = 이 실행에는 표시할 수치가 없습니다.
readiness-without-next = 위에서 완료된 실행을 고르십시오.
readiness-coming = 실행이 진행 중입니다.
readiness-coming-next = 시나리오를 모두 마치면 수치가 여기에 나타납니다.
readiness-sample = 실행 { $run }: 추출한 시나리오 { $scenarios }건(시드 { $seed })에 근거하며, 그중 { $harmful }건에서 지원이 필요합니다. 가중치를 고려하면 고르게 추출한 { $effective }건에 해당하고, 연간 { $yearly }건의 재난을 대표합니다.
readiness-intervals = 괄호 안은 시나리오를 { $resamples }번 재추출했을 때 { $percent }%가 드는 구간입니다. 모형 자체의 오차는 포함하지 않습니다.
readiness-input = 여기서 정지·차단·추가는 모형에 넣은 가정이며, 어느 당사자에 대한 예측이 아닙니다.
readiness-person-days = 인일: 식수 없이 지내는 것만큼 절실한 것을 한 사람이 하루 동안 받지 못함을 뜻합니다.
readiness-job = 실행한 내용
readiness-year = 연도
readiness-season = 계절
readiness-season-all = 연중
readiness-season-spring = 봄
readiness-season-summer = 여름
readiness-season-autumn = 가을
readiness-season-winter = 겨울
readiness-planned = 계획 기간
readiness-planned-is = { $hours }시간({ $each }시간씩 { $periods }기간)
readiness-delay = 계획 시작
readiness-delay-is = 발생 { $hours }시간 뒤
readiness-drafts = 합의 초안
readiness-drafts-count = 발효한 것으로 계산
readiness-drafts-not = 계산에서 제외
readiness-unreachable = 연락할 수 없는 당사자
readiness-asked = 달라진다고 가정한 것
readiness-asked-all = 정지, 차단, 다음 단계
readiness-asked-none = 없음
readiness-asked-agreements = 합의의 정지
readiness-asked-links = 노선의 차단
readiness-asked-candidates = 다음 단계

## How much stays unmet

readiness-unmet = 얼마나 부족한가
readiness-needs-nothing = 지원이 필요한 시나리오가 없습니다.
readiness-all = 전체
readiness-now = 현재 상태
readiness-local = 지역 간 협력만
readiness-local-note = 지역 간 협력만: 시·도와 시·군·구 사이의 합의와 각자의 비축만 남기고, 국가 간 합의와 국내법에 따른 지원은 제외합니다.
readiness-dots-title = { $commodity }: 재난 20건 가운데 몇 건에서 얼마나 부족한가
readiness-dots-now = 현재 상태에서는 재난 { $all }건 가운데 부족이 없는 재난이 { $none }건, 절반 넘게 부족한 재난이 { $half }건입니다.
readiness-dots-local = 지역 간 협력만으로는 { $all }건 가운데 부족이 없는 재난이 { $none }건, 절반 넘게 부족한 재난이 { $half }건입니다.
readiness-dots-note = 점 하나는 해당 물품이 필요한 재난의 20분의 1입니다.
readiness-share-unmet = 미충족 비율
readiness-nothing = 부족 없음
readiness-dot = 점
readiness-half = 절반이 도착하기까지
readiness-ninety = 90%가 도착하기까지
readiness-arrival-now = 현재 상태에서는 피해 지역 { $all }곳 가운데 { $hours }시간 안에 도착하는 곳이 { $by }곳, { $horizon }시간 안에 도착하지 않는 곳이 { $never }곳입니다.
readiness-arrival-local = 지역 간 협력만으로는 { $all }곳 가운데 { $hours }시간 안에 도착하는 곳이 { $by }곳, { $horizon }시간 안에 도착하지 않는 곳이 { $never }곳입니다.
readiness-hours-axis = 계획 시작부터의 시간
readiness-beyond = { $hours }시간 안에 도착하지 않음
readiness-hours = { $hours }시간
readiness-unmet-all = 모든 시나리오의 미충족량: 아무 지원이 없을 때와 견준 비율
readiness-scenarios = 시나리오
readiness-unmet-share = 미충족

## What to do next

readiness-steps = 다음에 할 일
readiness-steps-note = 1,000달러당 줄어드는 인일 순이며, 막대는 순위의 구간입니다. 각 단계는 따로 계획한 결과이고 모든 물자를 합친 값입니다. 비용은 카탈로그의 계획용 가정입니다.
readiness-steps-none = 이 실행은 무엇을 더할 수 있는지 묻지 않았습니다.
readiness-steps-idle-all = 어느 시나리오에서도 확실히 도움이 되는 단계가 없습니다.
readiness-steps-idle = 어느 시나리오에서도 확실한 도움이 되지 않는 단계 { $count }건
readiness-rank = 순위
readiness-step = 다음 단계
readiness-kind-agreement = 합의
readiness-kind-link = 노선
readiness-kind-stock = 비축
readiness-days-saved = 연간 줄어드는 인일
readiness-saved = 줄어드는 몫
readiness-cost = 연간 비용(US$)
readiness-per-cost = 1,000달러당 인일
readiness-helps-in = 도움이 되는 시나리오
readiness-unknown = 알 수 없음
readiness-on-map = 지도
readiness-show = 지도에 표시
readiness-shown = 지도에 표시 중

## The map

readiness-map = 지역별 전과 후
readiness-with = 달라지는 것
readiness-map-now = 현재 상태에서는 { $places }곳에서 모든 물자를 합쳐 연간 { $days }인일이 부족합니다. 가장 부족한 곳: { $worst }({ $most }인일).
readiness-map-then = “{ $step }”의 경우 부족이 줄어드는 곳 { $better }곳, 늘어나는 곳 { $worse }곳, 지역 사이에 옮겨질 수 있어 어느 쪽인지 알 수 없는 곳 { $either }곳입니다.
readiness-legend-now = 고리: 현재 상태의 연간 인일
readiness-legend-after = 원: 달라진 뒤의 연간 인일
readiness-legend-better = 부족이 줄어듦
readiness-legend-worse = 부족이 늘어남
readiness-legend-either = 알 수 없음: 구간에 0이 들며 지역 사이에 옮겨질 수 있음
readiness-legend-largest = 넓이에 비례; 이 지도에서 가장 큰 값: { $days }
readiness-before = 전: 연간 인일
readiness-after = 후: 연간 인일
readiness-change = 변화
readiness-effect = 뜻
readiness-effect-better = 부족이 줄어듦
readiness-effect-worse = 부족이 늘어남
readiness-effect-either = 알 수 없음; 지역 사이에 옮겨질 수 있음
readiness-effect-none = 변화 없음
readiness-days = 연간 인일
readiness-places = 가장 부족한 곳
readiness-places-none = 부족한 곳이 없습니다.
readiness-places-none-next = 어느 시나리오에서도 이 물자가 필요한 곳이 없습니다.
readiness-half-median = 절반: 중앙값
readiness-ninety-median = 90%: 중앙값

## Who relies on whom, and what would be lost

readiness-dependence = 누가 누구에게 기대는가
readiness-dependence-none = 합의에 따라 오는 것이 없습니다.
readiness-dependence-none-next = 각국이 스스로, 또는 자국법에 따라 조달하는 것은 아래에 있습니다.
readiness-dependence-own = 자체 비축분과 국내법: { $count }건
readiness-country = 국가
readiness-under = 근거
readiness-under-own = 자체 비축분
readiness-under-home = 국내법
readiness-share-got = 그 국가가 받는 양 중 비율
readiness-cuts = 정지하거나 끊는다고 가정할 때 잃는 것
readiness-cuts-note = 지원이 필요한 시나리오 { $scenarios }건 기준입니다. 재추출한 어느 경우에도 잃는 것이 없는 정지·차단이 { $idle }건 더 있습니다.
readiness-cuts-none = 잃는 것이 없습니다.
readiness-cuts-none-next = 이 실행이 묻지 않았거나, 모든 정지와 차단을 메울 수 있습니다.
readiness-cut = 가정
readiness-cut-national-ties = 국가 차원의 협력을 끊고 지역 간 협력만 남김
readiness-cut-link = 노선 { $link } 차단
readiness-suspended = { $what } 정지
readiness-harms-in = 해가 되는 시나리오
readiness-unused-in = 전혀 쓰지 않은 시나리오
readiness-lost = 늘어나는 몫
readiness-days-lost = 연간 늘어나는 인일
readiness-substitutes = 누가 대신하는가
readiness-substitutes-none = 더 주거나 덜 주는 당사자가 없습니다.
readiness-substitutes-none-next = 이 실행이 묻지 않았거나, 합의를 정지해도 주는 쪽이 달라지지 않습니다.
readiness-given = 주는 양의 변화

## Drills and files

readiness-drills = 훈련(위 수치에는 포함하지 않음)
readiness-drill = 훈련
readiness-displaced = 이재민
readiness-files = 근거 파일
readiness-files-note = 모든 값은 정수나 문자열입니다. 부담은 1,000분의 1, 가중치와 비율은 100만분의 1 단위입니다. 표는 어느 컴퓨터에서나 바이트까지 같습니다.
readiness-download = 내려받기
readiness-table = 표
readiness-holds = 한 행이 나타내는 것
readiness-holds-report = 이 페이지의 수치와 그 구간
readiness-holds-scenarios = 시나리오
readiness-holds-needs = 시나리오별 지역과 물자
readiness-holds-givers = 누가 무엇을 어디에 주는지
readiness-holds-links = 어느 노선으로 오는지
readiness-holds-effects = 한 가지가 달라질 때 최소와 최대의 변화
readiness-holds-substitutes = 합의를 정지할 때 더 주거나 덜 주는 당사자
readiness-rows = 행 수
