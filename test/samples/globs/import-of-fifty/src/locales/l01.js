export default 'locale 1';
