# 災害、警報の段階、推計の方法、集計の名前。コマンドと画面が共に使う。

hazard-earthquake = 地震
hazard-tsunami = 津波
hazard-tropical-cyclone = 台風
hazard-volcano = 火山
hazard-landslide = 土砂災害
hazard-wildfire = 林野火災
hazard-storm-surge = 高潮
hazard-flood = 洪水
hazard-snow = 大雪
hazard-rain = 大雨
hazard-thunderstorm = 雷
hazard-wind = 強風
hazard-waves = 波浪
hazard-heat = 高温
hazard-cold = 低温
hazard-drought = 渇水
hazard-other = その他の災害

degree-minor = 軽微
degree-moderate = 注意報
degree-severe = 警報
degree-extreme = 特別警報

method-counted = 集計
method-observed = 観測
method-observed-and-model = 観測（未入電はモデルで補完）
method-strongest-of-province = 都道府県の最大震度
method-shake-map = 揺れの分布図
method-model-line = モデル（断層線）
method-model-circle = モデル（円・上限）
method-wind-circle = 風の円
method-wind-forecast = 予報の風の円
method-wind-model = 風のモデル
method-warned-code = 警報の地域
method-warned-outline = 警報の範囲

count-homes-destroyed = 全壊・焼失住家
count-homes-half-destroyed = 半壊住家
count-homes-without-water = 断水戸数
count-people-in-shelters = 避難所避難者
count-people-dead = 死者
count-people-injured = 負傷者
count-people-missing = 行方不明者
