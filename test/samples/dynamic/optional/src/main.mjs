try {
  await import('./gone.mjs');
} catch (error) {
  result(error.message.slice(0, 18));
}
export {};
