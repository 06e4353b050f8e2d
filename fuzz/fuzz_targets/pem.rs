//! Files of certificate roots. A good certificate among anything is found, or the file is refused: it is never passed over.
#![no_main]

use captask::http::roots::certificates;
use libfuzzer_sys::fuzz_target;

/// A root that nobody trusts (Ed25519, CN=fuzz).
const GOOD: &str = "\
-----BEGIN CERTIFICATE-----\n\
MIIBNDCB56ADAgECAhRY6KZvj+/UOhdRRR8Q4cQQQilGkzAFBgMrZXAwDzENMAsG\n\
A1UEAwwEZnV6ejAgFw0yNjExMjkxMTE2MzdaGA8yMTI2MTEwNTExMTYzN1owDzEN\n\
MAsGA1UEAwwEZnV6ejAqMAUGAytlcAMhAI+DNaVdW/NirWNnnm4ZPty1ujgjdJf7\n\
pKffpFg00SmSo1MwUTAdBgNVHQ4EFgQUWiKHaxoECm5u0Fm8cQ4u/lzSGSIwHwYD\n\
VR0jBBgwFoAUWiKHaxoECm5u0Fm8cQ4u/lzSGSIwDwYDVR0TAQH/BAUwAwEB/zAF\n\
BgMrZXADQQCahARvpS+asmeAr7vGjmlkctpTkydC/sgK3dEPJVSEr8Cbb7rywFum\n\
pHWcTocwoXx8kua/3YIe9xICfMLu6wEK\n\
-----END CERTIFICATE-----\n";

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    if which & 1 == 0 {
        let _ = certificates(rest);
        return;
    }
    // Text in two bytes a character has no room for a certificate in one.
    if matches!(rest, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return;
    }
    let good = certificates(GOOD.as_bytes()).expect("a certificate");
    let (before, after) = rest.split_at(rest.len() / 2);
    let file = [before, b"\n", GOOD.as_bytes(), b"\n", after].concat();
    if let Ok(found) = certificates(&file) {
        assert!(found.contains(&good[0]), "the certificate was passed over");
    }
});
