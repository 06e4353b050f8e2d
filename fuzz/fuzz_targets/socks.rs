//! What a SOCKS proxy says, to each version, with and without a login and to names and addresses.
#![no_main]

use captask::http::fuzz_entry::socks;
use captask::http::{Proxies, Stage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((which, said)) = data.split_first() else { return };
    let scheme = ["socks4", "socks4a", "socks5", "socks5h"][usize::from(which & 3)];
    let login = if which & 4 == 0 { "" } else { "anna:planted-word@" };
    let host = ["service.example", "10.1.2.3", "2001:db8::1"][usize::from(which >> 3 & 3) % 3];
    let proxies = Proxies::from_url(&format!("{scheme}://{login}127.0.0.1:1080")).expect("a proxy");
    let proxy = proxies.choose(false, host, 80).expect("no bypass");
    match socks(proxy, host, 80, said) {
        // A method, a login and an address are all that is read: what follows is the server's.
        Ok((open, read)) => assert!(read <= said.len() && read <= 2 + 2 + 262 && (!open || read >= 8), "{open} {read}"),
        Err(error) => {
            assert!(
                !error.sent && matches!(error.stage, Stage::ProxyTcp | Stage::ProxyLogin | Stage::Tunnel),
                "{error:?}"
            );
            assert!(!error.why.contains("planted"), "{error:?}");
        }
    }
});
