//! The modules of a crate and what each of them uses, read from the code.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::visit::Visit;

/// A path of names, from the crate's root.
pub type Name = Vec<String>;

/// A module that is a file of its own.
#[derive(Default)]
struct Module {
    uses: Vec<Name>,
    /// What a `use` has given a name in it; its children and, with `pub`, others may name it through this module.
    names: BTreeMap<String, Name>,
}

/// Every module of a crate outside its tests, by its path.
pub struct Source(BTreeMap<Name, Module>);

impl Source {
    /// Reads the root of a crate and every module that it declares outside `cfg(test)`.
    pub fn read(folder: &Path, root: &str) -> Source {
        let mut source = Source(BTreeMap::new());
        source.take(folder, &folder.join(root), Vec::new());
        source
    }

    fn take(&mut self, folder: &Path, file: &Path, name: Name) {
        let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let parsed = syn::parse_file(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let mut reader = Reader { at: name.clone(), module: Module::default() };
        for item in &parsed.items {
            if let syn::Item::Mod(child) = item {
                let child = child.ident.to_string();
                reader.module.names.insert(child.clone(), [name.clone(), vec![child]].concat());
            }
        }
        reader.visit_file(&parsed);
        self.0.insert(name.clone(), reader.module);
        for item in &parsed.items {
            let syn::Item::Mod(declared) = item else { continue };
            if declared.content.is_some() || of_tests(&declared.attrs) {
                continue;
            }
            let child = declared.ident.to_string();
            let below = folder.join(&child);
            let beside = [folder.join(format!("{child}.rs")), below.join("mod.rs")];
            let file = beside.iter().find(|file| file.exists()).unwrap_or_else(|| panic!("{}", beside[0].display()));
            self.take(&below, file, [name.clone(), vec![child]].concat());
        }
    }

    /// Who uses whom: each file with the files that define what it names.
    pub fn arrows(&self) -> BTreeMap<Name, BTreeSet<Name>> {
        let arrow = |(name, module): (&Name, &Module)| {
            let used = module.uses.iter().filter_map(|path| self.defining(path, 0)).filter(|used| used != name);
            (name.clone(), used.collect())
        };
        self.0.iter().map(arrow).collect()
    }

    /// The file that defines what this path names, through what modules hand on.
    fn defining(&self, path: &[String], depth: usize) -> Option<Name> {
        if depth > 8 {
            return None;
        }
        let longest = (0..=path.len()).rev().find(|&length| self.0.contains_key(&path[..length]))?;
        let (name, rest) = path.split_at(longest);
        let module = &self.0[name];
        let Some(first) = rest.first() else { return Some(name.to_vec()) };
        if let Some(other) = module.names.get(first) {
            return self.defining(&[other.as_slice(), &rest[1..]].concat(), depth + 1);
        }
        Some(name.to_vec())
    }
}

/// Whether an item is compiled for tests only.
fn of_tests(attributes: &[syn::Attribute]) -> bool {
    let text = |attribute: &syn::Attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string(),
        _ => String::new(),
    };
    attributes.iter().map(text).any(|cfg| {
        cfg.split(|c: char| !c.is_alphanumeric()).any(|word| word == "test" || word == "fuzzing")
            && !cfg.contains("not")
    })
}

/// Reads the paths of one file.
struct Reader {
    at: Name,
    module: Module,
}

impl Reader {
    /// A path as it stands in the file, from the crate's root; none when it leads out of the crate.
    fn absolute(&self, path: &[String]) -> Option<Name> {
        let ups = path.iter().take_while(|part| *part == "super").count();
        match path.first()?.as_str() {
            "crate" => Some(path[1..].to_vec()),
            "self" => Some([self.at.clone(), path[1..].to_vec()].concat()),
            "super" => Some([self.at[..self.at.len().checked_sub(ups)?].to_vec(), path[ups..].to_vec()].concat()),
            first => {
                let known = self.module.names.get(first)?;
                Some([known.clone(), path[1..].to_vec()].concat())
            }
        }
    }

    fn note(&mut self, path: &[String]) {
        if let Some(absolute) = self.absolute(path) {
            self.module.uses.push(absolute);
        }
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &[String], public: bool) {
        let leaf = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &leaf(&path.ident), public),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before, public)),
            syn::UseTree::Name(name) => self.leaf(&leaf(&name.ident), &name.ident, public),
            syn::UseTree::Rename(name) => self.leaf(&leaf(&name.ident), &name.rename, public),
            syn::UseTree::Glob(_) => self.note(before),
        }
    }

    fn leaf(&mut self, path: &[String], name: &syn::Ident, public: bool) {
        // `use a::{self}` names a itself.
        let path = if path.last().is_some_and(|last| last == "self") { &path[..path.len() - 1] } else { path };
        let name = if name == "self" { path.last().cloned().unwrap_or_default() } else { name.to_string() };
        let Some(absolute) = self.absolute(path) else { return };
        self.module.names.insert(name, absolute.clone());
        if !public {
            self.module.uses.push(absolute);
        }
    }

    /// Paths in the arguments of a macro, which are no syntax yet.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.note(&std::mem::take(&mut path));
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.note(&std::mem::take(&mut path));
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.note(&path);
    }
}

impl<'a> Visit<'a> for Reader {
    fn visit_item_mod(&mut self, item: &'a syn::ItemMod) {
        if !of_tests(&item.attrs) && item.content.is_some() {
            // A module within a file is the file's own business.
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        if !of_tests(&item.attrs) {
            let public = !matches!(item.vis, syn::Visibility::Inherited);
            self.tree(&item.tree, &[], public);
        }
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        self.note(&names);
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'a syn::Macro) {
        self.tokens(called.tokens.clone());
        syn::visit::visit_macro(self, called);
    }

    // `pub(super)` uses nothing.
    fn visit_visibility(&mut self, _: &'a syn::Visibility) {}

    fn visit_attribute(&mut self, _: &'a syn::Attribute) {}
}
