export default 'locale 5';
