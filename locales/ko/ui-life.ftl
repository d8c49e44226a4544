### The life of an agreement: how it stands, its drafts, what was said, and the steps open here.

page-life = 합의의 체결·효력
agreement-parts = 이 합의의 구성
part-text = 본문
part-life = 체결·효력
text-none = 이 노드에는 아직 이 합의의 본문이 없습니다.
text-none-next = 초안과 우리 측이 할 수 있는 조치는 ‘체결·효력’에 있습니다.
life-empty = 이 합의에 관한 기록이 아직 없습니다.
life-empty-next = 당사자가 합의를 제안하거나 기존 합의문을 기록으로 올리면 시작됩니다.
life-choice = 표시할 사안
life-choice-line = { $status } · { $matter }
another-life = 새 사안
another-life-note = 실제 사안은 합의마다 하나입니다. 훈련은 별도의 사안으로 진행합니다.

## How it stands

standing = 현재 효력
standing-now = 현재 상태
standing-on = 기준일
standing-since = 발효일
standing-ends = 효력이 없어지는 첫날
standing-ends-open = 정해지지 않음
force = 실제 행위의 근거
force-rehearsed = 훈련·시험 행위의 근거
force-binding = 될 수 있음
force-none = 될 수 없음
force-disputed = 당사자 간 견해가 다름
waits-for = 조치할 당사자
audience-of-life = 공유 대상
readings = 당사자의 해석
readings-note = 어느 해석이 맞는지 합의문은 정하지 않습니다. 여기서도 어느 쪽을 택하지 않습니다.
reading-ends = 효력이 없어지는 첫날:
reading-ends-open = 정해지지 않음
dates = 챙겨야 할 날짜
dates-empty = 챙겨야 할 날짜가 없습니다.
date-what = 내용
date-day = 날짜
date-left = 남은 기간
days-left = { $count ->
    [0] 오늘
   *[other] { $count }일 남음
  }
days-past = { $count ->
   *[other] { $count }일 지남
  }

## Drafts

versions = 초안
versions-empty = 아직 초안이 없습니다.
versions-empty-next = 당사자가 초안을 제출하면 모든 당사자가 같은 파일에 가서명하고 서명합니다.
version-number = 판
version-by = 제출
version-bytes = { $count }바이트
version-initialled = 가서명
version-signed = 서명
version-ratified = 국내 절차 완료 통보
version-enters = 발효일
version-in-force = 발효 중
draft-number = 초안 제{ $version }판
digest-in-full = 다이제스트 전체 보기
copy = 복사
copied = 복사됨
compare = 두 판 비교
compare-from = 이전 판
compare-to = 새 판
compare-in-use = 제{ $version }판과 현재 사용 중인 본문을 비교합니다.
diff-equal = 두 본문은 같습니다.
diff-layout = 두 본문은 내용이 같고 주석이나 배치만 다릅니다. 다이제스트이 다르므로 서명은 각각입니다.
diff-place = 조항 순서
effects = 새 판으로 달라지는 점
effects-none = 허용하고 금지하는 사항은 이전 판과 같습니다.
diff-head = 조항 이외
diff-clauses = 조항: 변경 { $changed }, 동일 { $same }
diff-show-same = 동일한 조항도 표시
diff-before = 이전
diff-after = 이후
diff-absent = 이 판에는 없습니다.
diff-fields = 달라진 항목: { $count }
change-same = 동일
change-changed = 변경
change-added = 신설
change-removed = 삭제
change-moved = 위치 이동

## Suspension and end

suspensions = 효력 정지
suspended-what = 정지 범위
suspended-whole = 합의 전체
suspended-from = 시작일
suspended-until = 정지가 풀리는 첫날
suspension-state = 상태
suspension-holds = 정지 중
suspension-over = 정지 해제
suspension-lifted = 해제일
cause-given = 밝힌 사유
endings = 종료 통보와 종료 합의
notices = 종료 통보
notice-by = 통보 당사자
notice-given = 통보일
notice-ends = 효력이 없어지는 첫날
notice-steps = 이후 조치
notice-step-suspend = 통보 효력 정지
notice-step-resume = 통보 효력 정지 해제
notice-step-withdraw = 통보 철회
notice-earliest = 가장 이른 효력 상실일:
ends-agreed = 종료에 동의한 당사자
end-agreed-day = 효력이 없어지는 첫날
survival = 종료 후에도 남는 조항
survival-note = 합의가 끝난 뒤에도 계속 구속하는 조항입니다. 이미 생긴 채무는 조항과 관계없이 남습니다.
survival-clauses = 조항
survival-lasts = 기간
survival-open = 기한 없음
survival-by = 근거 조항
life-events = 경과 기록
event-refused = 서명되었으나 불허

