//! How the configuration's proxy and certificate roots become the dialer of a client.

use super::config::{Roots, TransportConfig};
use crate::http::Dialer;
use crate::http::roots::{self, Anchors};
use crate::protocol::{Code, Failure};

/// The dialer of a client. Fails on a PEM file that cannot be read.
pub fn dialer(config: &TransportConfig) -> Result<Dialer, Failure> {
    let wrong = |why| Failure::new(Code::InvalidConfig, format!("tls.roots: {why}"));
    let anchors = match &config.roots {
        Roots::Bundled => Anchors::Bundled,
        Roots::System => roots::system().map_err(wrong)?,
        Roots::File(path) => roots::file(path).map_err(wrong)?,
    };
    Ok(Dialer::new(config.proxy.clone(), anchors, config.connect_timeout))
}
