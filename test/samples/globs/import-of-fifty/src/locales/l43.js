export default 'locale 43';
