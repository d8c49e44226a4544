//! `pumasi alert shaking` and `pumasi alert wind`: the models alone, for whoever checks them.

use clap::Args;
use pumasi_node::hazard::wind::{Cyclonic, PRESSURE_AROUND_HPA};
use pumasi_node::hazard::{JmaIntensity, Tectonic, shaking};
use serde_json::json;

use crate::commands::Context;
use crate::failure::{Exit, Failure};
use crate::output::{Answer, Page};

/// An earthquake, and a place at a distance from it.
#[derive(Args)]
#[command(allow_negative_numbers = true)]
pub struct Shaking {
    #[arg(long, value_parser = ["crustal", "interface", "slab"], default_value = "crustal")]
    tectonic: String,
    #[arg(long, value_name = "M")]
    magnitude: f64,
    #[arg(long, value_name = "H")]
    depth_km: f64,
    #[arg(long, value_name = "X")]
    distance_km: f64,
    #[arg(long, value_parser = ["600", "400"], default_value = "600")]
    vs30: String,
}

/// A tropical cyclone, and a place at a distance from its centre.
#[derive(Args)]
#[command(allow_negative_numbers = true)]
pub struct Wind {
    #[arg(long, value_name = "HPA")]
    pressure_hpa: f64,
    #[arg(long, value_name = "HPA", default_value_t = PRESSURE_AROUND_HPA)]
    around_hpa: f64,
    #[arg(long, value_name = "HPA", default_value_t = 0.0)]
    change_hpa_h: f64,
    #[arg(long, value_name = "DEGREES")]
    lat: f64,
    #[arg(long, value_name = "V", default_value_t = 0.0)]
    speed_m_s: f64,
    #[arg(long, value_name = "KM")]
    radius_km: Option<f64>,
    #[arg(long, value_name = "KM")]
    distance_km: f64,
}

/// Shows how the ground moves by the relations of Si and Midorikawa (1999).
///
/// # Errors
/// When a number lies outside of what the relations can be asked.
pub fn shaking(asked: &Shaking, context: &Context<'_>) -> Result<Answer, Failure> {
    within("magnitude", asked.magnitude, 0.0, 10.0)?;
    within("depth-km", asked.depth_km, 0.0, 700.0)?;
    within("distance-km", asked.distance_km, 0.0, 20_000.0)?;
    let (m, h, x) = (asked.magnitude, asked.depth_km, asked.distance_km);
    let tectonic = match asked.tectonic.as_str() {
        "interface" => Tectonic::Interface,
        "slab" => Tectonic::Slab,
        _ => Tectonic::Crustal,
    };
    let velocity = match asked.vs30.as_str() {
        "400" => shaking::peak_velocity_soft(m, h, tectonic, x),
        _ => shaking::peak_velocity(m, h, tectonic, x),
    };
    let acceleration = shaking::peak_acceleration_g(m, h, tectonic, x);
    let jma = shaking::jma_from_velocity(velocity);
    let mmi = shaking::mmi_from_velocity(velocity);
    let class = JmaIntensity::of_instrumental(jma);
    let words = context.words;
    let mut page = Page::default();
    page.field(words.say("shaking-velocity"), format!("{velocity:.4} cm/s"))
        .field(words.say("shaking-acceleration"), format!("{acceleration:.4} g"))
        .field(words.say("shaking-jma"), format!("{jma:.3} ({})", class.code()))
        .field(words.say("shaking-mmi"), format!("{mmi:.3}"))
        .line(words.say("shaking-source"));
    let value = json!({
        "pgv_cm_s": velocity,
        "pga_g": acceleration,
        "jma_intensity": jma,
        "jma_class": class.code(),
        "mmi": mmi,
    });
    Ok(Answer::new(value, page))
}

/// Shows how hard a cyclone blows by the profile of Holland (2008).
///
/// # Errors
/// When a number lies outside of what the profile can be asked.
pub fn wind(asked: &Wind, context: &Context<'_>) -> Result<Answer, Failure> {
    within("pressure-hpa", asked.pressure_hpa, 800.0, 1100.0)?;
    within("around-hpa", asked.around_hpa, 900.0, 1100.0)?;
    within("change-hpa-h", asked.change_hpa_h, -50.0, 50.0)?;
    within("lat", asked.lat, -60.0, 60.0)?;
    within("speed-m-s", asked.speed_m_s, 0.0, 50.0)?;
    within("distance-km", asked.distance_km, 0.0, 3000.0)?;
    let cyclone = Cyclonic {
        pressure_hpa: asked.pressure_hpa,
        around_hpa: asked.around_hpa,
        change_hpa_h: asked.change_hpa_h,
        lat_deg: asked.lat,
        speed_m_s: asked.speed_m_s,
    };
    let radius_km = asked.radius_km.unwrap_or_else(|| cyclone.usual_radius_km());
    within("radius-km", radius_km, 1.0, 500.0)?;
    let wind = cyclone.profile(radius_km).at_m_s(asked.distance_km);
    let words = context.words;
    let mut page = Page::default();
    page.field(words.say("wind-here"), format!("{wind:.1} m/s"))
        .field(words.say("wind-strongest"), format!("{:.1} m/s", cyclone.strongest_m_s()))
        .field(words.say("wind-radius"), format!("{radius_km:.1} km"))
        .field(words.say("wind-sharpness"), format!("{:.3}", cyclone.sharpness()))
        .line(words.say("wind-source"));
    let value = json!({
        "wind_m_s": wind,
        "vmax_m_s": cyclone.strongest_m_s(),
        "b": cyclone.sharpness(),
        "radius_km": radius_km,
    });
    Ok(Answer::new(value, page))
}

/// Refuses a number that is none or lies out of bounds.
fn within(option: &'static str, number: f64, least: f64, most: f64) -> Result<(), Failure> {
    if number >= least && number <= most {
        return Ok(());
    }
    Err(Failure::new("number-out-of-bounds", Exit::Usage)
        .with("option", option)
        .with("number", number.to_string())
        .with("least", least.to_string())
        .with("most", most.to_string()))
}
