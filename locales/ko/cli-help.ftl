### What the command's help says: help-<noun>-<verb>-<argument>.

## What every command has

help-pumasi = 품앗이: 국경을 넘는 재난 상호 지원
help-option-lang = 표시 언어: ko, ja, zh-Hans, en. 없으면 LC_ALL, LC_MESSAGES, LANG을 따릅니다
help-option-json = 결과와 오류를 JSON으로 출력합니다
help-option-data = 노드의 데이터 폴더
help-option-library = 내장 자료(목록과 협정)를 대신할 폴더
help-option-help = 도움말을 표시합니다
help-option-version = 버전을 표시합니다
help-sign-officer = 서명하는 담당관. 두 명이 필요하면 되풀이합니다
help-sign-clause = 근거 조항(협정/조항). 없으면 노드가 찾습니다
help-sign-time = 훈련 시각(RFC 3339). 실제 사안에서는 노드의 시계를 따릅니다
help-life-agreement = 협정의 식별자
help-life-status = 실제인지 여부
help-life-version = 초안의 판 번호. 없으면 이 당사자가 할 수 있는 가장 새 판
help-life-digest = 다이제스트 앞부분 8자리 이상. 없으면 보여 주기만 합니다
help-life-cause = 이유. 이 당사자의 말로 적습니다
help-life-target = 대상인 효력 정지나 통보. 없으면 하나뿐인 것

## Nodes

