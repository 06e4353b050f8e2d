//! HTTP as a client: where connections go through, what their certificates are checked against.

pub mod proxy_rules;
pub mod roots;
