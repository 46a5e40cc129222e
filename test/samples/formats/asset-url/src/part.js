export const style = new URL('style.css', import.meta.url).pathname;
