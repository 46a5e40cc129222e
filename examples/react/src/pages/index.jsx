import { createRoot } from 'react-dom/client';
import { ProfileOnDemand } from '../components/ProfileOnDemand.jsx';
import walks from '../data/walks.json';

function Walk({ name, kilometres, heights }) {
  return (
    <li>
      <h2>{name}</h2>
      <p>{kilometres} km</p>
      <ProfileOnDemand title={name} heights={heights} />
    </li>
  );
}

createRoot(document.getElementById('walks')).render(walks.map((walk) => <Walk key={walk.id} {...walk} />));
