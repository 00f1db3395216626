//! What a plugin writes to its standard error: lines of its log, which go to ours, and the stack of a crash, which goes into the
//! error that it makes.

use serde_json::Value as Json;
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard},
};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// A longer line is handed on in parts.
const LONGEST_LINE: u64 = 64 * 1024;
/// Of a crash, whose first lines tell what it was.
const MOST_LINES: usize = 100;
/// Of what was said last, for plugins that never come to work.
const LAST_LINES: usize = 10;

/// What one plugin said.
pub(super) struct Log {
    name: String,
    said: Mutex<Said>,
}

#[derive(Default)]
struct Said {
    /// From the line on that says that it crashed.
    crash: Vec<String>,
    /// The last lines that are no records of a log.
    last: VecDeque<String>,
}

impl Log {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), said: Mutex::default() }
    }

    /// The first lines of the crash, if it crashed.
    pub(super) fn crash(&self) -> Option<String> {
        let said = self.said();
        (!said.crash.is_empty()).then(|| said.crash.join("\n"))
    }

    /// The last lines that it wrote without being asked.
    pub(super) fn last(&self) -> String {
        self.said().last.iter().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Reads what the plugin writes to its end.
    pub(super) async fn read(&self, from: impl AsyncRead + Unpin) {
        let mut lines = Lines::new(from);
        while let Some(line) = lines.next().await {
            self.line(&line);
        }
    }

    /// What it wrote to its standard output, where nothing is expected any more.
    pub(super) fn printed(&self, line: &str) {
        self.hand_on("debug", "stdout", line.trim_end());
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.said.lock().unwrap_or_else(|it| it.into_inner())
    }

    pub(super) fn line(&self, line: &str) {
        let line = line.trim_end();
        if line.starts_with('{')
            && let Ok(Json::Object(record)) = serde_json::from_str(line)
        {
            let text = |name: &str| record.get(name).and_then(Json::as_str).unwrap_or_default();
            let fields = record.iter().filter(|(name, _)| !name.starts_with('@'));
            let fields: String = fields.map(|(name, it)| format!(" {name}={it}")).collect();
            return self.hand_on(text("@level"), text("@module"), &format!("{}{fields}", text("@message")));
        }
        let mut said = self.said();
        let is_crash = line.starts_with("panic: ") || line.starts_with("fatal error: ");
        if (is_crash || !said.crash.is_empty()) && said.crash.len() < MOST_LINES {
            said.crash.push(line.to_owned());
        }
        if !line.is_empty() {
            if said.last.len() == LAST_LINES {
                said.last.pop_front();
            }
            said.last.push_back(line.to_owned());
        }
        let has_crashed = !said.crash.is_empty();
        drop(said);
        let (level, rest) = leveled(line);
        self.hand_on(if has_crashed { "error" } else { level }, "", rest);
    }

    fn hand_on(&self, level: &str, module: &str, text: &str) {
        let plugin = self.name.as_str();
        match level {
            "trace" => tracing::trace!(plugin, module, "{text}"),
            "info" => tracing::info!(plugin, module, "{text}"),
            "warn" => tracing::warn!(plugin, module, "{text}"),
            "error" => tracing::error!(plugin, module, "{text}"),
            _ => tracing::debug!(plugin, module, "{text}"),
        }
    }
}

/// `[WARN] text`, as older plugins write.
fn leveled(line: &str) -> (&str, &str) {
    for (mark, level) in
        [("[TRACE]", "trace"), ("[DEBUG]", "debug"), ("[INFO]", "info"), ("[WARN]", "warn"), ("[ERROR]", "error")]
    {
        if let Some(rest) = line.strip_prefix(mark) {
            return (level, rest.trim_start());
        }
    }
    ("debug", line)
}

/// Lines of what a program writes, whatever that is.
pub(super) struct Lines<R>(BufReader<R>);

impl<R: AsyncRead + Unpin> Lines<R> {
    pub(super) fn new(from: R) -> Self {
        Self(BufReader::new(from))
    }

    /// None at the end, and where nothing can be read any more.
    pub(super) async fn next(&mut self) -> Option<String> {
        let mut line = Vec::new();
        (&mut self.0).take(LONGEST_LINE).read_until(b'\n', &mut line).await.ok()?;
        (!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crashes_are_told_from_what_is_said() {
        let log = Log::new("x");
        for line in [r#"{"@level":"warn","@message":"m","k":1}"#, "[INFO] starting", "", "{no json"] {
            log.line(line);
        }
        assert_eq!((log.crash(), log.last().as_str()), (None, "[INFO] starting\n{no json"));
        log.line("panic: runtime error");
        (0..1000).for_each(|at| log.line(&format!("goroutine {at}")));
        let crash = log.crash().unwrap();
        assert!(crash.starts_with("panic: runtime error\ngoroutine 0\n"), "{crash}");
        assert_eq!((crash.lines().count(), log.last().lines().count()), (MOST_LINES, LAST_LINES));
    }

    #[derive(Clone, Default)]
    struct Written(std::sync::Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn records_go_to_our_log_with_their_level() {
        let written = Written::default();
        let writer = written.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::DEBUG)
            .without_time()
            .with_ansi(false)
            .with_target(false)
            .with_writer(move || writer.clone())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            let log = Log::new("x");
            for line in [
                r#"{"@level":"trace","@message":"unheard"}"#,
                r#"{"@level":"warn","@message":"said","@module":"m","@timestamp":"t","k":{"a":1}}"#,
                "[ERROR] badly",
                "whatever\u{1b}[1m",
                "panic: over",
                "goroutine",
            ] {
                log.line(line);
            }
            log.printed("printed\n");
        });
        let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let expected = [
            r#"WARN said k={"a":1} plugin="x" module="m""#,
            r#"ERROR badly plugin="x" module="""#,
            r#"DEBUG whatever\x1b[1m plugin="x" module="""#,
            r#"ERROR panic: over plugin="x" module="""#,
            r#"ERROR goroutine plugin="x" module="""#,
            r#"DEBUG printed plugin="x" module="stdout""#,
        ];
        assert_eq!(lines, expected);
    }

    #[tokio::test]
    async fn endless_lines_come_in_parts() {
        let text = vec![b'x'; 3 * LONGEST_LINE as usize / 2];
        let mut lines = Lines::new(&text[..]);
        assert_eq!(lines.next().await.map(|it| it.len()), Some(LONGEST_LINE as usize));
        assert_eq!(lines.next().await.map(|it| it.len()), Some(LONGEST_LINE as usize / 2));
        assert_eq!(lines.next().await, None);
    }
}
