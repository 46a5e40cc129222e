export default 'locale 0';
