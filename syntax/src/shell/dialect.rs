//! Which shell reads a text.

/// The shell that a RUN body is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `/bin/sh` of an unknown kind: only what dash and bash read alike is understood.
    Sh,
    /// bash, and `/bin/sh` where that is bash.
    Bash,
    /// busybox's ash, which reads `[[`, `&>` and `$'…'` as bash does, but has no arrays.
    Ash,
    /// Not a shell of the Bourne family.
    Foreign,
}

impl Dialect {
    /// The dialect of a shell program, by its path or name.
    ///
    /// ```
    /// # use imgfix_syntax::shell::Dialect;
    /// assert_eq!(Dialect::of_program("/bin/bash"), Dialect::Bash);
    /// assert_eq!(Dialect::of_program("pwsh"), Dialect::Foreign);
    /// ```
    pub fn of_program(program: &str) -> Self {
        let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
        match name {
            "sh" | "dash" | "ksh" | "mksh" => Self::Sh,
            "bash" => Self::Bash,
            "ash" | "busybox" => Self::Ash,
            _ => Self::Foreign,
        }
    }
}
