import { lazy, Suspense, useState } from 'react';

// The part is fetched when a profile is shown for the first time.
const Profile = lazy(() => import('../parts/Profile.jsx'));

/** A button that a profile of the heights takes the place of. */
export function ProfileOnDemand({ title, heights }) {
  const [isShown, setShown] = useState(false);
  if (!isShown) {
    return (
      <button type="button" onClick={() => setShown(true)}>
        Show the profile
      </button>
    );
  }
  return (
    <Suspense fallback={<p>Drawing…</p>}>
      <Profile title={title} heights={heights} />
    </Suspense>
  );
}
