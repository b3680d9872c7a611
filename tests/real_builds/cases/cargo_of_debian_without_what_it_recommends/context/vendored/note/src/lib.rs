pub const TEXT: &str = "noted";