help-init = 당사자의 노드를 만듭니다: 열쇠, 신원, 빈 원장
help-init-party = 목록에 있는 당사자의 식별자
help-init-new-officer = 임명할 담당관(식별자:직책). 되풀이할 수 있습니다
help-init-joint = 그 가운데 다른 담당관과 함께만 서명하는 담당관. 되풀이할 수 있습니다
help-init-store = 원장을 둘 곳: 데이터 폴더면 sqlite, 데이터베이스면 그 주소(postgres://…), 주소를 담은 환경 변수면 { "${NAME}" }
help-serve = 노드를 실행합니다. Ctrl-C로 멈춥니다
help-serve-listen = 이웃 노드가 접속할 주소와 포트
help-serve-desk = 담당관이 접속할 주소와 포트(이 컴퓨터에서만)
help-serve-open = 브라우저로 화면을 엽니다
help-store = 노드의 원장을 둔 곳
help-store-show = 저장 방식, 크기, 결정 서버와 대기 서버를 보여 줍니다
help-store-move = 멈춘 노드의 원장을 다른 저장소로 옮기고 둘을 대조합니다
help-store-move-to = 데이터 폴더면 sqlite, 데이터베이스면 그 주소(postgres://…), 주소를 담은 환경 변수면 { "${NAME}" }

## Parties

help-party = 신뢰하는 당사자와 그 신원
help-party-list = 신뢰하는 당사자를 나열합니다
help-party-show = 한 당사자와 그 연결 상태를 보입니다
help-party-show-party = 당사자의 식별자
help-party-export = 이 기관의 신원을 다른 기관에 줄 파일로 내보냅니다
help-party-export-out = 새로 만들 파일. 없으면 표준 출력
help-party-trust = 다른 당사자의 신원 파일을 받아들입니다
help-party-trust-file = `pumasi party export`로 만든 파일
help-party-trust-fingerprint = 전화나 서면으로 받은 지문. 다르면 거절합니다
help-party-trust-url = 상대 노드의 주소(https://호스트:포트)

## Agreements

help-agreement = 협정의 목록, 내용, 질의
help-agreement-list = 노드의 협정을 나열합니다
help-agreement-show = 협정과 그 조항을 보입니다
help-agreement-show-agreement = 협정의 식별자
help-agreement-ask = 할 수 있는지, 어느 조항에 따르는지 묻습니다. 허용이 아니면 4로 끝납니다
help-agreement-ask-giver = 주는 당사자
help-agreement-ask-receiver = 받는 당사자
help-agreement-ask-action = 하려는 일
help-agreement-ask-commodity = 품목
help-agreement-ask-quantity = 수량과 단위(예: "500 LTR")
help-agreement-ask-purpose = 목적
help-agreement-ask-on = 기준일(예: 2024-01-01). 없으면 오늘
help-agreement-ask-onward-to = 물자를 다시 넘겨받을 제3자
help-agreement-ask-status = 실제, 훈련, 시험
help-agreement-ask-agreement = 이 협정만으로 판단합니다
help-agreement-map = 당사자 사이에 있는 것과 없는 것을 보입니다. 할 수 있는 일, 상대의 수, 곧 끝나는 것, 아무도 보낼 수 없는 것, 다음 단계
help-agreement-map-parties = 당사자. 여럿이면 되풀이합니다. 하나면 모든 상대와 함께 보이고, 없으면 이 노드의 당사자를 봅니다
help-agreement-map-on = 날짜(예: 2026-11-21). 없으면 오늘
help-agreement-map-purpose = 목적
help-agreement-map-status = 실제인지 훈련인지
help-agreement-map-first-hours = 발생 뒤 몇 시간 안에 지원이 출발해야 하는지
help-agreement-map-within-days = 며칠 안에 끝나는 것을 보일지
help-agreement-map-offline = 노드 없이, 내장 자료집이나 --library의 자료집으로 봅니다
help-agreement-ask-category = 분야(맞는 품목이 없을 때)
help-agreement-ask-transit = 물자가 거치는 제3자. 여러 번 쓸 수 있습니다
help-agreement-ask-mode = 운송 수단
help-agreement-ask-requested = 수령 측이 이미 요청했음을 밝힙니다
help-agreement-ask-hours-since = 발생 후 지난 시간
help-agreement-ask-intensity = 수령 지역의 최대 진도(예: 6-)
help-agreement-ask-alert = 발표된 가장 높은 경보 단계
help-agreement-ask-contact-lost = 수령 측과 연락이 닿지 않음을 밝힙니다
help-agreement-ask-consent = 이미 받은 동의(예: jp-17:push, cn-js:transit, kr-45:onward). 여러 번 쓸 수 있습니다
help-agreement-check = 협정 파일을 노드 없이 검사합니다. 잘못마다 행과 열을 보이고, 모순과 빠진 것, 참고할 점을 알립니다
help-agreement-check-files = 협정 파일
help-agreement-check-digest = 파일이 지녀야 할 SHA-256 다이제스트(보낸 쪽이 알려 준 값)
help-agreement-prove = 어떤 일이 결코 허용되지 않음을 증명하거나 허용되는 길을 보입니다. 길이 있으면 4로 끝납니다
help-agreement-prove-category = 분야, 예: ammunition. 빼면 전부
help-agreement-prove-giver = 주는 당사자. 빼면 전부
help-agreement-prove-receiver = 받는 당사자. 빼면 전부
help-agreement-prove-purpose = 목적. 빼면 전부
help-agreement-prove-action = 행위. 빼면 무엇이 실제로 넘어가는 모든 행위
help-agreement-prove-status = 실제, 훈련, 시험 가운데 하나. 빼면 전부
help-agreement-prove-files = 협정 파일. 빼면 내장된 모든 협정
help-agreement-compare = 두 협정 파일이 허용하는 것을 노드 없이 비교합니다
help-agreement-compare-first = 첫째 협정 파일
help-agreement-compare-second = 둘째 협정 파일
help-agreement-export = 협정을 ODRL 정책(JSON-LD)이나 파일로 노드 없이 내보내고, 그 형식에 담기지 않는 것을 알립니다
help-agreement-export-agreement = 협정 파일 또는 목록에 있는 협정의 식별자
help-agreement-export-format = 내보낼 형식: ODRL 정책 또는 협정 파일
help-agreement-export-out = 결과를 담을 새 파일. 생략하면 화면에 출력합니다
help-agreement-import = ODRL 정책(JSON-LD)을 노드 없이 협정 파일로 읽고, 이해하지 못한 것을 알립니다
help-agreement-import-file = ODRL 정책 파일
help-agreement-import-out = 결과를 담을 새 파일. 생략하면 화면에 출력합니다
help-agreement-read = 협정 파일을 노드 없이 읽어 보입니다
help-agreement-read-file = 협정 파일
help-agreement-history = 협정의 상태와 그 경과, 할 수 있는 일을 보여 줍니다
help-agreement-history-agreement = 협정의 식별자
help-agreement-history-on = 어느 날의 상태인지. 없으면 오늘
help-agreement-diff = 초안 두 판이나 파일 두 개(오프라인)를 조항별로 비교합니다
help-agreement-diff-first = 협정의 식별자. 두 번째 파일을 주면 첫 번째 파일
help-agreement-diff-second = 두 번째 파일
help-agreement-diff-from = 옛 판. 없으면 새 판의 바로 앞 판
help-agreement-diff-to = 새 판. 없으면 가장 새 판
help-agreement-diff-matter = 그 사안. 여럿일 때 고릅니다
help-agreement-propose = 협정을 제안합니다. 그 사안을 열고 첫 초안을 제출합니다
help-agreement-propose-file = 서명할 그대로의 협정 파일
help-agreement-propose-audience = 문안의 당사자 외에 사안을 공유할 당사자. 되풀이할 수 있습니다
help-agreement-draft = 문안의 다음 판을 제출합니다
help-agreement-draft-file = 서명할 그대로의 협정 파일
help-agreement-initial = 한 판에 가서명합니다. 교섭자 사이에 문안이 확정됩니다
help-agreement-sign = 한 판에 서명합니다. --digest가 없으면 서명할 문안만 보여 줍니다
help-agreement-ratify = 서명된 판에 대한 이 당사자의 국내 절차가 끝났음을 통보합니다
help-agreement-suspend = 협정이나 그 일부 조항의 효력을 정지합니다. 이 협정에 따른 모든 사안에도 미칩니다
help-agreement-suspend-clauses = 조항. 되풀이할 수 있습니다. 없으면 협정 전체
help-agreement-suspend-from = 첫날. 없으면 오늘
help-agreement-suspend-until = 정지가 끝나는 날. 없으면 해제할 때까지
help-agreement-resume = 이 당사자의 효력 정지를 해제합니다
help-agreement-give-notice = 협정을 종료하거나 갱신하지 않는다고 통보합니다
help-agreement-give-notice-ends = 효력이 없는 첫날. 없으면 문안이 허용하는 가장 이른 날
help-agreement-suspend-notice = 이 당사자가 한 종료 통보의 효력을 정지합니다
help-agreement-resume-notice = 이 당사자가 한 종료 통보의 효력 정지를 해제합니다
help-agreement-withdraw-notice = 이 당사자가 한 종료 통보를 철회합니다
help-agreement-agree-termination = 어느 날의 종료에 동의합니다. 모든 당사자가 같은 날을 밝히면 끝납니다
help-agreement-agree-termination-ends = 효력이 없는 첫날

## Matters

help-matter = 사안: 공유 대상이 정해진 행위의 묶음
help-matter-list = 이 노드가 공유하는 사안을 나열합니다
help-matter-show = 한 사안을 보입니다
help-matter-show-matter = 사안의 식별자 또는 그 앞자리
help-matter-open = 사안을 엽니다
help-matter-open-case = 속하는 재난의 식별자
help-matter-open-status = 실제, 훈련, 시험. 나중에 바꿀 수 없습니다
help-matter-open-party = 공유할 당사자. 되풀이합니다
help-matter-open-agreement = 근거가 되는 협정. 되풀이합니다
help-matter-open-title-ko = 한국어 제목
help-matter-open-title-ja = 일본어 제목
help-matter-open-title-zh = 중국어 제목
help-matter-open-title-en = 영어 제목
help-matter-open-origin = 재난이 일어난 시각(RFC 3339)
help-matter-verify = 내보낸 묶음을 노드 없이 검증합니다: 신원, 서명, 순서, 규칙
help-matter-verify-file = `pumasi matter export`로 만든 파일
help-matter-verify-trust = 이미 아는 지문과 대조합니다(당사자=지문). 되풀이할 수 있습니다
help-matter-export = 사안을 누구나 검증할 수 있는 파일로 내보냅니다
help-matter-export-matter = 사안의 식별자 또는 그 앞자리
help-matter-export-out = 새로 만들 파일. 없으면 표준 출력
help-matter-export-to = 이 기관의 노드만 열 수 있도록 파일을 봉인

## Cases

help-case = 재난: 필요에서 정산까지
help-case-list = 이 노드가 공유하는 재난을 나열합니다
help-case-show = 한 재난의 전체 경과를 보입니다
help-case-show-case = 재난의 식별자
help-case-report = 사후 보고를 보입니다
help-case-report-case = 재난의 식별자
help-case-export = 재난 상황을 다른 시스템과 사람이 읽을 파일로 내보냅니다
help-case-export-format = 내보낼 형식: CAP 경보, HXL 표(지역, 필요량), GeoJSON 지도, 상황 보고
help-case-export-case = 재난의 식별자. 생략하면 가장 최근 재난
help-case-export-out = 내용을 담을 새 파일. 생략하면 화면에 출력합니다

## Orders

help-order = 발주: 요청에서 정산까지의 단계
help-order-list = 발주를 나열합니다
help-order-list-case = 이 재난의 발주만
help-order-list-open = 끝나지 않은 발주만
help-order-show = 한 발주를 보입니다
help-order-show-order = 발주의 식별자 또는 그 앞자리
help-order-request = 지원을 요청합니다
help-order-request-matter = 사안의 식별자 또는 그 앞자리
help-order-request-from = 요청받을 당사자
help-order-request-commodity = 품목
help-order-request-quantity = 수량과 단위(예: "500 LTR")
help-order-request-purpose = 목적
help-order-request-place = 쓰일 지역
help-order-request-need-by = 필요한 시한(RFC 3339)
help-order-offer = 지원을 제안합니다
help-order-offer-matter = 사안의 식별자 또는 그 앞자리
help-order-offer-to = 제안받을 당사자
help-order-offer-request = 응하는 요청의 식별자
help-order-offer-commodity = 품목
help-order-offer-quantity = 수량과 단위(예: "500 LTR")
help-order-offer-purpose = 목적
help-order-offer-mode = 정산 방식
help-order-offer-price = 단가(예: "JPY 500")
help-order-offer-until = 수락할 수 있는 마지막 시각(RFC 3339)
help-order-offer-grace = 그 뒤에도 수락으로 인정할 시간(분)
help-order-requisition = 발주합니다
help-order-requisition-matter = 사안의 식별자 또는 그 앞자리
help-order-requisition-from = 발주받을 당사자
help-order-requisition-request = 해당하는 요청의 식별자
help-order-requisition-offer = 받아들이는 제안의 식별자
help-order-requisition-commodity = 품목
help-order-requisition-quantity = 수량과 단위(예: "500 LTR")
help-order-requisition-purpose = 목적
help-order-requisition-place = 쓰일 지역
help-order-requisition-mode = 정산 방식
help-order-requisition-price = 단가(예: "JPY 500")
help-order-commit = 발주를 수락합니다
help-order-commit-order = 발주의 식별자 또는 그 앞자리
help-order-commit-quantity = 수락할 수량. 없으면 전부
help-order-commit-accept-late = 제안 기한이 지난 발주를 받아들입니다
help-order-decline = 발주를 거절합니다
help-order-decline-order = 발주의 식별자 또는 그 앞자리
help-order-decline-reason = 이유
help-order-push = 사전 동의에 따라 요청 없이 지원합니다
help-order-push-matter = 사안의 식별자 또는 그 앞자리
help-order-push-to = 받을 당사자
help-order-push-commodity = 품목
help-order-push-quantity = 수량과 단위(예: "500 LTR")
help-order-push-purpose = 목적
help-order-push-place = 쓰일 지역
help-order-push-contact-lost = 상대와 연락이 닿지 않음을 밝힙니다
help-order-dispatch = 발송을 알립니다
help-order-dispatch-order = 발주의 식별자 또는 그 앞자리
help-order-dispatch-quantity = 발송량. 없으면 수락분 중 남은 전부
help-order-dispatch-pallets = 팰릿 수
help-order-dispatch-link = 이용하는 노선을 차례대로. 되풀이합니다
help-order-dispatch-departs = 출발 시각(RFC 3339)
help-order-dispatch-arrives = 도착 예정 시각(RFC 3339)
help-order-receive = 수령을 알립니다: 인수, 반려, 부족
help-order-receive-shipment = 발송의 식별자 또는 그 앞자리
help-order-receive-accepted = 인수량. 없으면 나머지 전부
help-order-receive-rejected = 반려량
help-order-receive-short = 부족량
help-order-receive-reason = 반려한 이유
help-order-bill = 인수된 만큼 청구합니다
help-order-bill-order = 발주의 식별자 또는 그 앞자리
help-order-bill-sum = 금액(예: "JPY 50000"). 없으면 발생한 금액
help-order-discharge = 정산을 마쳤음을 알립니다
help-order-discharge-order = 발주의 식별자 또는 그 앞자리
help-order-discharge-reference = 송금 번호 또는 반환 물자의 운송장 번호
help-order-confirm = 정산되었음을 확인합니다
help-order-confirm-order = 발주의 식별자 또는 그 앞자리

## Plans

help-plan = 계획: 무엇이 언제 닿고, 무엇이 막히는지
help-plan-make = 계획을 세우고, 지시하면 채택합니다
help-plan-make-matter = 계획을 밝힐 사안의 식별자 또는 그 앞자리
help-plan-make-case = 재난의 식별자
help-plan-make-purpose = 목적
help-plan-make-hours = 계획 기간(시간)
help-plan-make-period = 한 구간의 길이(시간)
help-plan-make-size = 기준으로 삼을 추정치. 없으면 경과 시간에 따라 정합니다
help-plan-make-requested = 모든 필요를 요청된 것으로 봅니다. 없으면 사전 동의가 있는 것만 움직입니다
help-plan-make-able = 지원할 수 있는 당사자. 되풀이합니다. 없으면 응답하는 당사자
help-plan-make-unreachable = 연락이 닿지 않는 당사자. 되풀이합니다. 없으면 응답하지 않는 당사자
help-plan-make-choose = 계획을 행위로 남깁니다
help-plan-show = 채택된 계획을 보입니다
help-plan-show-case = 재난의 식별자. 없으면 가장 최근 것

## Alerts

help-alert = 경보를 읽고 전달합니다
help-alert-read = 경보 파일을 노드 없이 읽습니다: 사건, 흔들린 지역, 필요한 것과 출처
help-alert-read-file = 경보 파일. 표준 입력은 `-`
help-alert-read-all = 모든 지역을 보입니다
help-alert-relay = 경보를 노드에 넘겨 사안에 전달합니다
help-alert-relay-file = 경보 파일. 표준 입력은 `-`
help-alert-relay-matter = 사안의 식별자 또는 그 앞자리
help-alert-situation = 집계와 상황을 보고하고 필요량을 다시 계산합니다
help-alert-situation-file = 집계 파일 (CSV): place 열과 homes_destroyed, homes_half_destroyed, homes_without_water, people_in_shelters, people_dead, people_injured, people_missing 열; `-`는 표준 입력
help-alert-situation-matter = 사안 번호나 그 첫 부분
help-alert-situation-officer = 서명할 담당자
help-alert-situation-province = 광역 지역
help-alert-situation-as-of = 집계 시각; 없으면 지금
help-alert-situation-source = 누가 집계했는지
help-alert-situation-text = 상황 설명
help-alert-situation-time = 훈련의 시각
help-alert-shaking = 지진의 흔들림을 거리로 계산합니다
help-alert-shaking-tectonic = 지각 안(crustal), 판 경계(interface), 판 내부(slab)
help-alert-shaking-magnitude = 규모
help-alert-shaking-depth-km = 진원 깊이 (km)
help-alert-shaking-distance-km = 단층까지의 최단 거리 (km)
help-alert-shaking-vs30 = 지반의 전단파 속도 (m/s): 600은 단단한 지반, 400은 무른 지반
help-alert-wind = 열대저기압의 바람을 거리로 계산합니다
help-alert-wind-pressure-hpa = 중심 기압 (hPa)
help-alert-wind-around-hpa = 주변 기압 (hPa)
help-alert-wind-change-hpa-h = 한 시간 동안의 중심 기압 변화 (hPa)
help-alert-wind-lat = 중심의 위도 (도)
help-alert-wind-speed-m-s = 중심의 이동 속도 (m/s)
help-alert-wind-radius-km = 바람이 가장 센 곳까지의 거리 (km); 없으면 경험식
help-alert-wind-distance-km = 중심까지의 거리 (km)
help-alert-watch = 피드와 폴더를 지켜보며 새 경보, 변경, 취소를 사건별로 알립니다
help-alert-watch-url = `http` 또는 `https` 주소의 피드나 문서. 여러 번 지정 가능
help-alert-watch-folder = 메시지가 들어오는 폴더. 여러 번 지정 가능
help-alert-watch-every = 한 수신처에 요청하는 간격(초)
help-alert-watch-allow = 피드가 가리키는 메시지를 이 호스트에서도 받습니다. 여러 번 지정 가능
help-alert-watch-once = 한 번만 확인하고 끝냅니다
help-alert-watch-matter = 새 경보와 변경을 노드에 넘겨 이 사안에 전달합니다. 해당 지역의 피드를 지정하십시오
help-alert-watch-officer = 서명하는 담당관
help-alert-watch-time = 시계 대신 쓰는 훈련 시작 시각

## Bundles and shells

help-export = 사안을 내보냅니다(`matter export`와 같음)
help-export-matter = 사안의 식별자 또는 그 앞자리
help-export-out = 새로 만들 파일. 없으면 표준 출력
help-export-to = 이 기관의 노드만 열 수 있도록 파일을 봉인
help-import = 묶음을 노드에 가져옵니다. 노드가 모두 검증한 뒤 저장합니다
help-import-file = `pumasi export`로 만든 파일. 이 기관 앞으로 봉인된 것도 가능
help-relay = 연결되지 않는 기관에 이웃을 거쳐 사안을 봉인하여 전달
help-relay-send = 사안을 한 기관 앞으로 봉인하여 이웃에 맡깁니다. 받을 쪽 노드가 찾아갑니다
help-relay-send-to = 받을 기관. 그 기관의 노드만 열 수 있습니다
help-relay-send-via = 맡길 이웃. 보낸 쪽, 받을 쪽, 크기만 알 수 있습니다
help-relay-send-matter = 사안 하나의 식별자 또는 그 앞자리. 없으면 받을 기관과 공유하는 사안 모두
help-relay-list = 이 노드가 다른 기관을 위해 맡아 둔 파일: 보낸 쪽, 받을 쪽, 크기
help-recover = 백업에서 복원된 노드가 다시 작성하기 전에 무엇을 기다리는지 표시
help-recover-begin = 노드가 백업에서 복원되었음을 알림(정지 중에도 가능)
help-recover-without = 연결할 수 없는 이 이웃을 빼고 진행(반복 가능)
help-audit = 사본을 오프라인에서 각각 또 서로 대조하여 검증하고, 모든 기록의 사슬을 그립니다
help-audit-path = 멈춘 또는 복사한 데이터 폴더, 공개된 등록부, 묶음, 증거 파일. 여럿이면 서로 대조합니다
help-audit-export = 지정한 데이터 폴더 하나의 등록부를 이 새 폴더에 C2SP 정적 파일로 만듭니다
help-audit-key = 알고 있는 등록부 공개 키(name+hash+key). 되풀이할 수 있습니다
help-audit-trust = 알고 있는 지문과 대조합니다(당사자=지문). 되풀이할 수 있습니다
help-doctor = 노드를 진단합니다: 시계, 디스크, 열쇠, 이웃, 갈라진 기록, 등록부, 저장소. 왜 중요한지와 할 일을 말하고, 누군가 조치해야 하면 8로 끝납니다
help-completions = 셸 자동 완성 스크립트를 출력합니다
help-completions-shell = 셸
help-alert-relay-alert-only = 필요량은 보고하지 않고 경보만 전달합니다

help-sign-contact = 행위에 딸려 보낼 개인정보(이름, 전화번호 등). 나중에 삭제할 수 있음
help-sign-personal = 개인정보를 16KiB 이하의 파일에서 읽음. "-"이면 표준 입력
help-personal = 행위에 딸린 개인정보: 보기, 삭제 요구, 삭제
help-personal-show = 행위에 딸린 개인정보 보기
help-personal-show-act = 행위의 식별자 또는 그 앞부분
help-personal-retract = 자기 행위에 딸린 개인정보를 공유하는 모든 노드에서 삭제하도록 요구
help-personal-retract-act = 행위의 식별자 또는 그 앞부분
help-personal-erase = 오래된 개인정보를 이 노드에서만 삭제. 다른 곳에는 알리지 않음
help-personal-erase-matter = 사안의 식별자 또는 그 앞부분
help-personal-erase-older-than = 행위가 작성된 뒤 지난 일수(이보다 오래된 것만 삭제)
