# Whether help would arrive: running scenarios, merging shards, and what a run means.

readiness-progress = 시나리오 {$of}건 중 {$done}건
readiness-left = 약 {$minutes}분 남음
readiness-left-hours = 약 {$hours}시간 {$minutes}분 남음
readiness-stopped = 요청에 따라 멈췄습니다. 시나리오 {$of}건 중 {$done}건을 마쳐 {$folder}에 보관했습니다.
readiness-resume = 같은 명령을 다시 실행하면 이어서 진행합니다.
readiness-complete = 시나리오 {$count}건을 모두 마쳤습니다. 표는 {$folder}/tables에 있습니다.
readiness-job = 작업
readiness-shard = 분할
readiness-next-report = 결과 보기: pumasi readiness report {$folder}
readiness-next-merge = 모든 분할을 마친 뒤: pumasi readiness merge DIR… --out DIR

title-readiness = 대비 수준
readiness-sample = 추출한 시나리오 {$scenarios}건(시드 {$seed})에 근거하며, 그중 {$harmful}건에서 지원이 필요합니다. 가중치를 고려하면 고르게 추출한 {$effective}건에 해당하고, 연간 {$yearly}건의 재난을 대표합니다.
readiness-intervals = 괄호 안은 시나리오를 {$resamples}번 재추출했을 때 {$percent}%가 드는 구간입니다. 모형 자체의 오차는 포함하지 않습니다.
readiness-person-days = 인일: 식수 없이 지내는 것만큼 절실한 것을 한 사람이 하루 동안 받지 못함을 뜻합니다.
readiness-input = 여기서 정지·차단·추가는 모형에 넣은 가정이며, 어느 국가에 대한 예측이 아닙니다.
readiness-none = 없음.
readiness-all = 전체
readiness-hours = {$hours}시간
readiness-never = 시간은 계획 시작 시점부터 셉니다. ∞는 계획 기간 안에 도착하지 않음을 뜻합니다.
readiness-local-note = 지역 간 협력만: 시·도와 시·군·구 사이의 합의와 각자의 비축만 남기고, 국가 간 합의와 국내법에 따른 지원은 제외합니다.

title-readiness-unmet = 미충족량: 아무 지원이 없을 때와 견준 비율
title-readiness-times = 지원이 도착하는 때: 절반, 그리고 90%
title-readiness-places = 가장 부족한 곳
title-readiness-dependence = 이웃에게서 오는 것(국가별)
title-readiness-steps = 비용 대비 가장 도움이 되는 다음 단계
title-readiness-cuts = 정지하거나 끊는다고 가정할 때 잃는 것
title-readiness-substitutes = 합의를 정지한다고 가정할 때 더 주거나 덜 주는 당사자
title-readiness-drills = 훈련(위 수치에는 포함하지 않음)

column-readiness-scenarios = 시나리오
column-readiness-unmet = 미충족
column-readiness-p10 = 하위 10%
column-readiness-p50 = 중앙값
column-readiness-p90 = 상위 10%
column-readiness-local = 지역 간 협력만
column-readiness-half-p50 = 절반: 중앙값
column-readiness-half-p90 = 절반: 열에 아홉
column-readiness-ninety-p50 = 90%: 중앙값
column-readiness-ninety-p90 = 90%: 열에 아홉
column-readiness-days = 연간 인일
column-readiness-country = 국가
column-readiness-agreement = 근거
column-readiness-share = 비율
column-readiness-rank = 순위
column-readiness-step = 다음 단계
column-readiness-saved = 줄어드는 몫
column-readiness-cost = 연간 비용(US$)
column-readiness-per-cost = 1,000달러당 인일
column-readiness-cut = 가정
column-readiness-lost = 늘어나는 몫
column-readiness-change = 변화
column-readiness-displaced = 이재민

readiness-cut-national-ties = 국가 차원의 협력을 끊고 지역 간 협력만 남김
readiness-cut-link = 노선 {$link} 차단
readiness-suspend = {$agreement} 정지
readiness-suspend-clause = {$agreement}: {$clause} 정지

failure-readiness = 시나리오를 실행할 수 없습니다
    .help = 라이브러리를 확인하십시오. 합의의 결함은 `pumasi agreement check`가 알려 줍니다
failure-readiness-folder = 실행 폴더를 쓸 수 없습니다
    .help = 권한과 남은 공간을 확인하거나 `--out`으로 다른 폴더를 지정하십시오
failure-readiness-in-use = 다른 프로세스가 실행 폴더를 쓰고 있습니다
    .help = 끝날 때까지 기다리거나 `--out`으로 다른 폴더를 지정하십시오
failure-readiness-other = 폴더에 다른 실행의 결과가 있습니다
    .help = 그 실행을 이어 가려면 같은 옵션을 쓰고, 아니면 `--out`으로 다른 폴더를 지정하십시오
failure-readiness-unfinished = 실행이 끝나지 않았습니다
    .help = 같은 `pumasi readiness run`을 다시 실행하면 이어서 진행합니다
failure-shards = 폴더들이 하나의 실행을 이루지 않습니다
    .help = 한 작업의 모든 분할 폴더를, 끝난 것으로 하나씩만 지정하십시오
failure-commodities = `{$given}`은(는) 물자 지정이 아닙니다
    .help = 1부터 {$most}까지의 수, 쉼표로 나눈 식별자, 또는 all을 쓰십시오

# Help.

help-readiness = 대비 수준: 지원이 제때 도착하는지 많은 시나리오로 확인
help-readiness-run = 시나리오를 실행하거나 멈춘 실행을 이어서 진행
help-readiness-run-scenarios = 추출할 시나리오 수
help-readiness-run-seed = 추출에 쓰는 시드
help-readiness-run-year = 시나리오의 연도; 합의와 노선은 그해의 상태를 따름
help-readiness-run-season = 이 계절에 일어나는 것만
help-readiness-run-drills = 훈련도 함께 실행
help-readiness-run-periods = 계획의 기간 수
help-readiness-run-hours = 한 기간의 시간
help-readiness-run-delay = 발생부터 계획 시작까지의 시간
help-readiness-run-commodities = 계획할 물자: 중요한 것부터 센 개수, 쉼표로 나눈 식별자, 또는 all
help-readiness-run-counterfactuals = 달라진다고 가정할 것; 모형의 입력이며 국가에 대한 예측이 아님
help-readiness-run-unreachable = 연락할 수 없는 당사자; 여러 번 쓸 수 있음
help-readiness-run-drafts = 초안도 발효한 것으로 계산
help-readiness-run-threads = 동시에 처리할 시나리오 수; 없으면 프로세서의 절반
help-readiness-run-shard = 몇 개 중 몇째 분할인지, 예: 3/8
help-readiness-run-out = 실행 폴더
help-readiness-merge = 모든 분할의 폴더를 하나의 실행으로 병합
help-readiness-merge-shards = 분할 폴더
help-readiness-merge-out = 만들 폴더
help-readiness-report = 실행의 뜻을 수치마다 표본과 구간을 붙여 보고
help-readiness-report-folder = 실행 폴더
help-readiness-report-csv = 모든 수치를 쉼표로 나눈 값으로 출력
