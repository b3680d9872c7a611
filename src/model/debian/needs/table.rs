//! Recommended packages that may matter: the words that prove a use, and the requested packages with which
//! unread code could have that use. One row a line.

/// A row of the table.
pub(super) struct Need {
    pub(super) package: &'static str,
    /// Any of these words proves a use.
    pub(super) words: &'static [&'static str],
    /// With any of these requested, unread code could have a use. `*` at the end stands for any ending.
    pub(super) with: &'static [&'static str],
}

#[rustfmt::skip]
const COMPILERS: &[&str] = &["gcc*", "g++*", "clang*", "cmake*", "make", "automake*", "autoconf*", "libtool*", "flex", "bison", "rustc", "cargo", "golang*", "ghc*", "cabal-install", "tcc", "dpkg-dev", "build-essential", "devscripts", "debhelper", "python*-pip", "python-pip", "npm", "bundler", "ruby-bundler", "ruby-dev", "ruby-full", "php*-dev", "cpanminus", "meson", "ninja-build", "scons", "node-gyp", "opam", "crossbuild-*", "gfortran*", "python3-virtualenv", "virtualenv", "equivs", "ruby"];
#[rustfmt::skip]
const COMPILING: &[&str] = &["gcc", "cc", "g++", "c++", "make", "cmake", "configure", "cargo", "rustc", "go", "cgo", "gem", "npm", "pip", "pip2", "pip3", "bundle", "phpize", "cpan", "cpanm", "ninja", "meson", "setup.py", "node-gyp", "pecl"];
#[rustfmt::skip]
const IMAGING: &[&str] = &["imagemagick*", "graphicsmagick*", "libmagick*", "php*-imagick", "ghostscript", "gimp", "inkscape", "poppler-utils", "wkhtmltopdf", "librsvg2-bin"];
#[rustfmt::skip]
const RENDERING: &[&str] = &["imagemagick*", "graphicsmagick*", "libmagick*", "wkhtmltopdf", "chromium*", "firefox*", "graphviz*", "gnuplot*", "inkscape", "xvfb", "default-jre*", "default-jdk*", "openjdk-*", "php*-gd", "python3-matplotlib", "libgd*", "rrdtool", "gimp", "librsvg2-bin", "libcairo*", "libpango*", "phantomjs", "jenkins", "plantuml", "biber"];
#[rustfmt::skip]
const KEYS: &[&str] = &["gpg", "gpg2", "gpgv", "gnupg", "gnupg2", "apt-key", "keyserver", "add-apt-repository", "--recv-keys", "--recv-key", ".gpg", ".asc", "rvm"];
#[rustfmt::skip]
const KEY_TOOLS: &[&str] = &["software-properties-common", "devscripts", "reprepro", "debsigs"];

