export default 'locale 28';
