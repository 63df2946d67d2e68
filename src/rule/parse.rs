//! Text to [`Statement`], by recursive descent; the grammar stands at the top of the module above.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::ast::{Atom, Comparison, Operator, Statement, Sum, Term};

/// Parentheses, `not` and `if` may stand this deep in each other.
const MAX_DEPTH: usize = 64;
/// A rule is longer than this only by mistake.
const MAX_LENGTH: usize = 64 * 1024;

/// Why a text is not a rule, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{expected}, found {found} (at character {character})")]
#[non_exhaustive]
pub struct ParseError {
    /// What should have stood there.
    pub expected: Expected,
    /// What stands there, as it is shown to a person.
    pub found: String,
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
    /// Where it begins, in characters from 1.
    pub character: usize,
}

/// What should have stood where an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expected {
    /// A key or a number.
    KeyOrNumber,
    /// A comparison, where there is only a sum.
    Comparison,
    /// A sum, where there is a comparison.
    Sum,
    /// A sign of the rule language, which another looks like or is meant for.
    Operator(&'static str),
    /// `then`.
    Then,
    /// `)`.
    Closing,
    /// The end of the rule.
    End,
    /// `and` between two comparisons, instead of a chain.
    OneComparison,
    /// A number before `*`: products of cells are not linear.
    NumberBeforeStar,
    /// A number that can be held exactly.
    ExactNumber,
    /// Letters a–z, digits, `_` and `.`, signs of the rule language.
    KnownSign,
    /// `for each row:` or `for each column:`, with `of` and a section or without.
    Quantifier,
    /// Less nesting.
    LessDepth,
    /// A shorter rule.
    ShorterRule,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Expected::KeyOrNumber => "expected a number or a key",
            Expected::Comparison => "expected a comparison such as `a <= b`",
            Expected::Sum => "expected a sum, not a comparison",
            Expected::Operator(sign) => return write!(f, "expected `{sign}`"),
            Expected::Then => "expected `then`",
            Expected::Closing => "expected `)`",
            Expected::End => "expected the end of the rule",
            Expected::OneComparison => "expected one comparison at a time (join two with `and`)",
            Expected::NumberBeforeStar => {
                "expected a product of a number and a key, the number first"
            }
            Expected::ExactNumber => "expected a number of at most 28 digits",
            Expected::KnownSign => "expected a sign of the rule language",
            Expected::Quantifier => {
                "expected `for each row:`, `for each column:`, or one of them with `of` and a section"
            }
            Expected::LessDepth => "expected at most 64 levels of nesting",
            Expected::ShorterRule => "expected a rule of at most 65536 bytes",
        })
    }
}

impl Expected {
    /// The same in Chinese, as the object of a sentence.
    pub(crate) fn in_chinese(self) -> String {
        match self {
            Expected::KeyOrNumber => "数或键",
            Expected::Comparison => "比较，如“a <= b”",
            Expected::Sum => "和式，而不是比较",
            Expected::Operator(sign) => return format!("“{sign}”"),
            Expected::Then => "“then”",
            Expected::Closing => "右括号",
            Expected::End => "规则的结尾",
            Expected::OneComparison => "一个比较（两个比较用“and”连接）",
            Expected::NumberBeforeStar => "数乘以键，数在前",
            Expected::ExactNumber => "不超过28位的数",
            Expected::KnownSign => "规则语言的符号",
            Expected::Quantifier => "“for each row:”或“for each column:”，可以加“of”和分表的键",
            Expected::LessDepth => "不超过64层的嵌套",
            Expected::ShorterRule => "不超过65536字节的规则",
        }
        .to_owned()
    }
}

impl FromStr for Statement {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (parser, expression) = whole(text)?;
        parser.as_statement(expression, 0)
    }
}

/// Reads a sum.
pub(crate) fn sum(text: &str) -> Result<Sum, ParseError> {
    let (parser, expression) = whole(text)?;
    parser.as_sum(expression, 0)
}

