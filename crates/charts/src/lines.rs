use crate::palette::{Palette, SERIES};
use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint};
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisPointer, AxisPointerType, AxisTick, AxisType, Emphasis, ItemStyle,
    LineStyle, LineStyleType, SplitLine, Symbol, Tooltip, Trigger,
};
use charming::series::Line as Series;
use serde_json::{Value, json};

/// Pixels of an axis's labels and of a line's label at its end.
const FONT_SIZE: f64 = 12.0;
/// As many labels below as fit beside each other.
const LABELS: usize = 5;
const LABELS_NARROW: usize = 3;
/// Room at the right for the lines' names, in pixels.
const END_ROOM: f64 = 190.0;

/// Lines over the same days.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// What each day is called below the chart.
    pub days: Vec<String>,
    pub lines: Vec<Line>,
    /// Whether the scale begins at 0; else it shows what changes.
    pub from_zero: bool,
    /// Whether names stand at the ends of the lines, where there is room.
    pub named: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub name: String,
    /// What stands at its end: its name with its last value.
    pub label: String,
    /// One for each day; a gap where it isn't known.
    pub values: Vec<Option<f64>>,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Its place among the lines decides colour and dashes, so that it keeps them when others go.
    Main(usize),
    /// The same in the time before: dashed and grey.
    Before,
}

impl Role {
    pub fn colour(self, palette: &Palette) -> &str {
        match self {
            Self::Main(place) => &palette.series[place % SERIES],
            Self::Before => &palette.before,
        }
    }

    /// From the third line on colour isn't all that tells them apart.
    pub const fn is_dashed(self) -> bool {
        match self {
            Self::Main(place) => place % 4 >= 2,
            Self::Before => true,
        }
    }

    const fn dashes(self) -> LineStyleType {
        match self {
            Self::Main(place) if place % 4 == 3 => LineStyleType::Dotted,
            _ if self.is_dashed() => LineStyleType::Dashed,
            _ => LineStyleType::Solid,
        }
    }
}

impl Lines {
    /// The option for ECharts; `narrow` where there is no room for names beside the lines.
    pub fn option(&self, palette: &Palette, narrow: bool) -> Value {
        let named = self.named && !narrow;
        let text = |label: AxisLabel| {
            label.color(palette.ink_2.as_str()).font_family(palette.font.as_str()).font_size(FONT_SIZE)
        };
        let below = Axis::new()
            .type_(AxisType::Category)
            .data(self.days.clone())
            .boundary_gap(false)
            .axis_line(AxisLine::new().show(false))
            .axis_tick(AxisTick::new().show(false))
            .axis_label(text(AxisLabel::new()));
        let beside = Axis::new()
            .type_(AxisType::Value)
            .scale(!self.from_zero)
            .split_number(4)
            .axis_label(text(AxisLabel::new()))
            .split_line(SplitLine::new().line_style(LineStyle::new().color(palette.grid.as_str())));
        let pointer = AxisPointer::new()
            .type_(AxisPointerType::Line)
            .line_style(LineStyle::new().color(palette.ink_2.as_str()).type_(LineStyleType::Dashed).width(1));
        let right = if named { END_ROOM } else { 12.0 };
        let chart = Chart::new()
            .grid(Grid::new().left(4).right(right).top(12).bottom(4).contain_label(true))
            .tooltip(Tooltip::new().trigger(Trigger::Axis).axis_pointer(pointer))
            .x_axis(below)
            .y_axis(beside);
        let chart =
            self.lines.iter().fold(chart, |chart, line| chart.series(line.series(palette, self.filled())));
        let mut option = json!(chart);
        // What charming has no words for.
        option["tooltip"]["confine"] = json!(true);
        option["xAxis"]["axisLabel"]["customValues"] = json!(self.labelled_days(narrow));
        if named {
            self.name_ends(&mut option, palette);
        }
        option
    }

    /// One line, perhaps beside its past, stands on a tinted ground.
    fn filled(&self) -> bool {
        self.lines.iter().filter(|line| line.role != Role::Before).count() == 1
    }

    /// Places of the days that are named: the first, the last, and evenly between.
    fn labelled_days(&self, narrow: bool) -> Vec<usize> {
        let Some(last) = self.days.len().checked_sub(1) else { return Vec::new() };
        let gaps = (if narrow { LABELS_NARROW } else { LABELS } - 1).min(last);
        if gaps == 0 { vec![0] } else { (0..=gaps).map(|step| (step * last + gaps / 2) / gaps).collect() }
    }

    fn name_ends(&self, option: &mut Value, palette: &Palette) {
        let Some(all) = option["series"].as_array_mut() else { return };
        for (series, line) in all.iter_mut().zip(&self.lines) {
            series["endLabel"] = json!({
                "show": true,
                "formatter": plain(&line.label),
                "color": palette.ink,
                "fontFamily": palette.font,
                "fontSize": FONT_SIZE,
                "fontWeight": 500,
                "distance": 8,
                "width": END_ROOM - 16.0,
                "overflow": "truncate",
            });
            // Two lines that end together push their names apart.
            series["labelLayout"] = json!({"moveOverlap": "shiftY"});
        }
    }
}

