/// The beginning of a text in one line, at most `most` characters long and with `…` where it is cut.
pub fn first_words(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((end, _)) = line.char_indices().nth(most) {
            line.truncate(end);
            return line.trim_end().to_owned() + "…";
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::first_words;

    #[test]
    fn a_text_becomes_a_short_line() {
        assert_eq!(first_words("  Bonjour\n\nà  tous ", 48), "Bonjour à tous");
        assert_eq!(first_words(&"é".repeat(60), 48), "é".repeat(48) + "…");
        assert_eq!(first_words("à tous", 6), "à tous");
        assert_eq!(first_words("à tous les", 7), "à tous…");
        assert_eq!(first_words("", 48), "");
    }
}
