### One case from need to settlement.

case-summary = 요청 { $requests } · 주문 { $orders } · 종결 { $closed } · 조치 대기 { $waiting } · 불허 { $refusals }
case-needs = 필요량 대비 수락·인수
case-no-needs = 보고된 필요량이 없습니다.
case-no-needs-next = 요청 당사자가 경보를 읽은 뒤 필요량을 보고합니다.

## The lane

lane = 필요에서 정산까지
lane-caption = 단계별 각 당사자의 조치와 다음에 조치할 당사자
lane-empty = 요청이나 제안이 없습니다.
lane-empty-next = 첫 단계는 피해 당사자의 필요량 보고 또는 요청입니다.
lane-waiting = 조치 필요 { $count }건
lane-more = { $count }건 더
step-need = 필요
step-request = 요청
step-offer = 제안
step-order = 주문
step-shipment = 수송
step-receipt = 인수
step-settlement = 정산
step-state = { $step }: { $state }

## Offers

offers = 제안
offers-empty = 제안된 지원이 없습니다.
offers-empty-next = 제공 당사자가 스스로 또는 요청에 응하여 제안합니다.
offer = 제안
deadline = 제안 기한
no-deadline = 없음
offer-proposed = 제안됨
offer-accepted = 수락됨
offer-accepted-late = 기한 후 수락됨, 회신 대기
offer-declined = 거절됨
offer-withdrawn = 철회됨
offer-lapsed = 기한 만료
timeliness-unwitnessed = 아직 수신 기록 없음
timeliness-late-so-far = 현재까지의 기록상 기한 경과
timeliness-in-time = 기한 내
timeliness-late = 기한 경과
first-received = 최초 수신({ $party }):
late-binds-nobody = { $party } 측이 기한 경과를 알고 받아들이기 전까지 누구도 구속하지 않습니다. 받아들이지 않으려면 거절하거나 새로 제안합니다.

## Orders

orders = 주문
orders-empty = 주문이 없습니다.
orders-empty-next = 주문은 요청이나 제안에 이어집니다. 선제 지원에는 사전 동의가 필요합니다.
order = 주문
from-to = 제공 → 수령
progress = 단계
next = 다음 조치
pushed = 선제 지원: 요청 없이 발송
quantity-ordered = 주문
quantity-committed = 수락
quantity-shipped = 발송
quantity-accepted = 인수
quantity-rejected = 반려
quantity-short = 부족
unit-price = 단가: { $sum }
stage-requisitioned = 발주됨, 수락 대기
stage-committed = 수락됨, 발송 대기
stage-refused = 거절됨
stage-cancelled = 취소됨
stage-in-fulfilment = 수송 중
stage-delivered = 도착
stage-accepted = 인수 완료
stage-settling = 정산 중
stage-closed = 종결

## Shipments

shipments = 수송
shipments-empty = 발송된 물자가 없습니다.
shipments-empty-next = 제공 당사자가 수락한 뒤 발송합니다.
shipment = 수송
shipment-dispatched = 수송 중
shipment-received = 인수됨
pallets = 팰릿
received-at = 인수 시각
found = 인수 결과
found-detail = 인수 { $accepted } · 반려 { $rejected } · 부족 { $short }

## Refusals

refusals = 불허된 행위
refusals-empty = 불허된 행위가 없습니다.
refusals-empty-next = 불허된 행위는 근거 조항과 함께 기록에 남습니다.
act = 행위
record = 기록
refused-before-signing = 서명 전 불허

## Timeline

timeline = 시간순 기록
timeline-note = 인과 순서로 정렬된 행위 기록입니다. 시각은 서명자가 밝힌 시각입니다.
timeline-empty = 아직 기록이 없습니다.
timeline-empty-next = 첫 행위는 사안 개시입니다.
act-verified = 서명 확인됨
act-refused = 서명되었으나 불허
signed-by = 서명: { $officers }

## Matters

matters = 관련 사안
matters-empty = 사안이 없습니다.
matters-empty-next = 첫 행위와 함께 사안이 열립니다.
audience = 공유 대상
acts = 행위
acts-waiting = 선행 행위 대기

## Personal data

personal = 개인정보
personal-show = 보기
personal-hide = 숨기기
personal-show-of = 행위 { $act }에 딸린 개인정보 보기
personal-hide-of = 행위 { $act }에 딸린 개인정보 숨기기
personal-erased = 이 노드에서 삭제됨
personal-missing = 아직 받지 못했습니다. 작성 노드에 남아 있으면 다음 교환 때 옵니다.
personal-retracted = 작성 당사자의 요구로 개인정보 삭제됨
personal-known-to = 확인한 당사자:
personal-awaited = 아직 확인되지 않은 당사자:
personal-retract = 개인정보 삭제 요구
personal-retract-note = 이 행위에 딸린 글이 이 노드에서 삭제되고, 공유하는 모든 노드에서도 이 요구를 읽는 즉시 삭제됩니다. 행위와 서명은 그대로 남습니다.
personal-retract-limits = 인쇄하거나 옮겨 적은 것, 백업, 손이 닿지 않는 저장 매체에 있는 것은 삭제되지 않습니다.
