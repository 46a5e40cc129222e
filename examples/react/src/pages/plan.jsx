import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ProfileOnDemand } from '../components/ProfileOnDemand.jsx';
import walks from '../data/walks.json';
import { climb } from '../lib/climb.js';

/** Hours on foot: 4 km take one, and so do 400 m up. */
const hours = (kilometres, metresUp) => kilometres / 4 + metresUp / 400;

function Choice({ walk, isChosen, onChange }) {
  return (
    <label>
      <input type="checkbox" checked={isChosen} onChange={() => onChange(walk.id)} /> {walk.name}
    </label>
  );
}

function Summary({ chosen }) {
  const kilometres = chosen.reduce((sum, walk) => sum + walk.kilometres, 0);
  const heights = chosen.flatMap((walk) => walk.heights);
  const metresUp = chosen.reduce((sum, walk) => sum + climb(walk.heights), 0);
  return (
    <>
      <output>
        {kilometres.toFixed(1)} km, {hours(kilometres, metresUp).toFixed(1)} hours
      </output>
      <ProfileOnDemand title={chosen.map(({ name }) => name).join(', ')} heights={heights} />
    </>
  );
}

function Plan() {
  const [ids, setIds] = useState(['lake']);
  const toggle = (id) => setIds(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
  const chosen = walks.filter(({ id }) => ids.includes(id));
  return (
    <form>
      {walks.map((walk) => (
        <Choice key={walk.id} walk={walk} isChosen={chosen.includes(walk)} onChange={toggle} />
      ))}
      {chosen.length > 0 ? <Summary chosen={chosen} /> : <output>Choose a walk.</output>}
    </form>
  );
}

createRoot(document.getElementById('plan')).render(<Plan />);
