//! The picture: 95 of 100 of each question on a scale of powers of ten, one mark a set, beside the goals. Plain text, light
//! and dark as the reader's system is.

use super::figures::Figures;
use super::query::Line;
use super::questions::Kind;
use super::report::size;
use std::fmt::Write;

/// Everything is so wide, pixels.
const WIDTH: f64 = 800.0;
/// Where the scale begins and ends.
const SCALE: (f64, f64) = (296.0, 776.0);
/// From question to question.
const STEP: f64 = 20.0;
/// Above the first question.
const HEAD: f64 = 76.0;
/// Below the last one.
const FOOT: f64 = 62.0;
/// Where goals are in [`Kind::goals`].
const GOALS: [u32; 2] = [1_000_000, 10_000_000];

/// Marks have a shape each, so that they can be told apart without colours.
const SHAPES: usize = 4;

const STYLE: &str = "
  svg { color-scheme: light dark; font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; }
  .paper { fill: #ffffff; } text { fill: #24292f; } .soft { fill: #57606a; font-size: 12px; }
  .title { font-size: 15px; font-weight: 600; } .group { font-weight: 600; }
  .grid { stroke: #d8dee4; } .span { stroke: #afb8c1; stroke-width: 2; } .goal { stroke: #bc4c00; stroke-width: 2; }
  .m0 { fill: #54aeff; } .m1 { fill: #0969da; } .m2 { fill: #0a3069; } .m3 { fill: #8250df; }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117; } text { fill: #e6edf3; } .soft { fill: #9198a1; }
    .grid { stroke: #2a313c; } .span { stroke: #565f6a; } .goal { stroke: #f0883e; }
    .m0 { fill: #1f6feb; } .m1 { fill: #58a6ff; } .m2 { fill: #cae8ff; } .m3 { fill: #bc8cff; }
  }
";

/// Draws all questions of a run.
pub(super) fn draw(figures: &Figures) -> String {
    let all = figures.by_question();
    let rows = rows(&all);
    let axis = Axis::of(&all);
    let end = HEAD + STEP * rows.len() as f64;
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_all(&mut out, figures, &all, &rows, &axis, end);
    out
}

fn write_all(
    out: &mut String,
    figures: &Figures,
    all: &[Vec<&Line>],
    rows: &[Row],
    axis: &Axis,
    end: f64,
) -> std::fmt::Result {
    let height = end + FOOT;
    let title = "How long a question takes: 95 of 100 take no longer";
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title about">
<title id="title">{title}</title>
<desc id="about">{}</desc>
<style>{STYLE}</style>
<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>
<text class="title" x="16" y="26">{title}</text>"#,
        escaped(&described(all)),
    )?;
    key(out, all)?;
    axis.write(out, end)?;
    for (at, row) in rows.iter().enumerate() {
        let y = HEAD + STEP * (at as f64 + 0.5);
        match row {
            Row::Group(name) => writeln!(
                out,
                r#"<text class="group" x="16" y="{:.1}">{name}</text>"#,
                y + 4.0
            )?,
            Row::Question(lines) => question(out, axis, lines, y)?,
        }
    }
    let foot = foot(figures);
    for (at, line) in foot.iter().enumerate() {
        let y = end + 38.0 + 15.0 * at as f64;
        writeln!(
            out,
            r#"<text class="soft" x="16" y="{y:.1}">{}</text>"#,
            escaped(line)
        )?;
    }
    writeln!(out, "</svg>")
}

enum Row<'l> {
    Group(&'static str),
    Question(&'l [&'l Line]),
}

/// Questions below what they are about.
fn rows<'l>(all: &'l [Vec<&'l Line>]) -> Vec<Row<'l>> {
    let groups = [
        (Kind::Page, "The newest 200"),
        (Kind::Search, "Search, the newest 200"),
        (Kind::Body, "Any field of the body"),
        (Kind::Place, "A page from elsewhere"),
        (Kind::Counts, "Total, all counts, histogram"),
        (Kind::CountsOfWord, "The same with a common word"),
        (Kind::Other, "Others"),
    ];
    let mut rows = Vec::new();
    for (kind, name) in groups {
        let of_kind = |lines: &&Vec<&Line>| lines.first().is_some_and(|line| line.kind == kind.name());
        let mut questions = all.iter().filter(of_kind).peekable();
        if questions.peek().is_some() {
            rows.push(Row::Group(name));
            rows.extend(questions.map(|lines| Row::Question(lines)));
        }
    }
    rows
}

fn question(out: &mut String, axis: &Axis, lines: &[&Line], y: f64) -> std::fmt::Result {
    let Some(first) = lines.first() else {
        return Ok(());
    };
    writeln!(
        out,
        r#"<g><title>{}</title><text x="28" y="{:.1}">{}</text>"#,
        escaped(&sentence(lines)),
        y + 4.0,
        escaped(&first.name)
    )?;
    for x in goals(lines).map(|goal| axis.x(goal)) {
        let (top, bottom) = (y - 8.0, y + 8.0);
        writeln!(
            out,
            r#"<line class="goal" x1="{x:.1}" x2="{x:.1}" y1="{top:.1}" y2="{bottom:.1}"/>"#
        )?;
    }
    let places = || lines.iter().map(|line| axis.x(line.took.p95));
    let (from, to) = (places().fold(SCALE.1, f64::min), places().fold(SCALE.0, f64::max));
    writeln!(
        out,
        r#"<line class="span" x1="{from:.1}" x2="{to:.1}" y1="{y:.1}" y2="{y:.1}"/>"#
    )?;
    for (at, line) in lines.iter().enumerate() {
        mark(out, at, axis.x(line.took.p95), y)?;
    }
    writeln!(out, "</g>")
}

/// The goals of the sets that are drawn, each once.
fn goals(lines: &[&Line]) -> impl Iterator<Item = f64> {
    let mut goals: Vec<f64> = lines.iter().filter_map(|line| line.goal).collect();
    goals.dedup();
    goals.into_iter()
}

/// `a week: 1 M 0.93 ms (goal 10 ms), 10 M 2.10 ms (goal 20 ms)`.
fn sentence(lines: &[&Line]) -> String {
    let each = lines.iter().map(|line| {
        let goal = line
            .goal
            .map_or(String::new(), |goal| format!(" (goal {goal} ms)"));
        format!("{} {:.2} ms{goal}", size(line.events), line.took.p95)
    });
    let name = lines.first().map_or("", |line| line.name.as_str());
    format!("{name}: {}", each.collect::<Vec<_>>().join(", "))
}

fn described(all: &[Vec<&Line>]) -> String {
    let sentences: Vec<String> = all.iter().map(|lines| sentence(lines)).collect();
    sentences.join("; ")
}

fn mark(out: &mut String, at: usize, x: f64, y: f64) -> std::fmt::Result {
    let class = format!("m{}", at % SHAPES);
    match at % SHAPES {
        0 => writeln!(out, r#"<circle class="{class}" cx="{x:.1}" cy="{y:.1}" r="5"/>"#),
        1 => writeln!(
            out,
            r#"<rect class="{class}" x="{:.1}" y="{:.1}" width="9" height="9"/>"#,
            x - 4.5,
            y - 4.5
        ),
        2 => writeln!(
            out,
            r#"<path class="{class}" d="M{x:.1} {:.1}l6 10.4h-12z"/>"#,
            y - 6.4
        ),
        _ => writeln!(
            out,
            r#"<path class="{class}" d="M{x:.1} {:.1}l6 6-6 6-6-6z"/>"#,
            y - 6.0
        ),
    }
}

/// What the marks mean.
fn key(out: &mut String, all: &[Vec<&Line>]) -> std::fmt::Result {
    let mut x = SCALE.0;
    for (at, line) in all.first().into_iter().flatten().enumerate() {
        mark(out, at, x, 46.0)?;
        let text = format!("{} events", size(line.events));
        writeln!(
            out,
            r#"<text class="soft" x="{:.1}" y="50">{text}</text>"#,
            x + 12.0
        )?;
        x += 30.0 + 7.0 * text.len() as f64;
    }
    let goals = all.iter().flatten().any(|line| line.goal.is_some());
    if goals {
        writeln!(
            out,
            r#"<line class="goal" x1="{x:.1}" x2="{x:.1}" y1="38" y2="54"/><text class="soft" x="{:.1}" y="50">goal of {} and {}</text>"#,
            x + 8.0,
            size(GOALS[0]),
            size(GOALS[1])
        )?;
    }
    Ok(())
}

/// Whole powers of ten, milliseconds.
struct Axis {
    from: i32,
    to: i32,
}

impl Axis {
    fn of(all: &[Vec<&Line>]) -> Axis {
        let lines = || all.iter().flatten();
        let values = lines()
            .map(|line| line.took.p95)
            .chain(lines().filter_map(|line| line.goal))
            .filter(|value| *value > 0.0)
            .map(f64::log10);
        let (low, high) = values.fold((0.0_f64, 1.0_f64), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        // Nothing stands on the edge.
        Axis {
            from: (low - 0.05).floor() as i32,
            to: (high + 0.05).ceil() as i32,
        }
    }

    fn x(&self, ms: f64) -> f64 {
        let share = (ms.max(1e-6).log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        SCALE.0 + share.clamp(0.0, 1.0) * (SCALE.1 - SCALE.0)
    }

    fn write(&self, out: &mut String, end: f64) -> std::fmt::Result {
        for power in self.from..=self.to {
            let (ms, x) = (10_f64.powi(power), self.x(10_f64.powi(power)));
            let text = match power {
                ..=2 => format!("{ms} ms"),
                _ => format!("{} s", ms / 1_000.0),
            };
            writeln!(
                out,
                r#"<line class="grid" x1="{x:.1}" x2="{x:.1}" y1="{:.1}" y2="{end:.1}"/><text class="soft" x="{x:.1}" y="{:.1}" text-anchor="middle">{text}</text>"#,
                HEAD - 6.0,
                end + 16.0
            )?;
        }
        Ok(())
    }
}

/// How it was measured and on what.
fn foot(figures: &Figures) -> [String; 2] {
    let machine = &figures.machine;
    let busy = machine
        .load
        .map_or(String::new(), |load| format!(", load {load:.1} before"));
    [
        "Each time another question, nothing remembered of any before; 50 deliveries arrive in a second."
            .to_owned(),
        format!(
            "{}, {} cores, {}; {} build{busy}.",
            machine.cpu, machine.cores, machine.os, machine.profile
        ),
    ]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
