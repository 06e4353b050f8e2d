//! How the configuration's proxy and certificate roots become the dialer of a client.

use super::config::{ProxyChoice, Roots, TransportConfig};
use crate::http::roots::{self, Anchors};
use crate::http::{Dialer, Proxies};
use crate::protocol::{Code, Failure};

/// The dialer of a client. Fails on a PEM file that cannot be read and a proxy setting that cannot be used.
pub fn dialer(config: &TransportConfig) -> Result<Dialer, Failure> {
    let wrong = |why| Failure::new(Code::InvalidConfig, format!("tls.roots: {why}"));
    let anchors = match &config.roots {
        Roots::Bundled => Anchors::Bundled,
        Roots::System => roots::system().map_err(wrong)?,
        Roots::File(path) => roots::file(path).map_err(wrong)?,
    };
    let wrong = |why: String| Failure::new(Code::InvalidConfig, why);
    let proxies = match &config.proxy {
        ProxyChoice::None => Proxies::none(),
        ProxyChoice::Environment => Proxies::from_environment(|name| std::env::var_os(name)).map_err(wrong)?,
        ProxyChoice::Url(url) => Proxies::from_url(url.expose()).map_err(|why| wrong(format!("proxy: {why}")))?,
    };
    Ok(Dialer::new(proxies, anchors, config.connect_timeout))
}
