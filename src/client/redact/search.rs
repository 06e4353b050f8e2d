//! Finds many texts in another in one pass: a trie whose nodes know where to go on when a byte does not fit
//! (Aho and Corasick).

use std::ops::Range;
use zeroize::Zeroize;

/// Shorter texts are no secrets; hiding them would hide ordinary words.
pub const SHORTEST: usize = 4;

/// The root of the trie. No node is followed by it, so it also means "none".
const ROOT: u32 = 0;

/// A beginning of texts that are looked for.
#[derive(Clone, Default)]
struct Node {
    byte: u8,
    /// Whether a text ends here.
    whole: bool,
    first_child: u32,
    next_sibling: u32,
    /// The longest other beginning that this one ends with.
    shorter: u32,
    /// The length of this beginning.
    depth: u32,
    /// The length of the longest text that this beginning ends with.
    longest: u32,
}

/// What is looked for. Cleared from memory when dropped.
pub struct Needles {
    nodes: Vec<Node>,
}

impl Default for Needles {
    fn default() -> Self {
        Needles { nodes: vec![Node::default()] }
    }
}

impl Drop for Needles {
    fn drop(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.byte.zeroize());
    }
}

impl Needles {
    /// Looks for this text, too.
    pub fn add(&mut self, text: &[u8]) {
        // The old place would keep what it holds.
        if self.nodes.capacity() - self.nodes.len() < text.len() {
            let mut grown = Vec::with_capacity((self.nodes.len() + text.len()) * 2);
            grown.extend_from_slice(&self.nodes);
            self.nodes.iter_mut().for_each(|node| node.byte.zeroize());
            self.nodes = grown;
        }
        let mut at = ROOT;
        for &byte in text {
            at = match self.child(at, byte) {
                ROOT => {
                    let new = self.nodes.len() as u32;
                    let parent = &mut self.nodes[at as usize];
                    let (next_sibling, depth) = (parent.first_child, parent.depth + 1);
                    parent.first_child = new;
                    self.nodes.push(Node { byte, next_sibling, depth, ..Node::default() });
                    new
                }
                child => child,
            };
        }
        self.nodes[at as usize].whole = at != ROOT;
    }

    /// The node behind `at` by this byte. A node has 256 at most.
    fn child(&self, at: u32, byte: u8) -> u32 {
        let mut child = self.nodes[at as usize].first_child;
        while child != ROOT && self.nodes[child as usize].byte != byte {
            child = self.nodes[child as usize].next_sibling;
        }
        child
    }

    /// Where this byte leads from the beginning `at`.
    fn step(&self, mut at: u32, byte: u8) -> u32 {
        loop {
            match self.child(at, byte) {
                ROOT if at != ROOT => at = self.nodes[at as usize].shorter,
                next => return next,
            }
        }
    }

    /// Makes ready for searches: to be called after the last `add`.
    pub fn link(&mut self) {
        let mut queue = Vec::with_capacity(self.nodes.len());
        queue.push(ROOT);
        let mut done = 0;
        while let Some(&at) = queue.get(done) {
            done += 1;
            let mut child = self.nodes[at as usize].first_child;
            while child != ROOT {
                let byte = self.nodes[child as usize].byte;
                let shorter = if at == ROOT { ROOT } else { self.step(self.nodes[at as usize].shorter, byte) };
                let longest = self.nodes[shorter as usize].longest;
                let node = &mut self.nodes[child as usize];
                node.shorter = shorter;
                node.longest = if node.whole { node.depth } else { longest };
                queue.push(child);
                child = node.next_sibling;
            }
        }
    }

    /// Where the texts are, the longest of those that end at the same place; also the beginning of one with which
    /// `text`, which may have broken off, ends.
    pub fn find(&self, text: &[u8]) -> Vec<Range<usize>> {
        let (mut out, mut at): (Vec<Range<usize>>, u32) = (Vec::new(), ROOT);
        let mut add = |start: usize, end: usize| {
            // Those that reach into each other are one.
            let mut range = start..end;
            while let Some(last) = out.pop_if(|last| last.end > range.start) {
                range.start = range.start.min(last.start);
            }
            out.push(range);
        };
        for (index, &byte) in text.iter().enumerate() {
            at = self.step(at, byte);
            let longest = self.nodes[at as usize].longest as usize;
            if longest > 0 {
                add(index + 1 - longest, index + 1);
            }
        }
        let begun = self.nodes[at as usize].depth as usize;
        if begun >= SHORTEST {
            add(text.len() - begun, text.len());
        }
        out
    }
}
