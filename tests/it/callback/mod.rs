//! The callback receiver: real posts to a real client, from the stand-in and from whoever finds the port.
#![cfg(all(feature = "sandbox", feature = "callback"))]

mod flows;
mod many;
mod strangers;
mod support;
