export default 'locale 3';
