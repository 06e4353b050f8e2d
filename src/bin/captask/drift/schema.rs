//! Schemas of an OpenAPI document: $ref, allOf, oneOf, anyOf and discriminators followed, cycles survived.

use super::known::plain;
use super::model::Member;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// So many schemas are looked at, all in all.
const MOST_LOOKS: usize = 500_000;
/// So many references follow each other.
const MOST_HOPS: usize = 64;

/// A document whose schemas are looked at.
pub struct Schemas<'d> {
    root: &'d Value,
    looks: Cell<usize>,
    /// References that lead nowhere in this document.
    pub lost: RefCell<BTreeSet<String>>,
}

/// One alternative of a schema.
#[derive(Debug, Clone, Default)]
pub struct Concrete<'d> {
    /// Members that a discriminator gives a value, and that value.
    pub fixed: Vec<(String, String)>,
    /// The schemas that hold together.
    pub schemas: Vec<&'d Value>,
    /// The name of the innermost schema that has one.
    pub name: String,
}

/// The members of an object, each with its schemas.
#[derive(Debug, Default)]
pub struct Flat<'d> {
    pub properties: BTreeMap<String, Vec<&'d Value>>,
    pub required: BTreeSet<String>,
    pub deprecated: bool,
}

impl<'d> Schemas<'d> {
    pub fn new(root: &'d Value) -> Schemas<'d> {
        Schemas { root, looks: Cell::new(0), lost: RefCell::default() }
    }

    /// Whether the limit of work is reached.
    pub fn exhausted(&self) -> bool {
        self.looks.get() > MOST_LOOKS
    }

    fn look(&self) -> bool {
        self.looks.set(self.looks.get() + 1);
        !self.exhausted()
    }

    /// What a value that may be a reference stands for, and the name of what is referred to.
    pub fn resolve(&self, value: &'d Value) -> (&'d Value, Option<&'d str>) {
        let (mut here, mut name) = (value, None);
        for _ in 0..MOST_HOPS {
            let Some(to) = here.get("$ref").and_then(Value::as_str) else { return (here, name) };
            match self.target(to) {
                Some(found) => (here, name) = (found, to.rsplit('/').next()),
                None => {
                    self.lost.borrow_mut().insert(to.to_owned());
                    return (&Value::Null, None);
                }
            }
        }
        (&Value::Null, None)
    }

    fn target(&self, to: &str) -> Option<&'d Value> {
        let pointer = to.strip_prefix('#')?;
        self.root
            .pointer(pointer)
            .or_else(|| self.root.pointer(&pointer.replace("%7B", "{").replace("%7D", "}").replace("%20", " ")))
    }

