//! JSON objects with other members than they came with.

use captask::protocol::json::{Object, quote};
use captask::protocol::{Code, Failure};

/// The object with more members, which replace those of the same name.
pub fn with(object: &Object<'_>, members: &[(&str, String)]) -> String {
    let typed = |name: &str| members.iter().any(|(known, _)| *known == name);
    let kept = object.members().iter().filter(|member| !typed(&member.name));
    let kept = kept.map(|member| format!("{}:{}", quote(&member.name), member.value.get()));
    let added = members.iter().map(|(name, value)| format!("{}:{value}", quote(name)));
    format!("{{{}}}", kept.chain(added).collect::<Vec<_>>().join(","))
}

/// The request with these options, also where it brings some: those win.
pub fn with_options(request: &str, options: &[(&str, String)]) -> Result<String, Failure> {
    if options.is_empty() {
        return Ok(request.to_owned());
    }
    let wrong =
        |what: &'static str| move |e: captask::protocol::json::Malformed| e.into_failure(what, Code::InvalidRequest);
    let object = Object::parse(request).map_err(wrong("the request"))?;
    let own = object.get("options").map_or("{}", |raw| raw.get());
    let own = Object::parse(own).map_err(wrong("options"))?;
    Ok(with(&object, &[("options", with(&own, options))]))
}