impl Line {
    fn series(&self, palette: &Palette, filled: bool) -> Series {
        let colour = self.role.colour(palette);
        let width = if self.role == Role::Before { 1.5 } else { 2.0 };
        let data = self.values.iter().map(|value| DataPoint::Value(CompositeValue::from(*value))).collect();
        let series = Series::new()
            .name(plain(&self.name))
            .symbol(Symbol::Circle)
            .symbol_size(6)
            .show_symbol(self.is_a_point())
            .line_style(LineStyle::new().color(colour).width(width).type_(self.role.dashes()))
            .item_style(ItemStyle::new().color(colour))
            .emphasis(Emphasis::new().disabled(true))
            .data::<DataPoint>(data);
        if filled && self.role != Role::Before {
            series.area_style(AreaStyle::new().color(colour).opacity(0.09))
        } else {
            series
        }
    }

    /// Whether no two known days stand side by side: a line would show nothing.
    fn is_a_point(&self) -> bool {
        !self.values.windows(2).any(|pair| pair.iter().all(Option::is_some))
    }
}

/// ECharts reads `{a}` in a label as a place to fill.
fn plain(text: &str) -> String {
    text.replace(['{', '}'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette() -> Palette {
        let colour = |name: &str| name.to_owned();
        Palette {
            paper: colour("paper"),
            ink: colour("ink"),
            ink_2: colour("ink-2"),
            grid: colour("grid"),
            before: colour("before"),
            series: std::array::from_fn(|place| format!("series-{}", place + 1)),
            font: colour("Inter"),
        }
    }

    fn line(name: &str, role: Role, values: &[Option<f64>]) -> Line {
        Line { name: name.to_owned(), label: format!("{name} 3"), values: values.to_vec(), role }
    }

    fn lines(lines: Vec<Line>) -> Lines {
        let days = (1..=28).map(|day| format!("{day} Nov")).collect();
        Lines { days, lines, from_zero: false, named: true }
    }

    #[test]
    fn each_account_is_a_line_with_its_gaps() {
        let values = [Some(1.0), None, Some(3.0)];
        let chart =
            lines(vec![line("@ana", Role::Main(0), &values), line("@ben{b}", Role::Main(2), &values)]);
        let option = chart.option(&palette(), false);
        assert_eq!(option["series"][0]["type"], "line");
        assert_eq!(option["series"][0]["data"], json!([1.0, null, 3.0]));
        assert_eq!(option["series"][0]["lineStyle"]["color"], "series-1");
        assert_eq!(option["series"][0]["lineStyle"]["type"], "solid");
        assert_eq!(option["series"][1]["lineStyle"]["type"], "dashed");
        assert_eq!(option["series"][1]["name"], "@benb", "nothing that ECharts would fill in");
        assert_eq!(option["series"][1]["endLabel"]["formatter"], "@benb 3");
        assert!(option["series"][0].get("areaStyle").is_none(), "several lines hide each other's ground");
        assert_eq!(option["series"][0]["showSymbol"], true, "lone days would not be seen");
    }

    #[test]
    fn one_line_beside_its_past_stands_on_a_ground() {
        let values = [Some(1.0), Some(2.0)];
        let chart = lines(vec![line("before", Role::Before, &values), line("now", Role::Main(0), &values)]);
        let option = chart.option(&palette(), true);
        assert_eq!(option["series"][0]["lineStyle"]["color"], "before");
        assert!(option["series"][0].get("areaStyle").is_none());
        assert_eq!(option["series"][1]["areaStyle"]["color"], "series-1");
        assert!(option["series"][1].get("endLabel").is_none(), "no room on a phone");
        assert_eq!(option["yAxis"]["scale"], true);
    }

    #[test]
    fn the_first_and_the_last_day_are_named() {
        let chart = lines(Vec::new());
        assert_eq!(
            chart.option(&palette(), false)["xAxis"]["axisLabel"]["customValues"],
            json!([0, 7, 14, 20, 27])
        );
        assert_eq!(chart.option(&palette(), true)["xAxis"]["axisLabel"]["customValues"], json!([0, 14, 27]));
        let two = Lines { days: vec!["a".to_owned(), "b".to_owned()], ..lines(Vec::new()) };
        assert_eq!(two.option(&palette(), false)["xAxis"]["axisLabel"]["customValues"], json!([0, 1]));
        let none = Lines { days: Vec::new(), ..lines(Vec::new()) };
        assert_eq!(none.option(&palette(), false)["xAxis"]["axisLabel"]["customValues"], json!([]));
    }
}
