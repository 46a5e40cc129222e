export default 'locale 39';
