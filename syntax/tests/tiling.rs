//! What holds for every text: items tile it, ranges cut no character, nothing panics, and it is quick.

mod support;

use std::time::{Duration, Instant};

use imgfix_syntax::parse;
use proptest::prelude::*;
use support::check_ranges;
use support::generator::Generator;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_characters_are_tiled(text in any::<String>()) {
        prop_assert_eq!(check_ranges(&text, &parse(&text)), Ok(()));
    }

    #[test]
    fn random_tokens_are_tiled(seed in any::<u64>()) {
        let text = Generator::new(seed).text();
        prop_assert_eq!(check_ranges(&text, &parse(&text)), Ok(()), "{:?}", text);
    }
}

#[test]
fn no_shape_takes_more_than_linear_time() {
    let shapes = [
        "RUN a \\\n",
        "RUN a \\\n# c\n\n",
        "RUN <<A <<B\nA\n",
        "RUN <<A ",
        "ONBUILD ",
        "${A:-",
        "RUN ${A:-b}",
        "ENV a=${A:-\"b\"}' \\\n",
        "COPY $A ",
        "CMD [",
        "CMD [\"a\", \\\n\"b\\u0041\", ",
        "\"'\\",
        "--a=\"b c\" ",
        "RUN --a=b --c=\\\n",
        "#",
        "# escape=`\n",
        " ",
        "\\\n",
        "\n",
        "\r",
        "\u{a0}",
        "\u{feff}",
        "VOLUME [\"\\u0024{A}\"]\n",
    ];
    for head in [
        "",
        "RUN ",
        "COPY <<EOF ",
        "ENV ",
        "CMD [",
        "LABEL a=\"",
        "ONBUILD COPY ",
    ] {
        for shape in shapes {
            let text = format!("{head}{}", shape.repeat(500_000 / shape.len()));
            let start = Instant::now();
            let file = parse(&text);
            let taken = start.elapsed();
            // In a debug build half a megabyte takes well under a second; quadratic time, an hour.
            assert!(
                taken < Duration::from_secs(8),
                "{head:?} {shape:?}: {taken:?}"
            );
            assert_eq!(
                file.items.last().map(|item| item.range.end()),
                Some(text.len())
            );
        }
    }
}
