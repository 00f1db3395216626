//! How text may look: colors and width.

use super::visible::painted;
use unicode_segmentation::UnicodeSegmentation;

/// What the place that text goes to can show.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub color: bool,
    /// Columns to wrap prose at.
    pub width: usize,
    /// Whether lines of diagnostics break where they would within a frame, which colors bring: Terraform draws it in pipes as well,
    /// and who takes it off finds the same lines.
    pub framed: bool,
    /// Whether plans show what machines run when they start. It often holds secrets that nobody has marked, and what goes into a file or
    /// pipe is read by more people than a terminal.
    pub user_data: bool,
}

impl Style {
    /// As text in a file or pipe.
    #[cfg(test)]
    pub const PLAIN: Self = Self { color: false, width: 78, framed: false, user_data: false };

    fn paint(self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() { painted(code, text) } else { text.into() }
    }
    pub fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }
    pub fn dim(self, text: &str) -> String {
        self.paint("90", text)
    }
    pub fn gray(self, text: &str) -> String {
        self.paint("37", text)
    }
    pub fn red(self, text: &str) -> String {
        self.paint("31", text)
    }
    pub fn green(self, text: &str) -> String {
        self.paint("32", text)
    }
    pub fn yellow(self, text: &str) -> String {
        self.paint("33", text)
    }
    pub fn cyan(self, text: &str) -> String {
        self.paint("36", text)
    }
    pub fn underline(self, text: &str) -> String {
        self.paint("4", text)
    }

    /// The line across the screen between what was found and what is planned.
    pub fn rule(self) -> String {
        self.dim(&"─".repeat(self.width.saturating_sub(1)))
    }

    /// Prose in lines that fit, each of which ends. As Terraform it leaves the last column free.
    pub fn paragraph(self, text: &str) -> String {
        Self { width: self.width.saturating_sub(1), ..self }.wrap(text).into_iter().map(|line| line + "\n").collect()
    }

    /// Breaks paragraphs at the width. Lines that start with a blank are kept as they are: they are code or lists.
    pub fn wrap(self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            if paragraph.starts_with([' ', '\t']) {
                lines.push(paragraph.to_owned());
                continue;
            }
            let mut line = String::new();
            let mut columns = 0;
            for word in paragraph.split(' ') {
                let length = word.graphemes(true).count();
                if columns > 0 && columns + 1 + length > self.width {
                    lines.push(std::mem::take(&mut line));
                    columns = 0;
                } else if columns > 0 {
                    line.push(' ');
                    columns += 1;
                }
                line.push_str(word);
                columns += length;
            }
            lines.push(line);
        }
        lines
    }
}
