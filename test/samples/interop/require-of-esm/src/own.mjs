const own = 'own';
export { own as default };
