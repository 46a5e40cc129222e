export default 'locale 18';
