//! Time-expanded relief planning, checked by code that did not make the plan.