## Steps

life-steps = 우리 측이 할 수 있는 조치
life-steps-empty = 지금 할 수 있는 조치가 없습니다.
step-of-version = { $step }(제{ $version }판)
propose = 합의 제안
propose-known = 현재 사용 중인 본문 제안
propose-note = 당사자와 공유하는 사안을 열고 본문을 초안 제1판으로 제출합니다. 서명 전에는 누구도 구속되지 않습니다.
propose-next = 체결·효력 페이지로 이동
agreement-file = 합의 파일(TOML)
file-choose = 파일 선택
file-exactly = 파일 내용을 그대로 보냅니다. 모든 당사자가 바이트까지 같은 파일에 서명합니다.
file-unread = UTF-8 텍스트 파일이 아닙니다.
go-to-line = { $line }행 { $column }열로 이동
skimmed = 본문에 적힌 내용:
not-found-in-text = 본문에서 찾을 수 없음
party-unknown = { $id }(목록에 없음)
field-status = 실제·훈련·시험 구분
audience-note = 본문의 당사자는 모두 사안을 공유합니다. 함께 열람할 당사자가 있으면 추가하십시오.
field-audience = 추가 공유 대상
audience-remove = 공유 대상에서 제외: { $party }
remove = 제외
compare-by-telephone = 전화로 상대 당사자와 판과 다이제스트을 서로 읽어 확인하고, 같을 때에만 진행하십시오.
compared = 확인했으며 서로 같습니다.
field-scope = 정지 범위
scope-clauses = 일부 조항
scope-whole = 합의 전체
field-clauses = 정지할 조항
field-from = 시작일(비워 두면 오늘)
field-until = 정지가 풀리는 첫날(비워 두면 기한 없음)
field-ends-notice = 효력이 없어지는 첫날(비워 두면 가장 이른 날)
field-ends = 효력이 없어지는 첫날
field-cause = 사유
field-cause-note = 우리 측의 표현으로 적습니다. 모든 당사자가 읽고 기록에 남습니다.
field-officers = { $needed ->
    [1] 서명자
   *[other] 서명자(서로 다른 { $needed }명)
  }
officers-lacking = { $count ->
   *[other] { $count }명이 더 서명해야 합니다. 서명할 수 있는 담당관: { $others }
  }
officers-short = 서명에 필요한 인원: { $needed }명. 이 노드에서 권한과 키가 있는 담당관: { $here }명.
officers-short-next = 필요한 담당관을 이 노드에 등록하거나 권한 위임을 변경하십시오.
gaps = 추가로 필요한 항목: { $gaps }.
gap-officers = 서명자
gap-text = 본문
gap-compared = 상대 당사자와의 확인
gap-scope = 정지 범위
gap-clauses = 하나 이상의 조항
gap-span = 시작일보다 늦은 종료일
gap-ends = 날짜
gap-ends-early = 가장 이른 날 이후의 날짜
gap-cause = 사유
take-propose = 서명하고 제안
take-draft = 서명하고 제출
take-initial = 가서명
take-sign = 당사자를 대표하여 서명
take-ratify = 서명하고 통보
take-suspend = 서명하고 효력 정지
take-resume = 서명하고 정지 해제
take-give-notice = 서명하고 종료 통보
take-suspend-notice = 서명하고 통보 효력 정지
take-resume-notice = 서명하고 정지 해제
take-withdraw-notice = 서명하고 통보 철회
take-agree-termination = 서명하고 종료에 동의
step-refused = 조치가 불허되었습니다. 아무것도 발송되지 않았습니다.
step-taken = 서명하여 완료함
acts-made = 기록된 행위:
relayed = 이 합의에 따른 사안에 전달
relayed-done = 전달됨
relayed-refused = 해당 사안에서 불허:
close = 닫기
