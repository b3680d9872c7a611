document.title = 'Departures';
