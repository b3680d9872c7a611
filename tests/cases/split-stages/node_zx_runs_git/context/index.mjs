import 'zx/globals'; await $`git --version`;
