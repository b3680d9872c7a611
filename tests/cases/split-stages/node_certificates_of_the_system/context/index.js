fetch('https://example.org'); 