#[rustfmt::skip]
pub(super) const TABLE: &[Need] = &[
    Need { package: "automake", words: &["autoreconf", "autogen.sh", "autogen", "automake", "aclocal", "bootstrap", "buildconf", "configure.ac", "phpize"], with: &["autoconf*", "libtool*"] },
    Need { package: "apache2", words: &["apache2", "apachectl", "a2enmod", "a2ensite", "apache"], with: &["php", "php7*", "php8*", "libapache2-mod-*"] },
    Need { package: "krb5-config", words: &["krb5.conf", "kinit", "kerberos"], with: &["krb5-user", "libpam-krb5"] },
    Need { package: "easy-rsa", words: &["easy-rsa", "easyrsa"], with: &["openvpn"] },
    Need { package: "docker-cli", words: &["docker"], with: &["docker.io"] },
    Need { package: "pkg-config", words: &["pkg-config", "cgo", "go", "configure", "cmake", "meson", "autogen.sh"], with: &["golang*"] },
    Need { package: "pkgconf", words: &["pkg-config", "cgo", "go", "configure", "cmake", "meson", "autogen.sh"], with: &["golang*"] },
    Need { package: "libprotobuf-dev", words: &["protoc", "protobuf", "prost", "tonic", "grpc"], with: &["protobuf-compiler"] },
    Need { package: "python3", words: &["python3", "python", "node-gyp", "youtube-dl", "yt-dlp"], with: &["npm", "youtube-dl", "yt-dlp", "ffmpeg"] },
    Need { package: "ruby-dev", words: &["bundle", "gem"], with: &["bundler", "ruby-bundler"] },
    Need { package: "ant-optional", words: &["ant", "build.xml"], with: &["ant"] },
    Need { package: "opencv-data", words: &["haarcascade", "opencv", "cv2"], with: &["libopencv*", "python3-opencv"] },
    Need { package: "mesa-vulkan-drivers", words: &["vulkan"], with: &["libvulkan*", "vulkan*"] },
    Need { package: "librsvg2-common", words: &["svg", "gtk"], with: &["libgtk*", "libgdk-pixbuf*"] },
    Need { package: "xvfb", words: &["xvfb", "xvfb-run", "wkhtmltopdf"], with: &["wkhtmltopdf"] },
    Need { package: "binfmt-support", words: &["binfmt", "update-binfmts", "binfmt_misc"], with: &[] },
    Need { package: "libarchive-zip-perl", words: &["exiftool"], with: &["libimage-exiftool-perl"] },
    Need { package: "tor-geoipdb", words: &["exitnodes", "entrynodes", "excludenodes", "geoip"], with: &["tor"] },
    Need { package: "python3-tk", words: &["tkinter", "tkagg", "pyplot"], with: &["python3-matplotlib"] },
    Need { package: "python3-lxml", words: &["inkscape", "lxml"], with: &["inkscape"] },
    Need { package: "python3-numpy", words: &["inkscape", "numpy"], with: &["inkscape"] },
    Need { package: "gdb", words: &["gdb", "vgdb"], with: &[] },
    Need { package: "cargo", words: &["cargo"], with: &["rustc"] },
    Need { package: "libsasl2-modules", words: &["sasl", "ldap", "kafka", "librdkafka", "postfix", "sendmail", "smtp", "saslauthd"], with: &["postfix*", "sasl2-bin", "ldap-utils", "slapd", "sendmail*", "librdkafka*", "libsasl2-dev", "libldap2-dev", "libldap-dev", "msmtp*", "cyrus-*", "dovecot-*", "kafkacat", "libmongoc*", "mongodb*", "libvirt*"] },
    Need { package: "netbase", words: &["rsync", "dhcp", "ntp", "getservbyname", "/etc/services", "/etc/protocols", "cabal", "ghc", "stack", "rsyncd", "xinetd", "nmap"], with: &["rsync", "ntp*", "isc-dhcp*", "ghc*", "cabal-install", "haskell*", "xinetd", "openbsd-inetd", "nmap", "nis", "nfs-*", "rpcbind"] },
    Need { package: "dbus", words: &["dbus", "dbus-daemon", "dbus-launch", "avahi", "bluez", "bluetooth", "networkmanager", "system_bus_socket"], with: &["avahi*", "bluez*", "network-manager*", "policykit*", "udisks*", "systemd", "upower"] },
    Need { package: "dbus-user-session", words: &["dbus-launch", "dbus-run-session"], with: &[] },
    Need { package: "publicsuffix", words: &["public_suffix", "publicsuffix"], with: &[] },
    Need { package: "shared-mime-info", words: &["rails", "mimemagic", "bundle", "gtk", "update-mime-database", "freedesktop"], with: &["ruby*", "libgtk*", "libgdk-pixbuf*", "bundler"] },
    Need { package: "fonts-dejavu-core", words: &["matplotlib", "graphviz", "wkhtmltopdf", "fc-cache", "fc-list", "truetype", "jasper", "java", "jfreechart", "pillow", "reportlab"], with: RENDERING },
    Need { package: "psmisc", words: &["killall", "fuser", "pstree", "psmisc", "prtstat"], with: &[] },
    Need { package: "poppler-data", words: &["pdftotext", "pdftoppm", "cjk"], with: IMAGING },
    Need { package: "libgl1", words: &["opengl", "glx", "xvfb-run", "libgl", "mesa", "cv2", "opencv"], with: &["firefox*", "chromium*", "gimp", "xvfb", "libopencv*", "python3-opencv", "blender", "freeglut*", "*mesa*", "x11-apps", "xorg"] },
    Need { package: "libgl1-mesa-dri", words: &["opengl", "glx", "xvfb-run", "libgl", "mesa", "cv2", "opencv"], with: &["firefox*", "chromium*", "gimp", "xvfb", "libopencv*", "python3-opencv", "blender", "freeglut*", "x11-apps", "xorg"] },
    Need { package: "xz-utils", words: &["xz", "unxz", "xzcat", ".xz", ".txz", "tar -xj", "xjf", " -j", "lzma"], with: &["dpkg-dev", "devscripts"] },
    Need { package: "bzip2", words: &["bzip2", "bunzip2", "bzcat", ".bz2", ".tbz", "xjf", "xvjf", "jxf", " -j", "phantomjs"], with: &["dpkg-dev"] },
    Need { package: "systemd-sysv", words: &["/sbin/init", "/lib/systemd/systemd", "systemctl", "systemd"], with: &["systemd"] },
    Need { package: "libc6-dev", words: COMPILING, with: COMPILERS },
    Need { package: "gcc", words: COMPILING, with: COMPILERS },
    Need { package: "g++", words: COMPILING, with: COMPILERS },
    Need { package: "make", words: COMPILING, with: COMPILERS },
    Need { package: "build-essential", words: &["gem", "npm", "pip", "pip2", "pip3", "bundle", "make", "gcc", "g++", "configure", "setup.py", "cpan", "cpanm"], with: &["python*-pip", "python-pip", "npm", "bundler", "ruby-bundler", "ruby-full", "ruby-dev", "devscripts", "debhelper", "cpanminus", "crossbuild-*", "equivs"] },
    Need { package: "python3-dev", words: &["pip", "pip3", "setup.py", "virtualenv", "venv"], with: &["python3-pip", "python3-virtualenv", "virtualenv"] },
    Need { package: "python3-pip", words: &["pip", "pip3"], with: &[] },
    Need { package: "python3-setuptools", words: &["pip", "pip3", "setup.py", "pkg_resources"], with: &["python3-pip"] },
    Need { package: "python3-wheel", words: &["pip", "pip3", "setup.py"], with: &["python3-pip"] },
    Need { package: "python3-distutils", words: &["pip", "pip3", "setup.py", "distutils", "virtualenv"], with: &["python3-pip", "python3-virtualenv", "virtualenv"] },
    Need { package: "dpkg-dev", words: &["dpkg-buildpackage", "dpkg-architecture", "dpkg-buildflags", "dpkg-source", "debuild", "phpize", "pecl"], with: &["devscripts", "debhelper", "php*-dev"] },
    Need { package: "fakeroot", words: &["fakeroot", "dpkg-buildpackage", "debuild", "fpm"], with: &["devscripts", "debhelper"] },
    Need { package: "gnupg", words: KEYS, with: KEY_TOOLS },
    Need { package: "gpg", words: KEYS, with: KEY_TOOLS },
    Need { package: "gpg-agent", words: KEYS, with: KEY_TOOLS },
    Need { package: "dirmngr", words: &["--recv-keys", "--recv-key", "--recv", "keyserver", "dirmngr", "add-apt-repository"], with: KEY_TOOLS },
    Need { package: "procps", words: &["ps", "pgrep", "pkill", "top", "sysctl", "vmstat", "spark", "nextflow", "jenkins", "hadoop", "hbase", "kafka", "zookeeper", "storm", "flink", "cassandra", "elasticsearch", "pidof", "uptime"], with: &[] },
    Need { package: "ghostscript", words: &["gs", "ps2pdf", "pdf2ps", "convert", "mogrify", "magick", "imagick", "rmagick", "minimagick", "pdf"], with: IMAGING },
    Need { package: "gsfonts", words: &["gs", "ps2pdf", "convert", "mogrify", "magick", "imagick"], with: IMAGING },
    Need { package: "libmagickcore-6.q16-6-extra", words: &["convert", "mogrify", "magick", "imagick", "rmagick", "minimagick"], with: IMAGING },
    Need { package: "libmagickcore-7.q16-10-extra", words: &["convert", "mogrify", "magick", "imagick", "rmagick", "minimagick"], with: IMAGING },
    Need { package: "unzip", words: &["unzip", ".zip", "composer", "sdkman", "gradle"], with: &["composer", "php-composer"] },
    Need { package: "zip", words: &["zip"], with: &["composer"] },
    Need { package: "patch", words: &["patch", "quilt", "patch-package", ".patch", ".diff", "rvm", "ruby-build", "pyenv", "phpbrew"], with: &["devscripts", "quilt", "composer"] },
    Need { package: "exim4-daemon-light", words: &["mail", "mailx", "sendmail", "exim", "exim4", "mailto"], with: &["mailutils", "bsd-mailx"] },
    Need { package: "cron", words: &["cron", "crontab", "crond", "/etc/cron"], with: &["anacron"] },
    Need { package: "less", words: &["less", "pager"], with: &[] },
    Need { package: "logrotate", words: &["logrotate"], with: &[] },
    Need { package: "openssh-client", words: &["git@", "ssh://", "ssh", "scp", "sftp", "ssh-keyscan", "ssh-keygen", "ssh-agent", "git_ssh", "id_rsa", "known_hosts", "type=ssh", "+ssh"], with: &["git", "git-core", "git-lfs", "git-all", "mercurial", "subversion", "bzr", "rsync", "ansible*", "composer", "sshfs", "duplicity"] },
    Need { package: "fonts-liberation", words: &["chromium", "puppeteer", "playwright", "pdf"], with: &["chromium*", "wkhtmltopdf", "firefox*"] },
    Need { package: "chromium-sandbox", words: &["chromium"], with: &["chromium*"] },
    Need { package: "libltdl-dev", words: &["libtoolize", "autoreconf", "libltdl", "ltdl"], with: &["libtool*"] },
    Need { package: "libmail-sendmail-perl", words: &["dh", "debuild"], with: &["debhelper", "devscripts"] },
    Need { package: "libarchive-cpio-perl", words: &["dh", "debuild"], with: &["debhelper", "devscripts"] },
    Need { package: "xdg-utils", words: &["xdg-open", "xdg-mime", "xdg-settings"], with: &[] },
    Need { package: "git", words: &["git", "composer", "npm", "opam", "debcheckout"], with: &["composer", "npm", "docker.io", "opam"] },
    Need { package: "ssl-cert", words: &["snakeoil", "default-ssl", "a2ensite", "make-ssl-cert", "ssl-cert"], with: &["apache2*", "postfix*", "vsftpd", "libapache2-mod-*", "postgresql*"] },
    Need { package: "libjson-perl", words: &["pg_"], with: &["postgresql*"] },
    Need { package: "openjdk-17-jre", words: &["java"], with: &[] },
    Need { package: "libxml2-utils", words: &["xmllint", "xmlcatalog", "virsh"], with: &[] },
    Need { package: "e2fsprogs", words: &["mkfs", "mkfs.ext4", "mkfs.ext3", "e2fsck", "resize2fs"], with: &[] },
    Need { package: "python3-launchpadlib", words: &["add-apt-repository", "ppa:"], with: &["software-properties-common"] },
    Need { package: "python3-apt", words: &["ansible", "ansible-playbook"], with: &["ansible*"] },
    Need { package: "iptables", words: &["dockerd", "docker", "podman", "iptables"], with: &["docker.io", "podman", "ipset"] },
    Need { package: "xauth", words: &["xvfb-run", "xauth", "x11", "xvfb"], with: &["xvfb", "xinit", "xorg", "x11-apps", "x2goserver"] },
    Need { package: "unattended-upgrades", words: &["unattended-upgrade", "unattended-upgrades"], with: &[] },
];
