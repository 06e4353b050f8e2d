//! Text in lines of a given width.

/// A page of text.
pub struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// An empty page.
    pub fn new(width: usize) -> Page {
        Page { width: width.clamp(40, 100), text: String::new() }
    }

    /// The text, with one line's end at its end.
    pub fn finish(self) -> String {
        format!("{}\n", self.text.trim_end_matches('\n'))
    }

    /// A blank line, unless there is one.
    pub fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A line that begins a part of the page.
    pub fn heading(&mut self, text: &str) {
        self.blank();
        self.paragraph(0, text);
    }

    /// Wrapped text.
    pub fn paragraph(&mut self, indent: usize, text: &str) {
        self.item(indent, "", text);
    }

    /// Wrapped text after a mark, below which its further lines do not go.
    pub fn item(&mut self, indent: usize, mark: &str, text: &str) {
        let hang = indent + mark.chars().count();
        let hang = if hang * 2 > self.width { indent + 4 } else { hang };
        let mut line = format!("{}{mark}", " ".repeat(indent));
        let mut empty = true;
        for word in text.split_whitespace() {
            let length = line.chars().count() + usize::from(!empty) + word.chars().count();
            if length > self.width && !empty {
                self.line(&line);
                line = " ".repeat(hang);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        if !line.trim().is_empty() {
            self.line(&line);
        }
    }

    /// Lines as they are.
    pub fn verbatim(&mut self, indent: usize, text: &str) {
        for line in text.lines() {
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push('\n');
    }
}

/// Rows of two columns. The first is as wide as its longest text, within bounds; a longer one has a line of its own.
pub fn table(page: &mut Page, rows: impl Iterator<Item = [String; 2]>) {
    let rows: Vec<[String; 2]> = rows.collect();
    let most = (page.width / 3).max(12);
    let longest = rows.iter().map(|[name, _]| name.chars().count()).filter(|length| *length <= most).max();
    let column = longest.unwrap_or(12).max(8);
    for [name, text] in rows {
        if name.chars().count() > column {
            page.paragraph(2, &name);
            page.item(2, &" ".repeat(column + 2), &text);
        } else {
            page.item(2, &format!("{name:column$}  "), &text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_below_itself() {
        let mut page = Page::new(40);
        let rows = [["name", "a text that is longer than one line of forty"], ["a name that is far too long", "text"]];
        table(&mut page, rows.into_iter().map(|row| row.map(str::to_owned)));
        let wanted = "  name      a text that is longer than\n            one line of forty\n  a name that is far too long\n            text\n";
        assert_eq!(page.finish(), wanted);
    }
}
