import { useState } from 'preact/hooks';

const tides = ['05:12', '11:31', '17:40', '23:58'];

export function Tides({ harbour }) {
  const [high, setHigh] = useState(true);
  return (
    <main>
      <h1>{harbour}</h1>
      <button onClick={() => setHigh(!high)}>{high ? 'high' : 'low'} water</button>
      <ul>{tides.filter((_, i) => (i % 2 === 0) === high).map((t) => <li key={t}>{t}</li>)}</ul>
    </main>
  );
}
