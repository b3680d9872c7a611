//! Random Dockerfiles: soups of the tokens that the reader must tell apart.

/// The tokens, the more interesting ones more than once.
const TOKENS: &[&str] = &[
    "FROM",
    "RUN",
    "RUN ",
    "COPY",
    "ADD ",
    "ENV ",
    "ARG ",
    "LABEL ",
    "CMD ",
    "ONBUILD ",
    "EXPOSE ",
    "HEALTHCHECK ",
    "SHELL ",
    "VOLUME ",
    "USER ",
    "WORKDIR ",
    "STOPSIGNAL ",
    "MAINTAINER ",
    "ENTRYPOINT ",
    "onbuild copy ",
    "HEALTHCHECK CMD ",
    "NONE",
    " AS ",
    "\nRUN ",
    "\nCOPY ",
    "\nENV ",
    "\nONBUILD RUN ",
    "\nFROM a\n",
    "# escape=`\n",
    "# escape=\\\n",
    "#syntax=a\n",
    "# check = b \r\n",
    "# c\n",
    "#",
    " # ",
    "\u{feff}",
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\\\n",
    "\\\n",
    "\\ \t\n",
    "\\\r\n",
    "`\n",
    "` \n",
    "\\",
    "`",
    "\\\\",
    "\n\n",
    "\n \n",
    "\n# c\n",
    " ",
    " ",
    "\t",
    "\u{b}",
    "\u{c}",
    "\u{a0}",
    "\u{85}",
    "\u{2003}",
    "é",
    "à",
    "\u{1f600}",
    "<<EOF",
    " <<EOF\n",
    "\nRUN cat <<EOF > a\nb $c\nEOF\n",
    " <<-'E' 2<<F\n\tx\n\tE\ny\r\nF\n",
    " <<-EOF",
    "<<'EOF'",
    "<<\"E\"",
    "<< EOF",
    "3<<EOF",
    "<<<",
    "<",
    "\nEOF\n",
    "\n\tEOF\n",
    "EOF",
    "\nE\n",
    "\nEOF\r\n",
    "'",
    "\"",
    "'a b'",
    "\"a b\"",
    "$",
    "$A",
    "${A}",
    "${A:-b}",
    "${A:-<<EOF }",
    "${A/b/c}",
    "${A#b}",
    "${A",
    "$((1<<2))",
    "{",
    "}",
    "[",
    "]",
    "[\"a\", \"b\"]",
    "[\"a\\n\\u0041\"]",
    "[1]",
    "[]",
    "[\"a\",]",
    "['a']",
    ",",
    "=",
    "a=b",
    "a=",
    " b=\"c d\" ",
    "a",
    "b c",
    "--",
    "--from=a ",
    "--mount=type=cache,target=/a ",
    "--a=\"b c\" ",
    "--link ",
    " -- ",
    "&&",
    ";",
    "|",
    "\0",
];

/// A small deterministic source of numbers (xorshift).
pub struct Generator(u64);

impl Generator {
    /// Starts at `seed`.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    /// A text of some tokens.
    pub fn text(&mut self) -> String {
        let len = 1 + self.below(24);
        (0..len).map(|_| TOKENS[self.below(TOKENS.len())]).collect()
    }
}
