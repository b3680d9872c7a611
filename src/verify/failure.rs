//! What is told of a build that failed, and what of it is not.

use std::collections::BTreeSet;

use super::{Request, Subject};

/// The values of build arguments and variables, which no report shows.
pub(super) fn secrets(request: &Request, subject: &Subject) -> Vec<String> {
    let given = request.build.arguments.iter();
    let given = given.filter_map(|argument| Some(argument.split_once('=')?.1));
    let file = imgfix_syntax::parse(&subject.before);
    let written = file.instructions().flat_map(|(_, instruction)| {
        let range = instruction.body_range();
        let is_setting = matches!(
            instruction.keyword,
            imgfix_syntax::Keyword::Env | imgfix_syntax::Keyword::Arg
        );
        let text = if is_setting {
            range.slice(&subject.before)
        } else {
            ""
        };
        text.split(['=', ' ', '\n'])
            .skip(1)
            .map(|value| value.trim_matches(['"', '\'', '\\']))
    });
    let all: BTreeSet<&str> = given
        .chain(written)
        .filter(|value| value.len() >= 4)
        .collect();
    let mut all: Vec<String> = all.into_iter().map(str::to_owned).collect();
    all.sort_by_key(|value| std::cmp::Reverse(value.len()));
    all
}

/// What a builder says of a failure: its last error line, and the line of output before it.
pub(super) fn told(log: &str) -> String {
    let lines: Vec<&str> = log
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let error = lines
        .iter()
        .rev()
        .find(|line| line.starts_with("ERROR") || line.starts_with("Error"));
    let output = lines.iter().rev().find_map(|line| {
        let rest = line.strip_prefix('#')?.split_once(' ')?.1;
        let (time, said) = rest.split_once(' ')?;
        (time.parse::<f64>().is_ok() && !said.trim().is_empty()).then_some(said.trim())
    });
    let error = error.or(lines.last()).copied().unwrap_or("it said nothing");
    match output {
        Some(output) => format!("{error} (last output: {output})"),
        None => error.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn a_failure_names_error_and_last_output() {
        let log = "#7 [2/3] RUN make\n#7 0.31 cc: not found\n#7 ERROR: process failed\n------\n\
            ERROR: failed to solve: exit code: 127\n";
        assert_eq!(
            told(log),
            "ERROR: failed to solve: exit code: 127 (last output: cc: not found)"
        );
        assert_eq!(told(""), "it said nothing");
    }

    #[test]
    fn values_of_arguments_and_variables_are_secrets() {
        let subject = Subject {
            label: String::new(),
            path: PathBuf::new(),
            before: "FROM a\nARG TOKEN=abcdef\nENV A=longvalue B=\"quoted\"\nRUN echo echoed\n"
                .to_owned(),
            after: String::new(),
            rewrites: Vec::new(),
            steps: Vec::new(),
            context_files: Vec::new(),
            smoke: Vec::new(),
        };
        let mut request = Request::default();
        request.build.arguments = vec!["KEY=given-value".to_owned()];
        let found = secrets(&request, &subject);
        assert_eq!(found, ["given-value", "longvalue", "abcdef", "quoted"]);
    }
}
