class Reports { static final String FOLDER = "target/reports/all.html"; }
