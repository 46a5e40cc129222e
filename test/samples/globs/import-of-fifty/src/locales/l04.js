export default 'locale 4';
