//! Packs the data files of the catalogue, which would be a twentieth of the library as they are.

use std::path::Path;

#[path = "src/protocol/catalog/compact.rs"]
mod compact;

fn main() -> std::io::Result<()> {
    let data = Path::new("src/protocol/catalog/data");
    let out = std::env::var("OUT_DIR").expect("cargo names a directory");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", data.display());
    for name in ["catalogue", "config", "errors", "methods", "refusals", "request", "sandbox", "tasks"] {
        let text = compact::compact(&std::fs::read_to_string(data.join(name).with_extension("json"))?);
        let mut packed = Vec::new();
        zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, text.as_bytes(), &mut packed)?;
        std::fs::write(Path::new(&out).join(name).with_extension("deflate"), packed)?;
    }
    Ok(())
}
