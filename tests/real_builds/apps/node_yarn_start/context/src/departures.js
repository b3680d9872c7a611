const list = [
  { line: '12', minutes: 3 },
  { line: 'N7', minutes: 9 },
  { line: '12', minutes: 18 },
];

exports.departures = (line) => (line ? list.filter((d) => d.line === line) : list);
