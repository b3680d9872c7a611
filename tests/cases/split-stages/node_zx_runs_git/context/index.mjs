import 'zx/globals'; await $`git clone x`;
