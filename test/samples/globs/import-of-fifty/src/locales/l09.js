export default 'locale 9';
