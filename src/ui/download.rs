//! How much of what is downloaded has come, on the screen of somebody who waits.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A line that goes when it is done.
pub struct Download {
    bar: ProgressBar,
}

impl Download {
    /// `screen`: there is a terminal to draw on. Nothing is drawn without one.
    pub fn new(screen: bool) -> Self {
        let target = if screen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { bar: ProgressBar::with_draw_target(None, target) }
    }

    /// `all` is none where the server does not say how much it sends.
    pub fn received(&self, what: &str, received: u64, all: Option<u64>) {
        let template = match all {
            Some(_) => "  {wide_msg} {bar:30} {bytes}/{total_bytes}",
            None => "  {wide_msg} {bytes}",
        };
        if self.bar.length() != all || self.bar.message() != what {
            self.bar.reset();
            self.bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
            self.bar.set_message(what.to_owned());
            all.iter().for_each(|it| self.bar.set_length(*it));
        }
        self.bar.set_position(received);
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
