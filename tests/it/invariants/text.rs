//! What stands in the file: instructions, comments, newlines, the runtime contract.

use imgfix::transform::Join;

use super::{breaks, is_dropped, joins};

#[test]
fn the_result_reads_cleanly() {
    breaks(
        "FROM alpine\nCMD [\"a\"]\n",
        "CMD",
        "COMMAND",
        "does not read cleanly",
    );
    breaks(
        "FROM alpine\nRUN a\n",
        "FROM alpine\n",
        "",
        "does not read cleanly",
    );
    breaks(
        "FROM alpine\nCOPY <<EOF /a\nx\nEOF\n",
        "\nEOF\n",
        "\n",
        "does not read cleanly",
    );
}

#[test]
fn a_directive_stays() {
    let text = "# syntax=docker/dockerfile:1\nFROM alpine\nRUN a\n";
    breaks(text, "dockerfile:1", "dockerfile:2", "directive");
    breaks(text, "# syntax", "# our image\n# syntax", "directive");
    breaks(
        "FROM alpine\nRUN a\n",
        "FROM",
        "# escape=`\nFROM",
        "directive",
    );
}

#[test]
fn a_comment_stays() {
    breaks(
        "FROM alpine\n# why\nRUN a\n",
        "# why\n",
        "",
        "a comment was lost",
    );
    breaks(
        "FROM alpine\nRUN a && \\\n    # why\n    b\n",
        "    # why\n",
        "",
        "a comment was lost",
    );
    breaks(
        "FROM alpine\n# one\n# two\nRUN a\n",
        "# one\n# two",
        "# two\n# one",
        "order",
    );
}

#[test]
fn newlines_stay() {
    breaks("FROM alpine\r\nRUN a\r\n", "\r", "", "bare newline");
    breaks("FROM alpine\nRUN a\n", "alpine", "alpine\r", "CRLF");
    breaks("FROM alpine\nRUN a\n", "a\n", "a", "a");
    breaks("FROM alpine\nEXPOSE 80\n", "80\n", "80", "final newline");
    breaks("FROM alpine\nEXPOSE 80", "80", "80\n", "final newline");
}

#[test]
fn each_part_of_the_contract_stays() {
    for (text, from, to) in [
        ("FROM a\nENTRYPOINT [\"x\"]\n", "x", "y"),
        ("FROM a\nCMD [\"x\"]\n", "x", "y"),
        ("FROM a\nCMD [\"x\"]\n", "[\"x\"]", "x"),
        ("FROM a\nEXPOSE 80\n", "80", "81"),
        ("FROM a\nUSER x\n", "USER x", "USER y"),
        ("FROM a\nWORKDIR /x\n", "/x", "/y"),
        ("FROM a\nENV X=1\n", "=1", "=2"),
        ("FROM a\nLABEL x=1\n", "=1", "=2"),
        ("FROM a\nMAINTAINER x\n", "R x", "R y"),
        ("FROM a\nHEALTHCHECK CMD x\n", "CMD x", "CMD y"),
        (
            "FROM a\nHEALTHCHECK --interval=5s CMD x\n",
            "--interval=5s ",
            "",
        ),
        ("FROM a\nHEALTHCHECK CMD x\n", "CMD x", "NONE"),
        ("FROM a\nSTOPSIGNAL TERM\n", "TERM", "INT"),
        ("FROM a\nSHELL [\"sh\"]\n", "sh", "bash"),
        ("FROM a\nVOLUME /x\n", "/x", "/y"),
        ("FROM a\nONBUILD ENV X=1\n", "=1", "=2"),
        ("FROM a\nONBUILD RUN x\n", "RUN x", "RUN y"),
    ] {
        breaks(text, from, to, "");
        let gone = text
            .split_once('\n')
            .map_or("", |(_, instruction)| instruction);
        breaks(text, gone, "", "");
    }
    // What a child's build will do is in the contract, and in nothing else that is compared.
    breaks("FROM a\nONBUILD ENV X=1\n", "=1", "=2", "ONBUILD");
}

#[test]
fn stages_keep_name_base_and_use() {
    let text = "FROM a AS one\nFROM one AS two\nCOPY --from=one /x /x\n";
    breaks(text, "AS one", "AS uno", "");
    breaks(text, "FROM one", "FROM a", "");
    breaks(text, "--from=one", "--from=0", "");
    breaks(text, "FROM one AS two\n", "", "");
}

#[test]
fn instructions_stay_in_their_place() {
    breaks(
        "FROM a\nENV X=1\nRUN b\n",
        "ENV X=1\nRUN b",
        "RUN b\nENV X=1",
        "became another instruction",
    );
    breaks(
        "FROM a\nARG X\nENV Y=$X\nENV X=2\n",
        "ENV Y=$X\nENV X=2",
        "ENV X=2\nENV Y=$X",
        "",
    );
    breaks("FROM a\nCOPY x /x\n", "x /x", "y /x", "the text of `COPY");
    breaks("FROM a\nRUN b\n", "RUN b", "RUN b\nRUN c", "were to stay");
    breaks("FROM a\nRUN b\nRUN c\n", "RUN b\n", "", "were to stay");
}

#[test]
fn flags_stay() {
    breaks(
        "FROM a\nRUN --network=none b\n",
        "--network=none ",
        "",
        "the flags of",
    );
    breaks(
        "FROM a\nCOPY --chown=1:1 x /x\n",
        "--chown=1:1 ",
        "",
        "the flags of",
    );
    let joined = joins(
        "FROM a\nRUN --network=none b\nRUN c\n",
        "\nRUN c",
        " && c",
        Join::Flat,
        "",
    );
    is_dropped(
        "FROM a\nRUN --network=none b\nRUN c\n",
        joined,
        "the flags of",
    );
}

#[test]
fn heredocs_stay() {
    let name = "a heredoc of";
    breaks("FROM a\nCOPY <<EOF /x\none\nEOF\n", "one", "two", name);
    breaks("FROM a\nCOPY <<EOF /x\n\tone\nEOF\n", "\tone", "one", name);
    breaks("FROM a\nRUN cat <<EOF\none\nEOF\n", "one", "two", name);
    breaks("FROM a\nRUN <<EOF\none\nEOF\n", "one", "two", name);
}
