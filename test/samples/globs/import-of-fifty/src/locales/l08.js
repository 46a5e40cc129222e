export default 'locale 8';
