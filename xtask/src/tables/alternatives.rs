//! Commands that no package ships: links that a package registers with `update-alternatives`.
//!
//! Written from the maintainer scripts of the Debian packages (bullseye to trixie); Debian's
//! contents index does not have them.

/// The commands that `package` registers beside those it ships; only packages that some other
/// package recommends are listed.
pub(super) fn registered_by(package: &str) -> impl Iterator<Item = &'static str> {
    let commands = match package {
        "bsd-mailx" | "mailutils" => "mail mailx",
        "fakeroot" => "faked fakeroot",
        "g++" => "c++",
        "gawk" => "awk nawk",
        "gcc" => "c89 c99 cc",
        "imagemagick-6.q16" | "imagemagick-7.q16" => {
            "animate compare composite conjure convert display identify import magick mogrify \
             montage stream"
        }
        "iptables" => {
            "arptables arptables-restore arptables-save ebtables ebtables-restore ebtables-save \
             ip6tables ip6tables-restore ip6tables-save iptables iptables-restore iptables-save"
        }
        "less" => "pager",
        "lynx" => "www-browser",
        "netcat-openbsd" => "nc netcat",
        "openjdk-11-jre-headless" => {
            "java jexec jfr jjs jpackage jrunscript keytool pack200 rmid rmiregistry unpack200"
        }
        "openjdk-17-jre-headless" | "openjdk-21-jre-headless" => {
            "java jexec jfr jpackage jrunscript jwebserver keytool rmiregistry"
        }
        "openssh-client" => "rcp rlogin rsh",
        "pinentry-curses" | "pinentry-gnome3" => "pinentry",
        "procps" => "w",
        "tcl8.6" => "tclsh",
        "xterm" => "x-terminal-emulator",
        "xz-utils" => "lzcat lzcmp lzdiff lzegrep lzfgrep lzgrep lzless lzma lzmore unlzma",
        _ => "",
    };
    commands.split_whitespace()
}
