# 재난, 경보 단계, 추정 방법, 집계의 이름. 명령줄과 화면이 함께 쓴다.

hazard-earthquake = 지진
hazard-tsunami = 지진해일
hazard-tropical-cyclone = 태풍
hazard-volcano = 화산
hazard-landslide = 산사태
hazard-wildfire = 산불
hazard-storm-surge = 폭풍해일
hazard-flood = 홍수
hazard-snow = 대설
hazard-rain = 호우
hazard-thunderstorm = 뇌우
hazard-wind = 강풍
hazard-waves = 풍랑
hazard-heat = 폭염
hazard-cold = 한파
hazard-drought = 가뭄
hazard-other = 그 밖의 재난

degree-minor = 경미
degree-moderate = 주의보
degree-severe = 경보
degree-extreme = 특별경보

method-counted = 집계
method-observed = 관측
method-observed-and-model = 관측, 미수신 지점은 모형
method-strongest-of-province = 광역 최대 진도
method-shake-map = 진동 지도
method-model-line = 모형 (단층선)
method-model-circle = 모형 (원, 상한)
method-wind-circle = 바람 반경
method-wind-forecast = 예상 바람 반경
method-wind-model = 바람 모형
method-warned-code = 경보 지역
method-warned-outline = 경보 범위

count-homes-destroyed = 전파·소실 주택
count-homes-half-destroyed = 반파 주택
count-homes-without-water = 단수 가구
count-people-in-shelters = 대피소 인원
count-people-dead = 사망
count-people-injured = 부상
count-people-missing = 실종
