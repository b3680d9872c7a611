console.log(require("fs").readFileSync("data.txt").length);
