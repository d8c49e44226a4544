//! Kinds of hazard, and finding them in what sources write.

use serde::{Deserialize, Serialize};

/// What threatens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// Shaking of the ground.
    Earthquake,
    /// Waves of an earthquake or eruption.
    Tsunami,
    /// A typhoon or a weaker storm of its kind.
    TropicalCyclone,
    /// An eruption and what it throws out.
    Volcano,
    /// Slopes that come down.
    Landslide,
    /// A fire in forest or grass.
    Wildfire,
    /// The sea raised by wind and low pressure.
    StormSurge,
    /// Rivers or rain water over land.
    Flood,
    /// Much snow, also in wind, and avalanches.
    Snow,
    /// Much rain.
    Rain,
    /// Thunder and hail.
    Thunderstorm,
    /// Strong wind and tornadoes.
    Wind,
    /// High waves.
    Waves,
    /// Heat.
    Heat,
    /// Cold, frost and ice.
    Cold,
    /// Too little water.
    Drought,
    /// Anything else.
    Other,
}

/// The words sources use, in lower case. The first that occurs decides, so that what contains
/// another stands before it: the Korean tsunami before the earthquake, a snow storm before wind.
const WORDS: &[(Hazard, &[&str])] = &[
    (Hazard::Tsunami, &["tsunami", "津波", "海啸", "海嘯", "지진해일", "쓰나미"]),
    (Hazard::Earthquake, &["earthquake", "seismic", "地震", "지진"]),
    (
        Hazard::TropicalCyclone,
        &["typhoon", "hurricane", "tropical", "cyclone", "台風", "台风", "颱風", "태풍", "熱帯"],
    ),
    (Hazard::Volcano, &["volcan", "ashfall", "火山", "噴火", "화산"]),
    (
        Hazard::Landslide,
        &["landslide", "mudslide", "debris flow", "土砂", "土石流", "滑坡", "地质", "산사태"],
    ),
    (
        Hazard::Wildfire,
        &["wildfire", "forest fire", "bushfire", "bush fire", "林野火災", "森林火", "산불"],
    ),
    (Hazard::StormSurge, &["surge", "高潮", "风暴潮", "폭풍해일"]),
    (Hazard::Flood, &["flood", "洪水", "氾濫", "浸水", "内涝", "山洪", "홍수", "침수"]),
    (Hazard::Snow, &["snow", "blizzard", "avalanche", "雪", "なだれ", "대설"]),
    (Hazard::Rain, &["rain", "大雨", "暴雨", "호우"]),
    (Hazard::Thunderstorm, &["thunder", "lightning", "hail", "雷", "ひょう", "冰雹", "뇌우"]),
    (Hazard::Wind, &["wind", "gale", "tornado", "暴風", "強風", "突風", "竜巻", "大风", "강풍"]),
    (Hazard::Waves, &["wave height", "high wave", "波浪", "海浪", "풍랑"]),
    (Hazard::Heat, &["heat", "high temperature", "高温", "熱中症", "폭염"]),
    (Hazard::Cold, &["cold", "frost", "freez", "低温", "寒潮", "霜", "着氷", "한파"]),
    (Hazard::Drought, &["drought", "干旱", "渇水", "가뭄"]),
];

impl Hazard {
    /// Every kind, so that screens can prove they name each.
    pub const ALL: [Self; 17] = [
        Self::Earthquake,
        Self::Tsunami,
        Self::TropicalCyclone,
        Self::Volcano,
        Self::Landslide,
        Self::Wildfire,
        Self::StormSurge,
        Self::Flood,
        Self::Snow,
        Self::Rain,
        Self::Thunderstorm,
        Self::Wind,
        Self::Waves,
        Self::Heat,
        Self::Cold,
        Self::Drought,
        Self::Other,
    ];

    /// Its short name, such as `storm_surge`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Earthquake => "earthquake",
            Self::Tsunami => "tsunami",
            Self::TropicalCyclone => "tropical_cyclone",
            Self::Volcano => "volcano",
            Self::Landslide => "landslide",
            Self::Wildfire => "wildfire",
            Self::StormSurge => "storm_surge",
            Self::Flood => "flood",
            Self::Snow => "snow",
            Self::Rain => "rain",
            Self::Thunderstorm => "thunderstorm",
            Self::Wind => "wind",
            Self::Waves => "waves",
            Self::Heat => "heat",
            Self::Cold => "cold",
            Self::Drought => "drought",
            Self::Other => "other",
        }
    }

    /// The kind with a short name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hazard| hazard.name() == name)
    }

    /// The hazard that words of a source name, in Korean, Japanese, Chinese or English.
    #[must_use]
    pub fn of_words(words: &str) -> Self {
        let words = words.to_lowercase();
        let named = |(_, all): &&(Self, &[&str])| all.iter().any(|word| words.contains(word));
        WORDS.iter().find(named).map_or(Self::Other, |(hazard, _)| *hazard)
    }

    /// Adds to a list what it does not hold yet.
    pub(crate) fn add_to(self, list: &mut Vec<Self>) {
        if !list.contains(&self) {
            list.push(self);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hazards_are_found_in_the_words_of_sources() {
        use Hazard::{
            Earthquake, Flood, Heat, Landslide, Other, Rain, Snow, StormSurge, TropicalCyclone,
            Tsunami, Wildfire, Wind,
        };
        for (words, hazard) in [
            ("지진해일주의보", Tsunami),
            ("지진정보", Earthquake),
            ("大津波警報", Tsunami),
            ("土砂災害警戒情報", Landslide),
            ("氾濫危険情報", Flood),
            ("高潮特別警報", StormSurge),
            ("暴風雪警報", Snow),
            ("暴風警報", Wind),
            ("大雨特別警報", Rain),
            ("暴雨红色预警", Rain),
            ("台风蓝色预警", TropicalCyclone),
            ("산불경보", Wildfire),
            ("Extreme Heat Warning", Heat),
            ("FLASH FLOOD WARNING", Flood),
            ("Child Abduction Emergency", Other),
            ("", Other),
        ] {
            assert_eq!(Hazard::of_words(words), hazard, "{words}");
        }
    }
}
