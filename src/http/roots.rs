//! What servers' certificates are checked against.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// Certificates that a server's chain has to end at.
#[derive(Debug, Clone)]
pub enum Anchors {
    /// Those built into the library.
    Bundled,
    /// These alone.
    These(Arc<[CertificateDer<'static>]>),
}

/// The machine's own roots, or why there are none.
pub fn system() -> Result<Anchors, String> {
    let found = rustls_native_certs::load_native_certs();
    if found.certs.is_empty() {
        let why = found.errors.first().map_or_else(|| "none is installed".to_owned(), ToString::to_string);
        return Err(format!("no system root could be read: {why}"));
    }
    Ok(Anchors::These(found.certs.into()))
}

/// A file of roots is no larger.
const LARGEST: u64 = 64 << 20;

/// The roots in a file, or what is wrong with it.
pub fn file(path: &Path) -> Result<Anchors, String> {
    let wrong = |why: String| format!("{}: {why}", path.display());
    let about = std::fs::metadata(path).map_err(|e| wrong(e.to_string()))?;
    if !about.is_file() || about.len() > LARGEST {
        return Err(wrong("it is not a file of certificates".into()));
    }
    let bytes = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
    Ok(Anchors::These(certificates(&bytes).map_err(wrong)?.into()))
}

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// How certificates are labelled; the last one carries trust settings of OpenSSL behind the certificate.
const LABELS: [&str; 3] = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];

/// Padding may be missing.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Every certificate of a PEM text, with whatever is around and between them; or the one of a file in DER. A
/// certificate that cannot be read is an error: a chain that ends at it would be refused later, and nothing would say
/// why.
pub fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = text_of(bytes);
    if !text.contains(BEGIN) {
        return match first_element(bytes).filter(|der| der.len() == bytes.len()) {
            Some(der) => Ok(vec![checked(der.to_vec(), 1)?]),
            None => Err("there is no certificate in it; expected PEM, with -----BEGIN CERTIFICATE-----".into()),
        };
    }
    let (mut found, mut number) = (Vec::new(), 0);
    for block in text.split(BEGIN).skip(1) {
        let Some((label, rest)) = block.split_once(DASHES) else {
            // Cut off within the marker: of what, is not known.
            return Err(format!("certificate {} is cut off", number + 1));
        };
        if !LABELS.contains(&label.trim()) {
            continue;
        }
        number += 1;
        // What follows up to the next BEGIN is of this block alone.
        let Some((body, _)) = rest.split_once(END) else {
            return Err(format!("certificate {number} has no -----END {label}-----"));
        };
        let base64: String = body.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{feff}' | '\0')).collect();
        let der = BASE64.decode(base64).map_err(|e| format!("certificate {number} is not base64: {e}"))?;
        let der = first_element(&der).ok_or_else(|| format!("certificate {number} is cut off or not X.509"))?.to_vec();
        found.push(checked(der, number)?);
    }
    if found.is_empty() {
        return Err("there is no certificate in it, only other PEM blocks".into());
    }
    Ok(found)
}