/// Reads a text to its end.
fn whole(text: &str) -> Result<(Parser<'_>, Expression), ParseError> {
    if text.len() > MAX_LENGTH {
        return Err(error_at(text, 0..0, Expected::ShorterRule));
    }
    let mut parser = Parser {
        text,
        tokens: tokens(text)?,
        next: 0,
        depth: 0,
    };
    let expression = parser.statement()?;
    match parser.peek() {
        Token::End => Ok((parser, expression)),
        Token::Star => Err(parser.error(Expected::NumberBeforeStar)),
        Token::Operator(_) => Err(parser.error(Expected::OneComparison)),
        Token::Key if parser.is_behind_number() => Err(parser.error(Expected::Operator("*"))),
        _ => Err(parser.error(Expected::End)),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    Key,
    Number(Decimal),
    Operator(Operator),
    Plus,
    Minus,
    Star,
    Open,
    Close,
    If,
    Then,
    And,
    Or,
    Not,
    End,
}

pub(super) fn error_at(text: &str, span: Range<usize>, expected: Expected) -> ParseError {
    let found = match text.get(span.clone()) {
        None | Some("") => "the end".to_owned(),
        Some(found) => format!("`{}`", found.chars().take(40).collect::<String>()),
    };
    let character = text.get(..span.start).unwrap_or(text).chars().count() + 1;
    ParseError {
        expected,
        found,
        span,
        character,
    }
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, ParseError> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let run = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
        let first = rest.chars().next().unwrap_or(' ');
        let (token, length) = match first {
            c if c.is_whitespace() => {
                at += c.len_utf8();
                continue;
            }
            'a'..='z' | '_' => {
                let length = run(|c| matches!(c, 'a'..='z' | '0'..='9' | '_' | '.'));
                let token = match rest.get(..length).unwrap_or(rest) {
                    "if" => Token::If,
                    "then" => Token::Then,
                    "and" => Token::And,
                    "or" => Token::Or,
                    "not" => Token::Not,
                    _ => Token::Key,
                };
                (token, length)
            }
            '0'..='9' => {
                let length = run(|c| matches!(c, '0'..='9' | '.'));
                let number = rest.get(..length).filter(|digits| !digits.ends_with('.'));
                let number = number.and_then(|digits| Decimal::from_str_exact(digits).ok());
                let Some(number) = number else {
                    return Err(error_at(text, at..at + length, Expected::ExactNumber));
                };
                (Token::Number(number), length)
            }
            '=' if rest.starts_with("==") => {
                return Err(error_at(text, at..at + 2, Expected::Operator("=")));
            }
            '=' if rest.starts_with("=<") => {
                return Err(error_at(text, at..at + 2, Expected::Operator("<=")));
            }
            '=' if rest.starts_with("=>") => {
                return Err(error_at(text, at..at + 2, Expected::Operator(">=")));
            }
            '<' if rest.starts_with("<>") => {
                return Err(error_at(text, at..at + 2, Expected::Operator("!=")));
            }
            '=' => (Token::Operator(Operator::Equal), 1),
            '!' if rest.starts_with("!=") => (Token::Operator(Operator::NotEqual), 2),
            '<' if rest.starts_with("<=") => (Token::Operator(Operator::LessOrEqual), 2),
            '<' => (Token::Operator(Operator::Less), 1),
            '>' if rest.starts_with(">=") => (Token::Operator(Operator::GreaterOrEqual), 2),
            '>' => (Token::Operator(Operator::Greater), 1),
            '+' => (Token::Plus, 1),
            '-' => (Token::Minus, 1),
            '*' => (Token::Star, 1),
            '(' => (Token::Open, 1),
            ')' => (Token::Close, 1),
            other => {
                let expected = match other {
                    '≤' | '≦' => Expected::Operator("<="),
                    '≥' | '≧' => Expected::Operator(">="),
                    '≠' | '!' => Expected::Operator("!="),
                    '＝' => Expected::Operator("="),
                    '＜' => Expected::Operator("<"),
                    '＞' => Expected::Operator(">"),
                    '＋' => Expected::Operator("+"),
                    '－' | '−' | '–' | '—' => Expected::Operator("-"),
                    '×' | '＊' => Expected::Operator("*"),
                    '（' => Expected::Operator("("),
                    '）' => Expected::Operator(")"),
                    '：' => Expected::Operator(":"),
                    _ => Expected::KnownSign,
                };
                return Err(error_at(text, at..at + other.len_utf8(), expected));
            }
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    Ok(tokens)
}

/// A parenthesis may open a statement or a sum; which one shows only later, so both are parsed as this.
enum Expression {
    Statement(Statement),
    Sum(Sum),
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn here(&self) -> usize {
        self.next
    }

    fn span(&self, token: usize) -> Range<usize> {
        let end = self.text.len();
        self.tokens
            .get(token)
            .map_or(end..end, |(_, span)| span.clone())
    }

    fn peek(&self) -> Token {
        self.tokens
            .get(self.next)
            .map_or(Token::End, |(token, _)| *token)
    }

    fn take(&mut self, token: Token) -> bool {
        let found = self.peek() == token;
        self.next += usize::from(found);
        found
    }

    fn is_behind_number(&self) -> bool {
        let before = self.next.checked_sub(1).and_then(|it| self.tokens.get(it));
        matches!(before, Some((Token::Number(_), _)))
    }

    fn error(&self, expected: Expected) -> ParseError {
        error_at(self.text, self.span(self.next), expected)
    }

    /// The error that what begins at token `start`, and ends here, is of the wrong kind.
    fn wrong(&self, start: usize, expected: Expected) -> ParseError {
        let span = self.span(start).start..self.span(self.next.saturating_sub(1)).end;
        error_at(self.text, span, expected)
    }

    fn as_statement(&self, expression: Expression, start: usize) -> Result<Statement, ParseError> {
        match expression {
            Expression::Statement(statement) => Ok(statement),
            Expression::Sum(_) => Err(self.wrong(start, Expected::Comparison)),
        }
    }

    fn as_sum(&self, expression: Expression, start: usize) -> Result<Sum, ParseError> {
        match expression {
            Expression::Sum(sum) => Ok(sum),
            Expression::Statement(_) => Err(self.wrong(start, Expected::Sum)),
        }
    }

    fn deeper<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, ParseError>,
    ) -> Result<T, ParseError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(Expected::LessDepth));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn statement(&mut self) -> Result<Expression, ParseError> {
        if !self.take(Token::If) {
            return self.joined(Token::Or, Statement::Or, |parser| {
                parser.joined(Token::And, Statement::And, Self::not)
            });
        }
        let start = self.here();
        let condition = self.deeper(Self::statement)?;
        let condition = self.as_statement(condition, start)?;
        if !self.take(Token::Then) {
            return Err(self.error(Expected::Then));
        }
        let start = self.here();
        let consequence = self.deeper(Self::statement)?;
        let consequence = self.as_statement(consequence, start)?;
        Ok(Expression::Statement(Statement::If(
            condition.into(),
            consequence.into(),
        )))
    }

    /// Parts with a word between them; without the word, the part itself.
    fn joined(
        &mut self,
        word: Token,
        join: fn(Vec<Statement>) -> Statement,
        part: fn(&mut Self) -> Result<Expression, ParseError>,
    ) -> Result<Expression, ParseError> {
        let start = self.here();
        let first = part(self)?;
        if self.peek() != word {
            return Ok(first);
        }
        let mut parts = vec![self.as_statement(first, start)?];
        while self.take(word) {
            let start = self.here();
            let next = part(self)?;
            parts.push(self.as_statement(next, start)?);
        }
        Ok(Expression::Statement(join(parts)))
    }

    fn not(&mut self) -> Result<Expression, ParseError> {
        if !self.take(Token::Not) {
            return self.comparison();
        }
        let start = self.here();
        let inner = self.deeper(Self::not)?;
        let inner = self.as_statement(inner, start)?;
        Ok(Expression::Statement(Statement::Not(inner.into())))
    }

    fn comparison(&mut self) -> Result<Expression, ParseError> {
        let start = self.here();
        let left = self.sum()?;
        let Token::Operator(operator) = self.peek() else {
            return Ok(left);
        };
        let left = self.as_sum(left, start)?;
        self.next += 1;
        let start = self.here();
        let right = self.sum()?;
        let right = self.as_sum(right, start)?;
        if matches!(self.peek(), Token::Operator(_)) {
            return Err(self.error(Expected::OneComparison));
        }
        Ok(Expression::Statement(Statement::Compare(Comparison {
            left,
            operator,
            right,
        })))
    }

    fn sum(&mut self) -> Result<Expression, ParseError> {
        let start = self.here();
        let mut negative = self.take(Token::Minus);
        let first = self.product(negative)?;
        if !negative && !matches!(self.peek(), Token::Plus | Token::Minus) {
            return Ok(first);
        }
        let mut sum = self.as_sum(first, start)?;
        loop {
            negative = self.peek() == Token::Minus;
            if !negative && self.peek() != Token::Plus {
                return Ok(Expression::Sum(sum));
            }
            self.next += 1;
            let start = self.here();
            let term = self.product(negative)?;
            sum.append(&mut self.as_sum(term, start)?);
        }
    }

    /// One term, or a statement in parentheses.
    fn product(&mut self, negative: bool) -> Result<Expression, ParseError> {
        let mut coefficient = None;
        if let (Token::Number(number), Some((Token::Star, _))) =
            (self.peek(), self.tokens.get(self.next + 1))
        {
            coefficient = Some(number);
            self.next += 2;
        }
        let start = self.here();
        let atom = match self.peek() {
            Token::Number(number) => Atom::Number(number),
            Token::Key => Atom::Key(self.key()?),
            Token::Open => {
                self.next += 1;
                let inner = self.deeper(Self::statement)?;
                if self.peek() != Token::Close {
                    return Err(self.error(match self.peek() {
                        Token::Star => Expected::NumberBeforeStar,
                        Token::Operator(_) => Expected::OneComparison,
                        _ => Expected::Closing,
                    }));
                }
                match inner {
                    Expression::Statement(statement) if coefficient.is_none() && !negative => {
                        self.next += 1;
                        return Ok(Expression::Statement(statement));
                    }
                    inner => Atom::Sum(self.as_sum(inner, start + 1)?),
                }
            }
            _ => return Err(self.error(Expected::KeyOrNumber)),
        };
        self.next += 1;
        if self.peek() == Token::Star {
            return Err(self.error(Expected::NumberBeforeStar));
        }
        Ok(Expression::Sum(vec![Term {
            negative,
            coefficient,
            atom,
        }]))
    }

    fn key(&self) -> Result<String, ParseError> {
        let key = self.text.get(self.span(self.next)).unwrap_or_default();
        if key.split('.').all(is_name) {
            Ok(key.to_owned())
        } else {
            Err(self.error(Expected::KeyOrNumber))
        }
    }
}

