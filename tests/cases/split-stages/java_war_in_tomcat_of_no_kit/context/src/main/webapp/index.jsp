<p>Open</p>
