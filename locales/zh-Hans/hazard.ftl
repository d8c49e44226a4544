# 灾害、预警等级、估算方法和统计项目的名称，命令行与页面共用。

hazard-earthquake = 地震
hazard-tsunami = 海啸
hazard-tropical-cyclone = 台风
hazard-volcano = 火山
hazard-landslide = 山体滑坡
hazard-wildfire = 森林火灾
hazard-storm-surge = 风暴潮
hazard-flood = 洪水
hazard-snow = 暴雪
hazard-rain = 暴雨
hazard-thunderstorm = 雷暴
hazard-wind = 大风
hazard-waves = 海浪
hazard-heat = 高温
hazard-cold = 寒潮
hazard-drought = 干旱
hazard-other = 其他灾害

degree-minor = 轻微
degree-moderate = 注意
degree-severe = 警报
degree-extreme = 特别警报

method-counted = 统计
method-observed = 观测
method-observed-and-model = 观测（未报站点由模型补充）
method-strongest-of-province = 全省最大烈度
method-shake-map = 震动图
method-model-line = 模型（断层线）
method-model-circle = 模型（圆，上限）
method-wind-circle = 风圈
method-wind-forecast = 预报风圈
method-wind-model = 风场模型
method-warned-code = 预警地区
method-warned-outline = 预警范围

count-homes-destroyed = 倒塌、烧毁房屋
count-homes-half-destroyed = 严重损坏房屋
count-homes-without-water = 停水户数
count-people-in-shelters = 避难所人数
count-people-dead = 死亡
count-people-injured = 受伤
count-people-missing = 失踪
