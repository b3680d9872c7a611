console.log(require("lodash").chunk([1, 2, 3], 2).length);
