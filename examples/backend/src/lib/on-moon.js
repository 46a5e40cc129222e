/** Lets the page's button show the moon of a night. What draws it is fetched then, with its style and its picture. */
export function onMoon(night) {
  const button = document.querySelector('#show-moon');
  button.addEventListener('click', async () => {
    const { show } = await import('../parts/moon.js');
    show(document.querySelector('#moon'), night());
  });
  button.disabled = false;
}
