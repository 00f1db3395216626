use super::*;
use crate::diagnostic::{FileId, Span};

const SOURCE: &str =
    "resource \"aws_vpc\" \"a\" {\n  cidr_block = aws_vpc.b.id\n}\n\nlocals {\n  größe = [\n    1\n  ]\n}\n";

/// The span of the first occurrence of `part`.
fn find(part: &str) -> Span {
    let start = SOURCE.find(part).unwrap();
    Span { file: FileId(0), start: start as u32, end: (start + part.len()) as u32 }
}

fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add("main.tf".into(), SOURCE.into());
    sources
}

#[test]
fn text_is_framed_as_in_terraform() {
    let reference = Diagnostic::error(
        "Reference to undeclared resource",
        "A managed resource \"aws_vpc\" \"b\" has not been declared in the root module, and this sentence is long.",
    )
    .at(find("aws_vpc.b"))
    .hint("Did you mean aws_vpc.a?");
    let mut valued = Diagnostic::warning("Odd", "").at(find("[\n    1\n  ]")).on("local.x");
    valued.values.push(("var.x".into(), "is 3".into()));
    let cases = [
        (
            reference,
            "\nError: Reference to undeclared resource\n\n  on main.tf line 2, in resource \"aws_vpc\" \"a\":\n   2:   cidr_block = aws_vpc.b.id\n\nA managed resource \"aws_vpc\" \"b\" has not been declared in the root module,\nand this sentence is long.\n\nHint: Did you mean aws_vpc.a?\n",
        ),
        (
            valued,
            "\nWarning: Odd\n\n  with local.x,\n  on main.tf line 6, in locals:\n   6:   größe = [\n   7:     1\n   8:   ]\n    ├────────────────\n    │ var.x is 3\n",
        ),
        (
            Diagnostic::error("Unread: Is a directory (os error 21)", "Not a directory (os error 20). (os error x)"),
            "\nError: Unread: Is a directory\n\nNot a directory. (os error x)\n",
        ),
        (Diagnostic::error("No place", "  kept as it is"), "\nError: No place\n\n  kept as it is\n"),
    ];
    for (diagnostic, expected) in cases {
        assert_eq!(render(&[diagnostic], &sources(), Style::PLAIN), expected);
    }
}

#[test]
fn color_adds_a_box_and_underlines() {
    let text =
        render(&[Diagnostic::error("S", "D").at(find("aws_vpc.b"))], &sources(), Style { color: true, ..Style::PLAIN });
    let text = crate::ui::visible(&text);
    for part in ["╷", "╵", "│", "\u{1b}[4maws_vpc.b\u{1b}[0m.id"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

/// Which Terraform 1.11.4 draws in a pipe, too.
#[test]
fn lines_break_as_in_a_frame() {
    let text = "The attribute output is decided by the provider alone and therefore there can be no configured value.";
    for (framed, first) in [(true, "and therefore there\n"), (false, "and therefore there can\n")] {
        let style = Style { framed, ..Style::PLAIN };
        let drawn = render(&[Diagnostic::error("S", text)], &Sources::default(), style);
        assert!(drawn.contains(first), "{drawn}");
    }
}

#[test]
fn json_counts_lines_from_one_and_columns_in_graphemes() {
    let json = to_json(&Diagnostic::error("S", "D").at(find("[\n    1\n  ]")), &sources());
    assert_eq!(json["range"]["start"], json!({ "line": 6, "column": 11, "byte": 77 }));
    assert_eq!(json["snippet"]["highlight_start_offset"], 12);
    assert_eq!(json["snippet"]["context"], "locals");
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let many = |text: &str, times: usize| text.repeat(times);
    let cases = [
        ("a = ".to_owned(), "b.c".to_owned(), many("ü", 200), None),
        (
            many("ü", 150),
            "b.c".into(),
            many("ö", 150),
            Some(("…".to_owned() + &many("ü", 100), "b.c".into(), many("ö", 100) + "…")),
        ),
        ("a = ".into(), many("1+", 300), " # x".into(), Some(("a = ".into(), many("1+", 100) + "…", String::new()))),
        (many("ü", 100), many("1+", 100), many("ö", 100), Some((many("ü", 100), many("1+", 100), many("ö", 100)))),
    ];
    for (before, meant, behind, expected) in cases {
        let [first, second, third] = readable(&before, &meant, &behind).map(Cow::into_owned);
        assert_eq!((first, second, third), expected.unwrap_or((before, meant, behind)));
    }
}
