//! What a handle stands for: a client, with a sandbox of its own when its endpoint is `sandbox:`, or a sandbox.

use crate::client;
use crate::client::config::{Config, Endpoint};
use crate::protocol::Failure;
#[cfg(feature = "sandbox")]
use crate::sandbox::Sandbox;
use std::ops::Deref;
use std::sync::Arc;

/// What `captask_open` opens.
pub struct Client {
    client: client::Client,
    #[cfg(feature = "sandbox")]
    sandbox: Option<Sandbox>,
}

impl Client {
    /// Opens a client with the JSON of `captask_open`; `None` is all defaults. No network is touched.
    ///
    /// # Errors
    /// `CAPTASK_INVALID_CONFIG` naming the member, and what the journal or the callback receiver has to say.
    pub fn open(config: Option<&str>) -> Result<Self, Failure> {
        let config = Config::parse(config)?;
        let user_agent = config.user_agent_endpoint.clone();
        match &config.endpoint {
            Endpoint::Hosts(hosts) => {
                let hosts = hosts.clone();
                Ok(Client {
                    client: client::Client::new(config, hosts, user_agent.unwrap_or_default())?,
                    #[cfg(feature = "sandbox")]
                    sandbox: None,
                })
            }
            #[cfg(feature = "sandbox")]
            Endpoint::Sandbox => {
                let sandbox = Sandbox::private(config.catalogue.clone())?;
                let user_agent = user_agent.unwrap_or_else(|| sandbox.user_agent_url());
                let client = client::Client::new(config, vec![sandbox.url()], user_agent)?;
                Ok(Client { client, sandbox: Some(sandbox) })
            }
            #[cfg(not(feature = "sandbox"))]
            Endpoint::Sandbox => {
                Err(Failure::new(crate::protocol::Code::NotBuilt, "endpoint: this build does not include the sandbox"))
            }
        }
    }

    /// `captask_close`: blocked callers return, threads end, connections and the private sandbox go.
    pub fn close(&self) {
        self.client.close();
        #[cfg(feature = "sandbox")]
        if let Some(sandbox) = &self.sandbox {
            sandbox.close();
        }
    }
}

impl Deref for Client {
    type Target = client::Client;

    fn deref(&self) -> &client::Client {
        &self.client
    }
}

/// What a number of the C interface stands for.
#[derive(Clone)]
pub enum Instance {
    /// A client.
    Client(Arc<Client>),
    /// A sandbox.
    #[cfg(feature = "sandbox")]
    Sandbox(Arc<Sandbox>),
}
