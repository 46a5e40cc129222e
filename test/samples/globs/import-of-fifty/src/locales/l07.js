export default 'locale 7';
