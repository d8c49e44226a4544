//! From an alert to shaking or wind, people and needs.