/// One part of a key: a letter, then letters, digits and `_`.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn error(text: &str) -> String {
        text.parse::<Statement>().unwrap_err().to_string()
    }

    #[test]
    fn canonical_text_prints_back() {
        for text in [
            "a = b",
            "a.b_1 + 2 * c - 0.50 * (d - e) != -f + 3",
            "if a > 0 then b > 0",
            "if a > 0 then if b > 0 then c > 0",
            "if (if a > 0 then b > 0) then c > 0",
            "a = 1 and (b = 2 or c = 3) or not (d = 4 and e = 5)",
            "not not a <= 1",
            "(a = 1 or b = 1) or c = 1",
            "(a + b) = c",
            "2 * 3 >= a",
        ] {
            assert_eq!(text.parse::<Statement>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn needless_parentheses_and_spaces_go() {
        let tidy = |text: &str| text.parse::<Statement>().unwrap().to_string();
        assert_eq!(tidy("  (( a=b ))and\n(c<d)"), "a = b and c < d");
        assert_eq!(tidy("not(a=b)"), "not a = b");
    }

    #[test]
    fn an_error_points_at_its_place() {
        for (text, message) in [
            (
                "",
                "expected a number or a key, found the end (at character 1)",
            ),
            (
                "a",
                "expected a comparison such as `a <= b`, found `a` (at character 1)",
            ),
            (
                "a + b",
                "expected a comparison such as `a <= b`, found `a + b` (at character 1)",
            ),
            ("a == b", "expected `=`, found `==` (at character 3)"),
            ("a ≤ b", "expected `<=`, found `≤` (at character 3)"),
            (
                "a < b < c",
                "expected one comparison at a time (join two with `and`), found `<` (at character 7)",
            ),
            (
                "if a > 0 b > 0",
                "expected `then`, found `b` (at character 10)",
            ),
            (
                "a * b = c",
                "expected a product of a number and a key, the number first, found `*` (at character 3)",
            ),
            (
                "a = b c",
                "expected the end of the rule, found `c` (at character 7)",
            ),
            ("(a = b", "expected `)`, found the end (at character 7)"),
            (
                "(a = b) + c = d",
                "expected a sum, not a comparison, found `(a = b)` (at character 1)",
            ),
            (
                "a = 1 and b",
                "expected a comparison such as `a <= b`, found `b` (at character 11)",
            ),
            (
                "收到 = 1",
                "expected a sign of the rule language, found `收` (at character 1)",
            ),
            (
                "a..b = 1",
                "expected a number or a key, found `a..b` (at character 1)",
            ),
            (
                "a = 1.",
                "expected a number of at most 28 digits, found `1.` (at character 5)",
            ),
            (
                "- (a = b)",
                "expected a sum, not a comparison, found `a = b` (at character 4)",
            ),
        ] {
            assert_eq!(error(text), message);
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        assert!(error(&format!("{}a = b", "(".repeat(100_000))).contains("65536 bytes"));
        assert!(error(&format!("{}a = b", "(".repeat(1000))).contains("64 levels"));
        assert!(error(&format!("{}a = b", "not ".repeat(1000))).contains("64 levels"));
        assert!(error(&format!("{}a = b", "if a = b then ".repeat(1000))).contains("64 levels"));
        assert!(error(&format!("a = {}", "9".repeat(30))).contains("28 digits"));
    }
}
