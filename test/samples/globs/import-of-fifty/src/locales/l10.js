export default 'locale 10';