/// Text from a file: Windows tools write UTF-16, and comments may be in any encoding.
fn text_of(bytes: &[u8]) -> Cow<'_, str> {
    let units = |unit: fn([u8; 2]) -> u16| bytes.chunks_exact(2).map(move |pair| unit([pair[0], pair[1]]));
    match bytes {
        [0xff, 0xfe, ..] => Cow::Owned(String::from_utf16_lossy(&units(u16::from_le_bytes).collect::<Vec<_>>())),
        [0xfe, 0xff, ..] => Cow::Owned(String::from_utf16_lossy(&units(u16::from_be_bytes).collect::<Vec<_>>())),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// The ASN.1 sequence that the bytes begin with.
fn first_element(bytes: &[u8]) -> Option<&[u8]> {
    let (&[tag, short], rest) = bytes.split_first_chunk::<2>()?;
    let (head, length) = match short {
        0..=0x7f => (2, usize::from(short)),
        0x81..=0x84 => {
            let count = usize::from(short & 0x7f);
            let length = rest.get(..count)?.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
            (2 + count, length)
        }
        _ => return None,
    };
    bytes.get(..length.checked_add(head)?).filter(|_| tag == 0x30)
}

/// A certificate that can be a root.
fn checked(der: Vec<u8>, number: usize) -> Result<CertificateDer<'static>, String> {
    let der = CertificateDer::from(der);
    let added = RootCertStore::empty().add(der.clone());
    added.map_err(|e| format!("certificate {number} cannot be read: {e}"))?;
    Ok(der)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(name: &str) -> rcgen::Certificate {
        let mut params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap()
    }

    #[test]
    fn files_are_read_as_people_have_them() {
        let (one, two) = (root("one.example"), root("two.example"));
        let (a, b) = (one.pem(), two.pem());
        let (a_der, b_der) = (one.der().to_vec(), two.der().to_vec());
        let with_trust = [&a_der[..], &[0x30, 3, 2, 1, 1]].concat();
        let trusted = format!(
            "{BEGIN}TRUSTED CERTIFICATE{DASHES}\n{}\n{END}TRUSTED CERTIFICATE{DASHES}",
            base64::engine::general_purpose::STANDARD.encode(with_trust)
        );
        let key = format!("{BEGIN}PRIVATE KEY{DASHES}\nbm90IGEga2V5\n{END}PRIVATE KEY{DASHES}\n");
        let utf16 = |text: &str| {
            [&[0xff, 0xfe][..], &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat()
        };
        let oneline = a.replace('\n', "").replace("CERTIFICATE-----", "CERTIFICATE-----\n");
        let files: Vec<(&str, Vec<u8>, usize)> = vec![
            ("plain", a.clone().into(), 1),
            ("two", format!("{a}{b}").into(), 2),
            ("no newline between", format!("{}{}", a.trim_end(), b.trim_end()).into(), 2),
            ("byte order mark", format!("\u{feff}{a}").into(), 1),
            ("marks between", format!("\u{feff}{a}\u{feff}{b}").into(), 2),
            ("text before", format!("subject=/CN=one\nissuer=/CN=one\n{a}# end\n{b}").into(), 2),
            ("text before on the line", format!("root: {a}").into(), 1),
            ("foreign text", [b"\xe4\xf6\xfc\n", a.as_bytes()].concat(), 1),
            ("crlf", a.replace('\n', "\r\n").into(), 1),
            ("cr", a.replace('\n', "\r").into(), 1),
            ("indented", a.replace('\n', "\n\t  ").into(), 1),
            ("one line", oneline.into(), 1),
            ("old label", a.replace("CERTIFICATE", "X509 CERTIFICATE").into(), 1),
            ("trust settings", format!("{trusted}{b}").into(), 2),
            ("a key, too", format!("{key}{a}{key}").into(), 1),
            ("UTF-16", utf16(&a), 1),
            ("DER", a_der.clone(), 1),
        ];
        for (name, bytes, count) in files {
            let found = certificates(&bytes).unwrap_or_else(|why| panic!("{name}: {why}"));
            let wanted = [&a_der[..], &b_der[..]];
            assert_eq!(found.len(), count, "{name}");
            assert!(found.iter().zip(wanted).all(|(found, wanted)| found.as_ref() == wanted), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_number() {
        let good = root("one.example").pem();
        let cut = &good[..good.len() / 2];
        let odd = format!("{BEGIN}CERTIFICATE{DASHES}\nMAMCAQE=\n{END}CERTIFICATE{DASHES}\n");
        let short = format!("{BEGIN}CERTIFICATE{DASHES}\nMIIB\n{END}CERTIFICATE{DASHES}\n");
        for (text, why) in [
            (format!("{good}{cut}"), "certificate 2 has no -----END"),
            (format!("{good}{cut}\n{good}"), "certificate 2 has no -----END"),
            (format!("{good}{odd}{good}"), "certificate 2 cannot be read"),
            (format!("{short}{good}"), "certificate 1 is cut off"),
            (format!("{good}{good}{}", good.replacen("MII", "M*I", 1)), "certificate 3 is not base64"),
            (format!("{good}{BEGIN}CERTIFICATE"), "certificate 2 is cut off"),
            (String::new(), "no certificate"),
            ("0".repeat(1000), "no certificate"),
            (odd.replace("CERTIFICATE", "PRIVATE KEY"), "no certificate"),
        ] {
            let refusal = certificates(text.as_bytes()).unwrap_err();
            assert!(refusal.contains(why), "{why}: {refusal}");
        }
        assert!(file(Path::new("/dev/null")).is_err());
        assert!(file(Path::new("/nowhere/at all")).unwrap_err().contains("/nowhere/at all"));
    }

    #[test]
    fn the_machines_own_file_can_be_read() {
        let known = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];
        for path in known.into_iter().filter(|path| Path::new(path).is_file()) {
            assert!(matches!(file(Path::new(path)), Ok(Anchors::These(roots)) if roots.len() > 20), "{path}");
        }
    }
}
