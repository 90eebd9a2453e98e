/// How many lines have a colour of their own.
pub const SERIES: usize = 8;

/// Colours as the canvas takes them, such as `rgb(10, 20, 30)`: ECharts knows no custom properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    pub paper: String,
    pub ink: String,
    /// Of axes' labels.
    pub ink_2: String,
    /// Of the rules behind the lines.
    pub grid: String,
    /// Of the time before.
    pub before: String,
    pub series: [String; SERIES],
    /// The page's font family.
    pub font: String,
}
