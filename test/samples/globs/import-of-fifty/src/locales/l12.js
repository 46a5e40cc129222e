export default 'locale 12';
