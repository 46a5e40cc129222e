export default 'locale 2';
