export default 'locale 38';
