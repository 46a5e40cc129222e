export default 'locale 32';