    /// Every named schema.
    pub fn named(&self) -> impl Iterator<Item = (&'d String, &'d Value)> + use<'d> {
        let of = |pointer: &str| self.root.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
        of("/components/schemas").chain(of("/definitions"))
    }

    /// The alternatives of a schema.
    pub fn expand(&self, schema: &'d Value) -> Vec<Concrete<'d>> {
        self.expand_within(schema, None, &mut Vec::new())
    }

    /// [`Schemas::expand`], of a schema that goes by a name.
    fn expand_within(
        &self,
        schema: &'d Value,
        name: Option<&'d str>,
        open: &mut Vec<*const Value>,
    ) -> Vec<Concrete<'d>> {
        let (here, target) = self.resolve(schema);
        let name = target.or(name);
        if !self.look() || open.contains(&std::ptr::from_ref(here)) {
            return Vec::new();
        }
        open.push(here);
        let mut found = self.alternatives(here, name, open);
        open.pop();
        for one in &mut found {
            if one.name.is_empty() {
                one.name = name.unwrap_or_default().to_owned();
            }
        }
        found
    }

    fn alternatives(&self, here: &'d Value, name: Option<&'d str>, open: &mut Vec<*const Value>) -> Vec<Concrete<'d>> {
        let discriminator = self.discriminator(here);
        let listed: Vec<&Value> = ["oneOf", "anyOf"].iter().flat_map(|word| list(here, word)).collect();
        let mut out = Vec::new();
        if !listed.is_empty() {
            for one in listed {
                let target = self.resolve(one).1;
                let values =
                    discriminator.map_or_else(Vec::new, |(property, _)| self.values(here, property, one, target));
                out.extend(self.with((one, None), here, discriminator, &values, open));
            }
            return out;
        }
        if let Some((property, of)) = discriminator {
            let derived = self.derived(of, name);
            for (one, target) in &derived {
                let values = self.values(of, property, one, Some(target));
                out.extend(self.with((one, Some(target)), here, discriminator, &values, open));
            }
            if !out.is_empty() {
                return out;
            }
        }
        // A reference with a description beside it, or a base that is itself a choice.
        let parts: Vec<&Value> = list(here, "allOf").collect();
        let choice = parts.iter().position(|part| {
            let (target, base) = self.resolve(part);
            let chooses = !self.derives(here, base) && self.discriminator(target).is_some();
            target.get("oneOf").is_some()
                || target.get("anyOf").is_some()
                || (part.get("$ref").is_some() && chooses && parts.len() == 1)
        });
        match choice {
            Some(at) => {
                let mut found = parts.get(at).map(|part| self.expand_within(part, None, open)).unwrap_or_default();
                found.iter_mut().for_each(|one| one.schemas.push(here));
                found
            }
            None => vec![Concrete { schemas: vec![here], ..Concrete::default() }],
        }
    }

    /// The alternatives of one choice, each with what holds for all of them and with what the discriminator says.
    fn with(
        &self,
        (one, name): (&'d Value, Option<&'d str>),
        common: &'d Value,
        discriminator: Option<(&'d str, &'d Value)>,
        values: &[String],
        open: &mut Vec<*const Value>,
    ) -> Vec<Concrete<'d>> {
        let mut found = self.expand_within(one, name, open);
        for concrete in &mut found {
            concrete.schemas.push(common);
        }
        let Some((property, _)) = discriminator else { return found };
        let each = found.into_iter().flat_map(|concrete| {
            let known = concrete.fixed.iter().any(|(name, _)| name == property);
            let add = |value: &String| {
                let mut concrete = concrete.clone();
                concrete.fixed.push((property.to_owned(), value.clone()));
                concrete
            };
            if known || values.is_empty() { vec![concrete] } else { values.iter().map(add).collect() }
        });
        each.collect()
    }

    /// The member that tells the alternatives apart, and the schema that says so: the schema itself, or a part of it that
    /// is written out.
    fn discriminator(&self, here: &'d Value) -> Option<(&'d str, &'d Value)> {
        let of = |schema: &'d Value| {
            let found = schema.get("discriminator")?;
            let property = found.as_str().or_else(|| found.get("propertyName").and_then(Value::as_str))?;
            Some((property, schema))
        };
        of(here).or_else(|| list(here, "allOf").filter(|part| part.get("$ref").is_none()).find_map(of))
    }

    /// The values of the discriminator that mean an alternative.
    fn values(&self, of: &'d Value, property: &str, one: &'d Value, target: Option<&str>) -> Vec<String> {
        let mapping = of.pointer("/discriminator/mapping").and_then(Value::as_object);
        let means = |to: &&Value| to.as_str().and_then(|to| to.rsplit('/').next()) == target && target.is_some();
        let mapped: Vec<String> =
            mapping.into_iter().flatten().filter(|(_, to)| means(to)).map(|(value, _)| value.clone()).collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let (schema, _) = self.resolve(one);
        let named = ["x-discriminator-value", "x-ms-discriminator-value"].iter();
        if let Some(value) = named.filter_map(|name| schema.get(*name)).find_map(Value::as_str) {
            return vec![value.to_owned()];
        }
        let flat = self.flatten(&[schema]);
        // The base may list the values of all of them.
        let own = flat.properties.get(property).map(|schemas| self.member(schemas).values.unwrap_or_default());
        match own.filter(|values| values.len() == 1) {
            Some(values) => values.into_iter().collect(),
            None => target.map(str::to_owned).into_iter().collect(),
        }
    }

    /// The schemas that a discriminator chooses between: those of its mapping, else those that take the schema in by allOf.
    fn derived(&self, of: &'d Value, name: Option<&str>) -> Vec<(&'d Value, &'d str)> {
        let mapping = of.pointer("/discriminator/mapping").and_then(Value::as_object);
        let targets: BTreeSet<&'d str> = mapping.into_iter().flatten().filter_map(|(_, to)| to.as_str()).collect();
        let last = |to: &'d str| to.rsplit('/').next().unwrap_or(to);
        let named: Vec<(&Value, &str)> = targets
            .iter()
            .filter_map(|to| {
                let found =
                    self.target(to).or_else(|| self.named().find(|(known, _)| known.as_str() == *to).map(|(_, s)| s));
                if found.is_none() {
                    self.lost.borrow_mut().insert((*to).to_owned());
                }
                Some((found?, last(to)))
            })
            .collect();
        if !named.is_empty() {
            return named;
        }
        self.named()
            .filter(|(_, schema)| self.derives(schema, name))
            .map(|(known, schema)| (schema, known.as_str()))
            .collect()
    }

    /// Whether a schema takes in the one of this name.
    fn derives(&self, schema: &Value, base: Option<&str>) -> bool {
        let refers =
            |part: &Value| part.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next()) == base;
        base.is_some() && schema.get("allOf").and_then(Value::as_array).into_iter().flatten().any(refers)
    }

    /// The members of an object that all these schemas describe.
    pub fn flatten(&self, schemas: &[&'d Value]) -> Flat<'d> {
        let mut flat = Flat::default();
        let mut seen = Vec::new();
        for schema in schemas {
            self.flatten_into(schema, &mut flat, &mut seen);
        }
        flat
    }

    fn flatten_into(&self, schema: &'d Value, flat: &mut Flat<'d>, seen: &mut Vec<*const Value>) {
        let (here, _) = self.resolve(schema);
        if !self.look() || seen.contains(&std::ptr::from_ref(here)) {
            return;
        }
        seen.push(here);
        for part in list(here, "allOf") {
            self.flatten_into(part, flat, seen);
        }
        for (name, property) in here.get("properties").and_then(Value::as_object).into_iter().flatten() {
            flat.properties.entry(name.clone()).or_default().push(property);
        }
        flat.required.extend(list(here, "required").filter_map(Value::as_str).map(str::to_owned));
        flat.deprecated |= here.get("deprecated").and_then(Value::as_bool).unwrap_or(false);
    }

    /// What schemas that hold together say of a member. Of alternatives, any may be.
    pub fn member(&self, schemas: &[&'d Value]) -> Member {
        let mut described = Member::default();
        for schema in schemas {
            self.member_into(schema, &mut described, &mut Vec::new());
        }
        described
    }

    fn member_into(&self, schema: &'d Value, described: &mut Member, open: &mut Vec<*const Value>) {
        let (here, _) = self.resolve(schema);
        if !self.look() || open.contains(&std::ptr::from_ref(here)) {
            return;
        }
        open.push(here);
        let words = match here.get("type") {
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(one)) => vec![one.as_str()],
            _ if here.get("properties").is_some() => vec!["object"],
            _ if here.get("items").is_some() => vec!["array"],
            _ => Vec::new(),
        };
        for word in words {
            let word = match word {
                "array" => match here.get("items").map(|items| self.member(&[items]).types) {
                    Some(items) if items.len() == 1 => format!("array<{}>", items.first().map_or("", String::as_str)),
                    _ => String::from("array"),
                },
                other => other.to_owned(),
            };
            described.types.insert(word);
        }
        let values = list(here, "enum").chain(here.get("const")).filter(|value| !value.is_null());
        let values: BTreeSet<String> = values.map(plain).collect();
        if !values.is_empty() {
            let both = |known: &BTreeSet<String>| known.intersection(&values).cloned().collect::<BTreeSet<_>>();
            // Of schemas that hold together the narrower counts.
            described.values =
                Some(described.values.as_ref().map(both).filter(|both| !both.is_empty()).unwrap_or(values));
        }
        let number = |name: &str| here.get(name).and_then(Value::as_f64);
        described.min = number("minimum").or(described.min);
        described.max = number("maximum").or(described.max);
        described.min_items = here.get("minItems").and_then(Value::as_u64).or(described.min_items);
        described.max_items = here.get("maxItems").and_then(Value::as_u64).or(described.max_items);
        for part in list(here, "allOf") {
            self.member_into(part, described, open);
        }
        for (index, part) in ["oneOf", "anyOf"].iter().flat_map(|word| list(here, word)).enumerate() {
            let mut one = Member::default();
            self.member_into(part, &mut one, open);
            let null = one.types.len() == 1 && one.types.contains("null");
            described.types.append(&mut one.types);
            if !null {
                described.values = match (described.values.take(), one.values) {
                    (Some(known), Some(more)) => Some(known.union(&more).cloned().collect()),
                    (None, Some(more)) if index == 0 => Some(more),
                    _ => None,
                };
            }
        }
        open.pop();
    }
}

/// The items of a list that a schema holds.
fn list<'d>(schema: &'d Value, name: &str) -> impl Iterator<Item = &'d Value> + use<'d> {
    schema.get(name).and_then(Value::as_array).into_iter().flatten()
}
