require("puppeteer").launch()
